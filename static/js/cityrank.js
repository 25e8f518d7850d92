// The one script of a first view. Pages work without it; what betters a part of one is fetched when somebody turns to that part.
//
// <figure data-module="chart">        the module static/js/chart.js, at the first pointer, focus, touch or input inside
// <figure data-module="chart copy">   two of them
// <figure data-module="chart" data-eager>   at once
//
// The default export of a module is called once for each element, with the element. What was done before it came is not
// played again: a module looks at what stands in its fields when it begins. Addresses of the modules stand on the script
// element, because the files are served under names with a hash.

const tag = document.querySelector("script[data-modules]");
const begun = new WeakMap();

// Parts that do nothing without a script are shown from here on (styles: [data-needs-script]).
document.documentElement.classList.add("scripted");

export function moduleAddress(name) {
  return tag.getAttribute(`data-${name}`);
}

async function begin(element, name) {
  const started = begun.get(element) ?? new Set();
  begun.set(element, started);
  const address = moduleAddress(name);
  if (started.has(name) || !address) return;
  started.add(name);
  try {
    const { default: run } = await import(address);
    await run(element);
  } catch (failure) {
    // A connection that was lost may be back at the next touch.
    started.delete(name);
    throw failure;
  }
}

function beginAll(element) {
  for (const name of element.dataset.module.split(/\s+/)) if (name) begin(element, name);
}

function turnTo(event) {
  if (!(event.target instanceof Element)) return;
  for (let part = event.target.closest("[data-module]"); part; part = part.parentElement?.closest("[data-module]")) {
    beginAll(part);
  }
}

function beginEager(root) {
  if (root.matches?.("[data-module][data-eager]")) beginAll(root);
  root.querySelectorAll("[data-module][data-eager]").forEach(beginAll);
}

for (const kind of ["pointerover", "focusin", "touchstart", "input"]) {
  document.addEventListener(kind, turnTo, { capture: true, passive: true });
}
// What htmx has put into the page.
document.addEventListener("htmx:load", (event) => beginEager(event.target));
beginEager(document);
