// Sorts the rows of a table by the column whose head is pressed; pressed again, the other way round.
const compare = new Intl.Collator("es", { numeric: true }).compare;
for (const head of document.querySelectorAll(".sortable th[data-kind]")) {
  head.querySelector("button").addEventListener("click", () => {
    const downwards = head.getAttribute("aria-sort") === "ascending";
    for (const other of head.parentNode.children) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", downwards ? "descending" : "ascending");
    const body = head.closest("table").tBodies[0];
    const value = (row) => row.cells[head.cellIndex].dataset.value;
    const order = head.dataset.kind === "number" ? (a, b) => value(a) - value(b) : (a, b) => compare(value(a), value(b));
    const rows = [...body.rows].sort(order);
    body.append(...(downwards ? rows.reverse() : rows));
  });
}
