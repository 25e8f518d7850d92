// Subjects of the table's peer group below the field that is typed in, chosen by keyboard or pointer.

const WAIT = 150;
let list = null;
let owner = null;
let asked = 0;
let timer = null;

function close() {
  list?.remove();
  list = null;
  owner?.setAttribute("aria-expanded", "false");
  owner?.removeAttribute("aria-activedescendant");
}

export function combobox(field) {
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.addEventListener("keydown", keyed);
  field.addEventListener("blur", () => {
    asked += 1; // an answer that is still under way opens nothing
    clearTimeout(timer);
    close();
  });
}

export function suggest(field, data, choose, everywhere = false) {
  clearTimeout(timer);
  const text = field.value.trim();
  if (!text) {
    close();
    return;
  }
  const mine = (asked += 1);
  timer = setTimeout(async () => {
    let found;
    try {
      const all = everywhere ? "&all=1" : "";
      found = (await (await fetch(`${data.suggest}?q=${encodeURIComponent(text)}${all}`)).json()).results;
    } catch {
      return; // no connection: what is typed is kept, the subject can be chosen later
    }
    if (mine === asked && document.activeElement === field) open(field, found, data, choose, everywhere);
  }, everywhere ? 0 : WAIT);
}

function open(field, found, data, choose, everywhere) {
  close();
  owner = field;
  list = document.createElement("ul");
  list.className = "ce-list";
  list.id = "ce-suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", data.texts.subject);
  const nothing = everywhere || !data.group ? data.texts.nothingAtAll : data.texts.nothing;
  if (!found.length) list.append(note(nothing));
  for (const one of found) option(one.label, () => choose(one));
  if (data.group && !everywhere) {
    option(data.texts.searchAll, () => suggest(field, data, choose, true)).classList.add("ce-all");
  }
  field.after(list);
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "true");
  mark(found.length ? 0 : -1);
  data.say(found.length ? data.texts.found.replace("{count}", found.length) : nothing);
}

function note(text) {
  const item = document.createElement("li");
  item.textContent = text;
  item.setAttribute("role", "presentation");
  return item;
}

function option(text, choose) {
  const item = note(text);
  item.setAttribute("role", "option");
  item.id = `ce-option-${list.children.length}`;
  item.choose = choose;
  item.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    close();
    choose();
  });
  list.append(item);
  return item;
}

function options() {
  return list ? [...list.querySelectorAll("[role=option]")] : [];
}

function mark(index) {
  options().forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
  const now = options()[index];
  if (now) owner.setAttribute("aria-activedescendant", now.id);
  now?.scrollIntoView({ block: "nearest" });
}

// Runs before the grid's own keys: an open list takes the arrows and Enter; Tab takes the marked suggestion along.
function keyed(event) {
  const all = options();
  if (!all.length || event.isComposing || event.ctrlKey) return;
  const now = all.findIndex((item) => item.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown") mark((now + 1) % all.length);
  else if (event.key === "ArrowUp") mark((now - 1 + all.length) % all.length);
  else if (event.key === "Escape") close();
  else if (event.key === "Enter" && now >= 0) {
    close();
    all[now].choose();
  } else if (event.key === "Tab" && !event.shiftKey && now >= 0 && !all[now].classList.contains("ce-all")) {
    close();
    all[now].choose();
    return;
  } else return;
  event.preventDefault();
}
