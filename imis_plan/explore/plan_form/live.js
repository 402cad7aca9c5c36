// A status that screen readers announce: the element stays, its words change. It also gives the form around it its language, and
// leads to the budget of a plan that was begun or opened.
function render({ model, el }) {
  const status = document.createElement("div");
  status.setAttribute("role", "status");
  status.className = "imis-x-live";
  const show = () => {
    status.textContent = model.get("text");
    el.closest(".imis-start")?.setAttribute("lang", model.get("language"));
  };
  let last = null; // the heading of the plan before, which may not yet have gone
  const lead = (attempts) => {
    const heading = [...(el.closest(".imis-start")?.querySelectorAll(".imis-x-budget h2") ?? [])].pop();
    if (heading && heading !== last) {
      last = heading;
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
      heading.scrollIntoView();
    } else if (attempts) setTimeout(() => lead(attempts - 1), 50);
  };
  model.on("change:text change:language", show);
  model.on("change:led", () => lead(100));
  el.append(status);
  setTimeout(show, 0); // the element is not yet within the form
  model.set("shown", model.get("shown") + 1);
  model.save_changes();
}
export default { render };
