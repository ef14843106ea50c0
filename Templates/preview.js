"use strict";
// Only what `report serve` serves has this script. It hears of builds: a page that changed is loaded again at the place where
// one was, and what is wrong is shown over the last good page until it is mended.
(() => {
const own = document.currentScript.dataset;
const isIndex = own.kind === "index";
const memory = `report-preview:${location.pathname}`;

// What is kept for the time of a window; a browser may forbid it.
function stored(key) {
  try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; }
}
function store(key, value) {
  try { value === null ? sessionStorage.removeItem(key) : sessionStorage.setItem(key, JSON.stringify(value)); } catch {}
}
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(key, value);
  made.append(...children.filter(child => child !== null));
  return made;
}

// MARK: The place where one was

// Folds and tabs, each by what stands on it and which of these it is.
function folds() {
  const seen = {};
  return [...document.querySelectorAll("details")].map(fold => {
    const words = fold.querySelector("summary")?.textContent ?? "";
    seen[words] = (seen[words] ?? 0) + 1;
    return [`${seen[words]} ${words}`, fold];
  });
}
function keepPlace() {
  // What begins last above the window's top stays where it is, whatever grew or shrank before it.
  const marks = [...document.querySelectorAll("main [id]")].filter(mark => mark.getClientRects().length);
  const mark = marks.filter(mark => mark.getBoundingClientRect().top <= 80).pop();
  store(memory, {
    x: scrollX, y: scrollY, id: scrollY > 0 ? mark?.id : null, top: mark?.getBoundingClientRect().top,
    folds: folds().map(([key, fold]) => [key, fold.open]),
    scrolls: [...document.querySelectorAll(".scroll")].map(box => box.scrollLeft),
  });
}
function findPlace() {
  const place = stored(memory);
  if (!place) return;
  store(memory, null);
  const known = new Map(place.folds);
  // Those that close first: of tabs one is open.
  for (const open of [false, true]) {
    for (const [key, fold] of folds()) if (known.get(key) === open && fold.open !== open) fold.open = open;
  }
  document.querySelectorAll(".scroll").forEach((box, index) => box.scrollLeft = place.scrolls[index] ?? 0);
  history.scrollRestoration = "manual";
  const mark = place.id && document.getElementById(place.id);
  const y = mark ? scrollY + mark.getBoundingClientRect().top - place.top : place.y;
  scrollTo({ left: place.x, top: y, behavior: "instant" });
}

function reload(version) {
  // Once for a version: should another come all the same, nothing is gained by asking again.
  const asked = `${memory}:asked`;
  if (stored(asked) === version) return;
  store(asked, version);
  keepPlace();
  location.reload();
}

// MARK: What is shown

const host = document.createElement("report-preview");
const root = host.attachShadow({ mode: "open" });
const pill = element("button", { type: "button", class: "pill", "aria-expanded": "false", "aria-controls": "panel" });
const said = element("p", { class: "said", role: "status" });
const home = isIndex ? null : element("a", { class: "home", href: "/" }, "All reports");
const panel = element("section", { id: "panel", "aria-label": "What is wrong", tabindex: "0", hidden: "" });
const sheet = element("link", { rel: "stylesheet", href: "/-/preview.css" });
const bar = element("div", { class: "bar" }, pill, home);
const frame = element("aside", { "aria-label": "Preview" }, panel, bar, said);
let isHidden = false;
let signature = "";
let isCut = false;
let latest = null;

sheet.onload = () => frame.hidden = false;
frame.hidden = true;
root.append(sheet, frame);
document.body.append(host);
pill.onclick = () => { isHidden = !panel.hidden; show(latest); };
panel.onkeydown = event => {
  if (event.key === "Escape") { isHidden = true; show(latest); pill.focus(); }
};

function count(list, severity, word) {
  const number = list.filter(item => item.severity === severity).length;
  return number ? `${number} ${word}${number === 1 ? "" : "s"}` : null;
}
function words(findings) {
  return [count(findings, "error", "error"), count(findings, "warning", "warning")].filter(Boolean).join(", ");
}
function place(where) {
  if (!where) return null;
  return where.link ? element("a", { class: "place", href: where.link, title: "Open in the editor" }, where.text)
    : element("span", { class: "place" }, where.text);
}
function finding(item) {
  const snippet = item.snippet.length ? element("pre", { tabindex: "0", role: "group", "aria-label": "Source" }) : null;
  item.snippet.forEach((line, index) => {
    const carets = index % 2 ? line.indexOf("^") : line.length;
    snippet.append(index ? "\n" : "", line.slice(0, carets), element("span", { class: "caret" }, line.slice(carets)));
  });
  const made = element("article", { class: item.severity },
    element("h3", {}, element("span", { class: "severity" }, item.severity === "error" ? "Error" : "Warning"), " ", item.message),
    place(item.place), snippet);
  for (const note of item.notes) made.append(element("p", { class: "note" }, note.text, note.place ? " " : null, place(note.place)));
  for (const help of item.help) made.append(element("p", { class: "note help" }, help));
  const code = `${item.code} ${item.name}`;
  if (!item.explanation) made.append(element("p", { class: "code" }, code));
  else made.append(element("details", { class: "code" }, element("summary", {}, code),
    ...item.explanation.map(line => element("p", {}, line))));
  return made;
}
// A line that a screen reader says once it changes.
function say(text) {
  if (said.textContent !== text) said.textContent = text;
}

