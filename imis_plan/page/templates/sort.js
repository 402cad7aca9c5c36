// Makes the columns of the table sortable. Without it the page is complete, in the order of the names.
for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  const value = (row, at) => {
    const cell = row.cells[at];
    return "value" in cell.dataset ? Number(cell.dataset.value || NaN) : cell.textContent.trim();
  };
  const order = (one, other) => {
    if (typeof one === "string") return one.localeCompare(other, document.documentElement.lang);
    if (Number.isNaN(one) || Number.isNaN(other)) return Number.isNaN(one) - Number.isNaN(other);
    return one - other;
  };
  [...table.tHead.rows[0].cells].forEach((head, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...body.rows].sort((a, b) => {
        const [one, other] = [value(a, at), value(b, at)];
        const missing = Number.isNaN(one) || Number.isNaN(other);
        return missing || !down ? order(one, other) : order(other, one);
      });
      body.append(...rows);
    });
  });
}
