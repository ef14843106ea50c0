"use strict";
// The page needs no script to be read. This one lets tables be sorted by their headings, marks in the table of contents
// where one is, and copies the addresses of sections, figures and tables.
const all = selector => [...document.querySelectorAll(selector)];
for (const table of all(".sortable")) {
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
    button.onclick = () => {
      const was = head.ariaSort;
      const now = was === "ascending" ? "descending" : was ? null : "ascending";
      for (const other of heads) other.ariaSort = null;
      head.ariaSort = now;
      [...table.tBodies].forEach((body, index) => body.append(...(now ? sorted(first[index], column, now) : first[index])));
    };
  }
}
// Numbers, then words, then what is missing, in either order; the heading of a group stays first.
function sorted(rows, column, order) {
  const sign = order === "ascending" ? 1 : -1;
  const rank = value => value === null ? 2 : typeof value === "string" ? 1 : 0;
  const keyed = rows.map(row => [row.className === "heading" ? NaN : key(row, column), row]);
  const title = keyed.filter(pair => pair[0] !== pair[0]);
  const rest = keyed.filter(pair => pair[0] === pair[0]);
  rest.sort(([a], [b]) => rank(a) - rank(b) || sign * (rank(a) === 1 ? a.localeCompare(b, [], { numeric: true }) : a - b));
  return [...title, ...rest].map(pair => pair[1]);
}
function key(row, column) {
  let place = 0;
  for (const cell of row.cells) {
    if (place === column) {
      const known = cell.querySelector("data")?.value;
      const text = known || cell.textContent.trim();
      const number = Number(text.replace("\u2212", "-").replaceAll("\u2009", "").replace("%", ""));
      return text ? Number.isNaN(number) ? text : number : null;
    }
    place += cell.colSpan;
  }
  return null;
}
// The section whose heading last passed a line in the upper third of the window: all that is above it counts as seen.
const entries = all(".contents a");
const passed = new Set();
const target = link => document.getElementById(decodeURIComponent(link.hash.slice(1)));
const watch = new IntersectionObserver(changes => {
  for (const change of changes) passed[change.isIntersecting ? "add" : "delete"](change.target);
  const here = entries.filter(entry => passed.has(target(entry))).pop();
  for (const entry of entries) entry.ariaCurrent = entry === here ? "location" : null;
  const list = here?.closest(".contents");
  if (list) list.scrollTop = here.offsetTop - list.clientHeight / 2;
}, { rootMargin: "999999px 0px -66%" });
for (const entry of entries) if (target(entry)) watch.observe(target(entry));
// A link to its own place still leads there, and is copied besides.
const links = all(".anchor,.self");
if (links.length && navigator.clipboard) {
  const said = document.createElement("p");
  said.className = "skip";
  said.role = "status";
  document.body.append(said);
  for (const link of links) {
    link.title = "Copy link";
    link.onclick = async event => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      try { await navigator.clipboard.writeText(link.href); } catch { return; }
      said.textContent = "Link copied";
      setTimeout(() => said.textContent = "", 2000);
    };
  }
}
