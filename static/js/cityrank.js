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
const begun = new WeakMap(); // what each element waits for, by the name of the module
const ready = new WeakSet();

// Parts that do nothing without a script are shown from here on (styles: [data-needs-script]).
document.documentElement.classList.add("scripted");

async function begin(element, address, names, name) {
  try {
    const { default: run } = await import(address);
    await run(element);
  } catch (failure) {
    // A connection that was lost may be back at the next touch.
    names.delete(name);
    throw failure;
  }
}

async function beginAll(element) {
  const names = begun.get(element) ?? new Map();
  begun.set(element, names);
  for (const name of element.dataset.module.split(" ")) {
    const address = tag.getAttribute(`data-${name}`);
    if (address && !names.has(name)) names.set(name, begin(element, address, names, name));
  }
  await Promise.all(names.values());
  ready.add(element);
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
// A button that was pressed before its module came is pressed once more.
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("button[data-module]");
  if (!button || ready.has(button)) return;
  await beginAll(button);
  button.click();
}, { capture: true });
// What htmx has put into the page.
document.addEventListener("htmx:load", (event) => beginEager(event.target));
beginEager(document);
