// Suggests while somebody types: the combobox pattern with a list box of the ARIA Authoring Practices Guide.
// The server answers a piece of HTML; without this script the form leads to the page of results.

const WAIT = 120;
const KEPT = 40;

export default function search(form) {
  const input = form.querySelector("input[type=search]");
  const address = form.dataset.suggestions;
  const answers = new Map();
  const popup = document.createElement("div");
  const status = document.createElement("p");
  let timer = 0;
  let request = null;
  let active = -1;
  let typed = input.value;
  let composing = false;

  popup.className = "suggestions-box";
  popup.hidden = true;
  status.className = "suggestions-said";
  status.setAttribute("role", "status");
  input.parentElement.append(popup);
  form.append(status);
  const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-haspopup": "listbox" };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);

  const options = () => [...popup.querySelectorAll("[role=option]")];

  function close() {
    popup.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    input.removeAttribute("aria-controls");
  }

  function activate(index) {
    const all = options();
    active = index;
    all.forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    if (index < 0) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    input.setAttribute("aria-activedescendant", all[index].id);
    all[index].scrollIntoView({ block: "nearest" });
  }

  function show(text) {
    const list = new DOMParser().parseFromString(text, "text/html").querySelector("[role=listbox]");
    if (!list) return close();
    // Two boxes of one page must not share the names of their parts.
    list.id = `${input.id}-suggestions`;
    popup.replaceChildren(list);
    const all = options();
    all.forEach((option, at) => {
      option.id = `${list.id}-${at}`;
      option.setAttribute("aria-selected", "false");
    });
    status.textContent = list.dataset.said;
    if (!all.length) return close();
    popup.hidden = false;
    active = -1;
    input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "true");
  }

  async function ask() {
    const query = input.value.trim();
    request?.abort();
    if (!query) {
      status.textContent = "";
      return close();
    }
    if (answers.has(query)) return show(answers.get(query));
    request = new AbortController();
    try {
      const response = await fetch(`${address}?q=${encodeURIComponent(query)}`, { signal: request.signal });
      if (!response.ok) return close();
      const text = await response.text();
      if (answers.size >= KEPT) answers.delete(answers.keys().next().value);
      answers.set(query, text);
      if (input.value.trim() === query && form.contains(document.activeElement)) show(text);
    } catch (failure) {
      if (failure.name !== "AbortError") close();
    }
  }

  function changed() {
    // While a Chinese word is being put together, its letters are not yet what is meant.
    if (composing || input.value === typed) return;
    typed = input.value;
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  }

  function move(by) {
    const count = options().length;
    if (popup.hidden || !count) return void ask();
    // One step further than the last is the box itself, where what was typed stands.
    const next = active + by;
    activate(next < -1 ? count - 1 : next >= count ? -1 : next);
  }

  input.addEventListener("input", changed);
  input.addEventListener("compositionstart", () => { composing = true; });
  input.addEventListener("compositionend", () => { composing = false; changed(); });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape" && !popup.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && active >= 0 && !popup.hidden) {
      event.preventDefault();
      location.assign(options()[active].href);
    } else if (event.key === "Tab") {
      close();
    }
  });
  popup.addEventListener("pointermove", (event) => {
    const at = options().indexOf(event.target.closest("[role=option]"));
    if (at >= 0 && at !== active) activate(at);
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) close();
  });
  form.addEventListener("submit", () => { clearTimeout(timer); request?.abort(); });
  // What was typed before this script came.
  if (input.value && document.activeElement === input && input.value !== input.defaultValue) ask();
}
