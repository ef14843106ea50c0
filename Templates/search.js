"use strict";
// Search without a server: the index and the texts of pages are scripts, which a page opened as a file may load as well. They
// are loaded when somebody searches, and hand their data to `reportSearch`. What is shown is made of text alone, never of
// markup in it.
(() => {
const root = document.currentScript.src.replace(/assets\/[^/]*$/, "");
const shown = 10;
const make = (name, properties, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

// ---- Loading

const address = path => root + path.split("/").map(encodeURIComponent).join("/");
const load = path => new Promise((resolve, reject) => {
  document.head.append(make("script", { src: path, onload: resolve, onerror: reject }));
});
const texts = new Map();
let index, indexName, loading;
globalThis.reportSearch = {
  found: name => { indexName = name; },
  index: data => { index = unpacked(data); },
  text: (page, passages) => { texts.set(page, passages); },
};
// Of a site that was published again, the name that the browser has kept may be gone.
const ready = () => loading ??= load(address("assets/search-index.js"))
  .then(() => load(address("assets/" + indexName)))
  .catch(() => load(address("assets/search-index.js") + "?" + Date.now()).then(() => load(address("assets/" + indexName))))
  .catch(() => { loading = undefined; throw new Error("no index"); });
const loadText = page => texts.has(page.path) ? undefined : load(address(`assets/text/${page.path}.${page.text}.js`)).catch(() => texts.set(page.path, []));

// ---- The index, as `SearchIndex` writes it

function unpacked(data) {
  const pages = data.pages.map(([path, title, section, text]) => ({ path, title, section, text, terms: terms(title, data.folds) }));
  const names = [];
  let name = [];
  for (const [, capital, rest] of data.terms.matchAll(/([A-Z])([^A-Z]*)/gu)) {
    name = name.slice(0, capital.charCodeAt(0) - 65).concat([...rest]);
    names.push(name.join(""));
  }
  return { pages, names, folds: data.folds, postings: postings(data.postings, names.length, pages.length) };
}

// For each term the pages and, behind each of them, its level.
function postings(text, terms, pages) {
  const values = new Int8Array(127);
  let code = 0;
  for (let byte = 33; byte < 127; byte++) if (byte !== 34 && byte !== 60 && byte !== 92) values[byte] = code++;
  let place = 0, pending = 0, count = 0;
  const bit = () => {
    if (!count) {
      pending = values[text.charCodeAt(place)] * 91 + values[text.charCodeAt(place + 1)];
      place += 2;
      count = 13;
    }
    return pending >> --count & 1;
  };
  const bits = width => {
    let number = 0;
    while (width--) number = number << 1 | bit();
    return number;
  };
  const unary = () => {
    let number = 0;
    while (bit()) number++;
    return number;
  };
  const found = [];
  for (let term = 0; term < terms; term++) {
    const width = unary();
    const size = 1 << width | bits(width);
    const isFrequent = size * 2 > pages;
    const written = isFrequent ? pages - size : size;
    let parameter = 0;
    if (written < 8) while (parameter < 15 && (200 << parameter) * Math.max(1, written) <= 69 * pages) parameter++;
    else parameter = bits(4);
    const numbers = [];
    let next = 0;
    for (let k = 0; k < written; k++) {
      const page = next + (unary() << parameter | bits(parameter));
      numbers.push(page);
      next = page + 1;
    }
    const entries = new Uint16Array(2 * size);
    let end = 0;
    if (isFrequent) {
      let skipped = 0;
      for (let page = 0; page < pages; page++) {
        if (numbers[skipped] === page) skipped++;
        else { entries[end] = page; end += 2; }
      }
    } else {
      for (const page of numbers) {
        entries[end] = page;
        entries[end + 1] = bit() ? bit() ? bit() ? 3 : 2 : 1 : 0;
        end += 2;
      }
    }
    found.push(entries);
  }
  return found;
}

// ---- Terms, as `SearchTerms` reads them, with the places of their characters

function folded(character, folds) {
  let out = "";
  for (const lower of character.toLowerCase()) {
    if (/[\u0300-\u036f]/.test(lower)) continue;
    const isLatin = /[\u00c0-\u024f\u1e00-\u1eff]/.test(lower);
    out += folds[lower] ?? (isLatin ? lower.normalize("NFD").replace(/[\u0300-\u036f]/g, "") : lower);
  }
  return out;
}
const isWord = character => /[\p{L}\p{M}\p{N}]/u.test(character);
const isSingle = character => /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{2fa1f}]/u.test(character);
const isDigit = character => character >= "0" && character <= "9" && character.length === 1;

function places(text, folds) {
  const characters = [...text];
  const at = index => characters[index] ?? " ";
  const found = [];
  let term = "", start = 0;
  const end = index => {
    if (term) found.push({ term: [...term].slice(0, 32).join(""), start, end: index });
    term = "";
  };
  for (let index = 0; index < characters.length; index++) {
    const character = characters[index];
    if (!term) start = index;
    if (isSingle(character)) {
      end(index);
      found.push({ term: folded(character, folds), start: index, end: index + 1 });
    } else if (isWord(character)) {
      term += folded(character, folds);
    } else if (character === "." && isDigit(at(index + 1)) && (!term || isDigit(at(index - 1)))) {
      term += term ? "." : "0.";
    } else if (/[,\u00a0\u2009\u202f]/.test(character) && isDigit(at(index - 1)) && isDigit(at(index + 1))
      && isDigit(at(index + 2)) && isDigit(at(index + 3)) && !isDigit(at(index + 4))) {
      continue;
    } else if (!(term && (character === "'" || character === "\u2019") && isWord(at(index + 1)) && !isSingle(at(index + 1)))) {
      end(index);
    }
  }
  end(characters.length);
  return { characters, found: found.filter(place => place.term) };
}
const terms = (text, folds) => places(text, folds).found.map(place => place.term);

// ---- Ranking

// The first term of the index that does not come before a text.
function lowerBound(text) {
  let low = 0, high = index.names.length;
  while (low < high) {
    const middle = low + high >> 1;
    if (index.names[middle] < text) low = middle + 1; else high = middle;
  }
  return low;
}
// Whether two words differ by one slip: a letter more, less, another one, or two that changed places.
function isSlip(a, b) {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  const rest = (word, skip) => word.slice(start + skip);
  return rest(a, 1) === rest(b, 1) || rest(a, 1) === rest(b, 0) || rest(a, 0) === rest(b, 1)
    || a[start] === b[start + 1] && a[start + 1] === b[start] && rest(a, 2) === rest(b, 2);
}
// The terms of the index that a word means, with how well: itself, its singular, what it begins, else what is near.
function meant(word) {
  const isNumber = isDigit(word[0]);
  const found = new Map();
  const exact = text => index.names[lowerBound(text)] === text;
  if (exact(word)) found.set(word, 1);
  if (!isNumber && word.length > 3 && word.endsWith("s") && exact(word.slice(0, -1))) found.set(word.slice(0, -1), 0.8);
  for (let k = lowerBound(word); k < index.names.length && index.names[k].startsWith(word) && found.size < 500; k++) {
    if (!found.has(index.names[k])) found.set(index.names[k], 0.7 * word.length / index.names[k].length);
  }
  if (!found.size && !isNumber && word.length > 3) {
    for (let k = lowerBound(word[0]); k < index.names.length && index.names[k][0] === word[0]; k++) {
      if (isSlip(word, index.names[k])) found.set(index.names[k], 0.4);
    }
  }
  return found;
}
const shares = [0.45, 0.68, 0.85, 0.94];

// The pages of a query, the best first: those with all of its words, or, where there is none, those with some.
function ranked(query) {
  const words = [...new Set(terms(query, index.folds))].slice(0, 12);
  const hits = new Map();
  const meanings = words.map(meant);
  for (const meaning of meanings) {
    const best = new Map();
    for (const [name, weight] of meaning) {
      const entries = index.postings[lowerBound(name)];
      const size = entries.length / 2;
      const rarity = Math.log(1 + (index.pages.length - size + 0.5) / (size + 0.5));
      for (let k = 0; k < entries.length; k += 2) {
        const inTitle = index.pages[entries[k]].terms.includes(name) ? 1.5 : 0;
        const score = weight * rarity * (shares[entries[k + 1]] + inTitle);
        if (score > (best.get(entries[k]) ?? 0)) best.set(entries[k], score);
      }
    }
    for (const [page, score] of best) {
      const hit = hits.get(page) ?? { page, score: 0, words: 0 };
      hit.score += score;
      hit.words++;
      hits.set(page, hit);
    }
  }
  const whole = words.join(" ");
  const all = [...hits.values()].filter(hit => hit.words === words.length);
  const found = all.length ? all : [...hits.values()];
  for (const hit of found) if (index.pages[hit.page].terms.join(" ") === whole) hit.score *= 2;
  found.sort((a, b) => b.words - a.words || b.score - a.score || a.page - b.page);
  return { words, meanings, found, isPartial: words.length > 0 && !all.length && found.length > 0 };
}

// ---- What is shown of a page

// The passages with most of the words, at most three, each with its text around them.
function passages(page, meanings) {
  const found = [];
  (texts.get(page.path) ?? []).forEach(([anchor, heading, text], order) => {
    const body = places(text, index.folds);
    const inHeading = terms(heading, index.folds);
    const marks = body.found.filter(place => meanings.some(meaning => meaning.has(place.term)));
    let score = 0;
    for (const meaning of meanings) {
      let best = 0;
      for (const mark of marks) best = Math.max(best, meaning.get(mark.term) ?? 0);
      for (const term of inHeading) best = Math.max(best, 1.5 * (meaning.get(term) ?? 0));
      score += best;
    }
    if (score > 0) found.push({ anchor, heading, score, order, body, marks });
  });
  found.sort((a, b) => b.score - a.score || a.order - b.order);
  const seen = new Set();
  return found.filter(one => !seen.has(one.anchor) && seen.add(one.anchor)).filter(one => one.score > found[0].score / 2).slice(0, 3);
}
// About 180 characters with as many different marks as there can be, begun and ended between words.
function snippet({ body, marks }) {
  const width = 180;
  const { characters } = body;
  let start = 0, most = 0;
  for (const first of marks) {
    const inside = new Set(marks.filter(mark => mark.start >= first.start && mark.end <= first.start + width).map(mark => mark.term));
    if (inside.size > most) { most = inside.size; start = Math.max(0, first.start - 40); }
  }
  while (start > 0 && characters[start - 1] !== " ") start--;
  let end = Math.min(characters.length, start + width);
  while (end < characters.length && end < start + width + 30 && characters[end] !== " ") end++;
  const pieces = [start > 0 ? "… " : ""];
  let place = start;
  for (const mark of marks) {
    if (mark.start < place || mark.end > end) continue;
    pieces.push(characters.slice(place, mark.start).join(""), make("mark", { textContent: characters.slice(mark.start, mark.end).join("") }));
    place = mark.end;
  }
  pieces.push(characters.slice(place, end).join(""), end < characters.length ? " …" : "");
  return pieces;
}
function entry(page, meanings) {
  const address = page.path.split("/").map(encodeURIComponent).join("/");
  const link = (anchor, className, text, name) =>
    make("a", { href: root + address + (anchor ? "#" + encodeURIComponent(anchor) : ""), className, ariaLabel: name ?? null }, text);
  const found = passages(page, meanings).map(part => make("li", {},
    part.heading ? link(part.anchor, "search-section", "› " + part.heading, page.title + " › " + part.heading) : "",
    part.body.characters.length ? make("p", {}, ...snippet(part)) : ""));
  // Where only the title has the words, what the page begins with.
  const [, , start] = (texts.get(page.path) ?? []).find(part => part[2]) ?? [];
  if (!found.length && start) found.push(make("li", {}, make("p", {}, ...snippet({ body: places(start, index.folds), marks: [] }))));
  return make("li", { className: "search-hit" }, link("", "search-page", page.title),
    page.section ? make("span", { className: "search-folder" }, page.section) : "", found.length ? make("ul", {}, ...found) : "");
}

// ---- The field and its list

function searching(field, status, list, more) {
  let turn = 0, count = shown;
  async function search() {
    const mine = ++turn;
    const query = field.value.trim();
    if (!query) {
      list.replaceChildren();
      status.textContent = "";
      more.hidden = true;
      return;
    }
    try { await ready(); } catch {
      status.textContent = "The index of this site could not be loaded.";
      return;
    }
    const { words, meanings, found, isPartial } = ranked(query);
    const first = found.slice(0, count).map(hit => index.pages[hit.page]);
    await Promise.all(first.map(loadText));
    if (mine !== turn) return;
    list.replaceChildren(...first.map(page => entry(page, meanings)));
    more.hidden = found.length <= count;
    const near = meanings.flatMap((meaning, k) => meaning.size && [...meaning.values()].every(weight => weight === 0.4)
      ? [`${[...meaning.keys()].slice(0, 3).join(", ")} for ${words[k]}`] : []);
    const pages = found.length === 1 ? "1 page" : `${found.length} pages`;
    status.textContent = !found.length ? "Nothing was found." : isPartial ? `No page has all of these words; ${pages} with some of them.`
      : near.length ? `${pages}, with ${near.join(" and ")}.` : pages + ".";
  }
  let timer;
  field.addEventListener("input", () => {
    count = shown;
    clearTimeout(timer);
    timer = setTimeout(search, 80);
  });
  more.addEventListener("click", async () => {
    const before = list.children.length;
    count += shown;
    await search();
    list.children[before]?.querySelector("a")?.focus();
  });
  return search;
}
// Arrows go from the field through the results and back.
function arrows(box, field) {
  box.addEventListener("keydown", event => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const links = [...box.querySelectorAll(".search-results a")];
    if (event.key === "Enter" && event.target === field) {
      event.preventDefault();
      links[0]?.click();
    }
    if (!step || !links.length) return;
    event.preventDefault();
    const here = links.indexOf(document.activeElement) + step;
    (here < 0 ? field : links[Math.min(here, links.length - 1)]).focus();
  });
}
function parts(id) {
  const status = make("p", { className: "search-status", role: "status" });
  const list = make("ol", { className: "search-results" });
  const more = make("button", { type: "button", className: "search-more", textContent: "More results", hidden: true });
  const field = make("input", { type: "search", id, autocomplete: "off", spellcheck: false });
  field.setAttribute("aria-label", "Search this site");
  field.placeholder = "Words or numbers";
  return { field, status, list, more };
}

// The page that only searches has a place for the field; elsewhere a dialog opens.
const page = document.querySelector("[data-search-page]");
let open;
if (page) {
  const { field, status, list, more } = parts("search:field");
  page.replaceChildren(field, status, list, more);
  const search = searching(field, status, list, more);
  arrows(page, field);
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  field.addEventListener("change", () => {
    // A page opened as a file may not change its address.
    try { history.replaceState(null, "", field.value ? "?q=" + encodeURIComponent(field.value) : location.pathname); } catch {}
  });
  open = () => { field.focus(); field.select(); };
  open();
  search();
} else {
  let dialog, field;
  open = () => {
    if (!dialog) {
      const box = parts("search:field");
      field = box.field;
      const close = make("button", { type: "button", className: "search-close", textContent: "Close", onclick: () => dialog.close() });
      dialog = make("dialog", { className: "search" }, make("div", { className: "search-head" }, field, close), box.status, box.list, box.more);
      dialog.setAttribute("aria-label", "Search this site");
      searching(box.field, box.status, box.list, box.more);
      arrows(dialog, field);
      // In a field for searches the key empties it first, in some browsers, and is heard by nobody else.
      field.addEventListener("keydown", event => {
        if (event.key !== "Escape" || event.isComposing) return;
        event.preventDefault();
        dialog.close();
      });
      dialog.addEventListener("click", event => {
        if (event.target === dialog || event.target.closest(".search-results a")) dialog.close();
      });
      document.body.append(dialog);
    }
    dialog.showModal();
    field.select();
  };
}
for (const link of document.querySelectorAll("[data-search]")) {
  link.addEventListener("click", event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open();
  });
}
document.addEventListener("keydown", event => {
  const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
  const isAsked = event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey
    || event.key === "k" && (event.ctrlKey || event.metaKey);
  if (!isAsked || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  open();
});
// For tests and for whoever wants the ranking without the page.
globalThis.reportSearch.query = async query => {
  await ready();
  return ranked(query).found.map(hit => index.pages[hit.page].path);
};
})();
