// A status that screen readers announce: the element stays, its words change. It also gives the form around it its language.
function render({ model, el }) {
  const status = document.createElement("div");
  status.setAttribute("role", "status");
  status.className = "imis-x-live";
  const show = () => {
    status.textContent = model.get("text");
    el.closest(".imis-start")?.setAttribute("lang", model.get("language"));
  };
  model.on("change:text change:language", show);
  el.append(status);
  setTimeout(show, 0); // the element is not yet within the form
  model.set("shown", model.get("shown") + 1);
  model.save_changes();
}
export default { render };
