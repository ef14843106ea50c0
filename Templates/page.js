"use strict";
// The page needs no script to be read. This one lets tables be sorted by their headings.
for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows].pop().cells;
  const first = [...table.tBodies].map(body => [...body.rows]);
  let start = 0;
  for (const head of heads) {
    const column = start;
    start += head.colSpan;
    const parts = [...head.childNodes].filter(node => node.nodeName !== "SUP");
    if (!head.textContent.trim() || head.querySelector(":not(sup) > a")) continue;
    const button = document.createElement("button");
    button.type = "button";
    head.prepend(button);
    button.append(...parts);
    button.addEventListener("click", () => {
      const was = head.getAttribute("aria-sort");
      const now = was === "ascending" ? "descending" : was ? null : "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      if (now) head.setAttribute("aria-sort", now);
      [...table.tBodies].forEach((body, index) => body.append(...(now ? sorted(first[index], column, now) : first[index])));
    });
  }
}
function sorted(rows, column, order) {
  const keyed = rows.filter(row => row.className !== "heading").map(row => [key(row, column), row]);
  const sign = order === "ascending" ? 1 : -1;
  keyed.sort(([a], [b]) => a === b ? 0 : a === null ? 1 : b === null ? -1
    : typeof a === typeof b ? sign * (typeof a === "number" ? a - b : a.localeCompare(b, undefined, { numeric: true }))
    : typeof a === "number" ? -1 : 1);
  return [...rows.filter(row => row.className === "heading"), ...keyed.map(pair => pair[1])];
}
function key(row, column) {
  let place = 0;
  for (const cell of row.cells) {
    if (place === column) {
      const number = cell.querySelector("data[value]");
      return number ? Number(number.getAttribute("value")) : cell.textContent.trim() || null;
    }
    place += cell.colSpan;
  }
  return null;
}
