"use strict";
// Beside what reports have: the choice of light or dark, which is remembered, and fields that filter lists.
const root = document.documentElement;
const schemes = ["auto", "light", "dark"];
const remembered = () => {
  try { return localStorage.getItem("report:scheme") || "auto"; } catch { return root.dataset.theme || "auto"; }
};
const button = document.querySelector(".scheme");
const name = scheme => scheme === "auto" ? "Auto" : scheme === "light" ? "Light" : "Dark";
function show(scheme) {
  if (scheme === "auto") delete root.dataset.theme;
  else root.dataset.theme = scheme;
  button.textContent = name(scheme);
  button.dataset.scheme = scheme;
  button.ariaLabel = "Colours: " + name(scheme);
  button.title = "Colours: " + name(scheme).toLowerCase();
}
if (button) {
  const now = remembered();
  show(schemes.includes(now) ? now : "auto");
  button.hidden = false;
  button.onclick = () => {
    const next = schemes[(schemes.indexOf(button.dataset.scheme) + 1) % schemes.length];
    show(next);
    try {
      if (next === "auto") localStorage.removeItem("report:scheme");
      else localStorage.setItem("report:scheme", next);
    } catch { }
  };
}
// A list of some length has a field above it; what does not hold every word of it is left out.
for (const list of document.querySelectorAll("[data-filter]")) {
  const entries = [...(list.tBodies ? list.tBodies[0].rows : list.children)];
  if (entries.length < 6) continue;
  const noun = list.dataset.filter;
  const line = document.createElement("p");
  const label = document.createElement("label");
  const field = document.createElement("input");
  const said = document.createElement("span");
  line.className = "filter";
  label.append("Filter ", field);
  field.type = "search";
  said.role = "status";
  line.append(label, " ", said);
  (list.closest(".scroll") || list).before(line);
  const texts = entries.map(entry => entry.textContent.toLowerCase());
  field.oninput = () => {
    const words = field.value.toLowerCase().split(" ").filter(word => word);
    let count = 0;
    entries.forEach((entry, index) => {
      entry.hidden = !words.every(word => texts[index].includes(word));
      if (!entry.hidden) count += 1;
    });
    said.textContent = words.length ? count + " of " + entries.length + " " + noun + "s" : "";
  };
}
// The menu opens where the present page stands in it.
const here = document.querySelector(".menu [aria-current]");
const menu = document.getElementById("menu");
function reveal() {
  if (here && menu) menu.scrollTop = here.offsetTop - menu.clientHeight / 3;
}
if (menu) menu.addEventListener("toggle", reveal);
reveal();
