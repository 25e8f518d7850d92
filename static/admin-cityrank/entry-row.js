// One line of the grid: its fields, what is typed in them, and what the server is known to have of it.

import { combobox } from "./entry-suggest.js";

export const CELLS = ["printed_rank", "printed_name", "subject", "printed_score", "status"];
const LABELS = { printed_rank: "rank", printed_name: "name", subject: "subject", printed_score: "score", status: "status" };
const EMPTY = { printed_rank: "", printed_name: "", subject: null, label: "", printed_score: "", status: "final" };

export class Row {
  constructor(body, position, data, isOpen) {
    this.position = position;
    this.data = data;
    this.version = 0;
    this.base = 0;
    this.seen = { ...EMPTY };
    this.subject = null;
    this.label = "";
    this.fields = {};
    this.line = body.insertRow();
    const head = document.createElement("th");
    head.scope = "row";
    head.className = "ce-pos";
    head.textContent = position;
    this.line.append(head);
    for (const name of CELLS) {
      this.fields[name] = this.field(name, isOpen);
      this.line.insertCell().append(this.fields[name]);
    }
    this.note = document.createElement("p");
    this.note.className = "ce-note";
    this.note.id = `ce-note-${position}`;
    this.fields.printed_name.after(this.note);
    this.write(EMPTY);
  }

  field(name, isOpen) {
    const field = document.createElement(name === "status" ? "select" : "input");
    const { texts, statuses, longest } = this.data;
    field.name = `${name}-${this.position}`;
    field.dataset.cell = name;
    field.setAttribute("aria-label", `${texts[LABELS[name]]}, ${texts.row.replace("{row}", this.position)}`);
    field.disabled = !isOpen;
    if (name === "status") for (const [value, text] of statuses) field.add(new Option(text, value));
    else {
      field.type = "text";
      field.autocomplete = "off";
      field.spellcheck = false;
      if (longest[name]) field.maxLength = longest[name];
      if (name !== "printed_name" && name !== "subject") field.inputMode = "decimal";
    }
    if (name === "subject") combobox(field);
    return field;
  }

  // What stands in the cells; `label` is the subject in words.
  values() {
    const values = { subject: this.subject, label: this.label };
    for (const name of CELLS) if (name !== "subject") values[name] = this.fields[name].value;
    return values;
  }

  write(values) {
    for (const name of CELLS) {
      this.fields[name].value = name === "subject" ? values.label || "" : values[name] || EMPTY[name];
    }
    this.subject = values.subject ?? null;
    this.label = values.label || "";
  }

  // As the server has it.
  load(stored) {
    this.write(stored);
    this.version = this.base = stored.version;
    this.seen = stored;
  }

  // As it was kept on this computer, not saved yet.
  restore(kept) {
    this.write(kept);
    Object.assign(this, { version: kept.version, base: kept.base, seen: kept.seen || this.seen });
  }

  pending() {
    this.version = Math.max(Date.now() * 1000 + Math.floor(Math.random() * 1000), this.version + 1);
    return { position: this.position, version: this.version, base: this.base, seen: this.seen, ...this.values() };
  }

  isEmpty() {
    const values = this.values();
    return !values.printed_name && !values.printed_rank && !values.printed_score && !values.subject && !values.label;
  }

  say(text) {
    if (this.note.textContent === text) return;
    this.note.textContent = text;
    this.line.classList.toggle("ce-wrong", Boolean(text));
    for (const field of Object.values(this.fields)) {
      if (text) field.setAttribute("aria-describedby", this.note.id);
      else field.removeAttribute("aria-describedby");
    }
  }
}

// What comes of two changes of one row: null where both changed the same cell to something else.
export function merged(mine, seen, theirs) {
  const result = { ...mine };
  for (const name of CELLS) {
    const before = seen[name] ?? EMPTY[name];
    if (mine[name] === before) result[name] = theirs[name];
    else if (theirs[name] !== before && theirs[name] !== mine[name]) return null;
    if (name === "subject") result.label = result.subject === theirs.subject ? theirs.label : mine.label;
  }
  return result;
}