function show(state) {
  if (!state) return;
  latest = state;
  const findings = [...state.general, ...(state.diagnostics ?? [])];
  const isFailed = findings.some(item => item.severity === "error");
  const isBusy = state.state ? state.state === "building" : state.building;
  const now = JSON.stringify(findings);
  // What is new is shown, unless it is warnings alone.
  if (now !== signature) {
    const open = new Set([...panel.querySelectorAll("article details[open]")].map(fold => fold.parentNode.dataset.key));
    isHidden = !isFailed;
    signature = now;
    const isDraft = own.kind === "draft" || (state.draft && !state.hasPage);
    const under = !isFailed || isIndex || !own.version ? null
      : isDraft ? "The page is a draft: what could be computed."
      : "The page is the last good one.";
    const about = state.label ? `${words(findings)} in ${state.label}` : words(findings);
    const draft = state.draft && state.hasPage && own.kind !== "draft"
      ? element("a", { href: `/-/drafts${location.pathname}` }, "See what could be computed") : null;
    const back = own.kind === "draft" ? element("a", { href: location.pathname.replace("/-/drafts", "") }, "Back to the report") : null;
    panel.replaceChildren(element("h2", {}, about),
      element("p", { class: "under" }, under, under && (draft || back) ? " " : null, draft, back),
      ...findings.map(finding));
    [...panel.querySelectorAll("article")].forEach((article, index) => {
      article.dataset.key = findings[index].code + findings[index].message;
      const fold = article.querySelector("details");
      if (fold && open.has(article.dataset.key)) fold.open = true;
    });
  }
  panel.hidden = isHidden || !findings.length;
  pill.ariaExpanded = String(!panel.hidden);
  pill.disabled = !findings.length;
  const progress = state.progress;
  const text = isCut ? "No connection; trying again"
    : isBusy ? progress ? `Building ${progress.number} of ${progress.total}: ${progress.text}` : "Building"
    : state.state === "stale" ? "To be built again"
    : isFailed || findings.length ? words(findings)
    : isIndex ? "Up to date" : state.state === "built" ? "Built" : "Waiting";
  pill.className = `pill ${isCut ? "cut" : isBusy ? "busy" : isFailed ? "failed" : findings.length ? "warned" : "good"}`;
  pill.replaceChildren(element("span", { class: "dot" }), text);
  pill.style.setProperty("--done", isBusy && progress ? (progress.number - 1) / progress.total : 0);
  if (!isBusy) say(isFailed ? `Not built: ${words(findings)}` : text);
  host.dataset.state = isCut ? "cut" : isBusy ? "busy" : isFailed ? "failed" : "good";
}

// MARK: The index

function localTimes() {
  for (const time of document.querySelectorAll("time[datetime]")) {
    const date = new Date(time.dateTime);
    time.textContent = date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });
    time.title = date.toLocaleString();
  }
}
let isFetching = false;
// Rows that differ are put in the place of the old, the others stay: so does what has the focus.
async function refresh(version) {
  if (isFetching || own.version === version) return;
  isFetching = true;
  try {
    const page = new DOMParser().parseFromString(await (await fetch("/")).text(), "text/html");
    own.version = page.querySelector("script[data-version]").dataset.version;
    document.getElementById("summary").replaceWith(page.getElementById("summary"));
    const was = document.querySelector("#reports tbody");
    const is = page.querySelector("#reports tbody");
    if (!was || !is) document.getElementById("reports").replaceWith(page.getElementById("reports"));
    else {
      const rows = new Map([...was.rows].map(row => [row.dataset.path, row]));
      [...is.rows].forEach((row, index) => {
        let old = rows.get(row.dataset.path);
        rows.delete(row.dataset.path);
        if (!old) old = row.cloneNode(true);
        else [...row.cells].forEach((cell, column) => {
          if (old.cells[column].dataset.was !== cell.outerHTML) old.cells[column].replaceWith(remembered(cell.cloneNode(true), cell));
        });
        if (was.rows[index] !== old) was.insertBefore(old, was.rows[index] ?? null);
      });
      for (const row of rows.values()) row.remove();
    }
    localTimes();
  } finally { isFetching = false; }
  await new Promise(done => setTimeout(done, 150));
  refresh(latest.version);
}
function remembered(cell, original) {
  cell.dataset.was = original.outerHTML;
  return cell;
}

// MARK: The stream

let source = null;
function listen() {
  if (source) return;
  source = new EventSource(`/-/events?page=${encodeURIComponent(own.page)}`);
  source.onmessage = message => {
    isCut = false;
    const state = JSON.parse(message.data);
    show(state);
    if (isIndex) refresh(state.version);
    else if (own.kind === "draft") {
      if (state.draft === null) location.replace(location.pathname.replace("/-/drafts", ""));
      else if (state.draft !== own.version) reload(state.draft);
    } else if (state.version !== own.version) reload(state.version);
  };
  source.onerror = () => {
    isCut = true;
    show(latest ?? { general: [], version: own.version });
    // Where a server is away for longer, a browser may give up.
    if (source?.readyState === EventSource.CLOSED) { rest(); setTimeout(listen, 2000); }
  };
}
function rest() {
  source?.close();
  source = null;
}
// Browsers hold few connections to one server: a page that nobody sees needs none.
document.addEventListener("visibilitychange", () => document.hidden ? rest() : listen());
addEventListener("pagehide", rest);
addEventListener("pageshow", event => { if (event.persisted) listen(); });

findPlace();
if (isIndex) localTimes();
if (!document.hidden) listen();
})();
