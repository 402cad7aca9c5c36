// A range input of the browser: it has a name for screen readers, keys, and a touch target, which the slider of ipywidgets lacks.
function render({ model, el }) {
  const input = document.createElement("input");
  input.type = "range";
  input.min = 0;
  input.step = 1;
  // JupyterLab takes arrow keys for its own shortcuts, except from elements with this attribute.
  input.dataset.lmSuppressShortcuts = "true";
  const show = () => {
    input.max = model.get("last");
    input.value = model.get("position");
    input.setAttribute("aria-label", model.get("label"));
    input.setAttribute("aria-valuetext", model.get("text"));
  };
  input.addEventListener("input", () => {
    model.set("position", Number(input.value));
    model.save_changes();
  });
  model.on("change:last change:position change:label change:text", show);
  show();
  el.append(input);
}
export default { render };
