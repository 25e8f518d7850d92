// The grid of a table that is keyed from a picture. Everything works from the keyboard; nothing typed is ever lost:
// rows are saved as they are typed, and kept on this computer until the server has them.

import { post } from "./entry-net.js";
import { block } from "./entry-paste.js";
import { CELLS, Row, merged } from "./entry-row.js";
import { findings } from "./entry-rules.js";
import { Saver } from "./entry-saver.js";
import { suggest } from "./entry-suggest.js";
import { Scan } from "./scan.js";

const data = JSON.parse(document.getElementById("ce-data").textContent);
const table = document.getElementById("ce-grid");
const body = table.tBodies[0];
const isOpen = table.dataset.open === "yes";
const rows = [];
const view = document.getElementById("ce-view");
const scan = view ? new Scan(view, data.key) : null;
const saver = new Saver(data, document.getElementById("ce-status"), { saved, overtaken });
let now = null; // the row that is being keyed

data.say = (text) => {
  document.getElementById("ce-said").textContent = text;
};

function rowAt(index) {
  while (rows.length <= index && rows.length < data.most) {
    rows.push(new Row(body, rows.length + 1, data, isOpen));
  }
  return rows[index];
}

function rowOf(field) {
  return rows[field.closest("tr").rowIndex - 1];
}

// --- saving ----------------------------------------------------------------------------------------------------

function touched(...changed) {
  for (const row of changed) {
    const before = saver.rows.get(row.position);
    saver.keep({ ...row.pending(), sent: before?.sent, undecided: before?.undecided });
  }
  check();
}

function saved(stored) {
  const row = rows[stored.position - 1];
  row.base = stored.version;
  row.seen = stored;
}

// Another window has saved this row since. What does not touch the same cell is put together; else the person says.
function overtaken(theirs, pending) {
  const row = rows[theirs.position - 1];
  if (!pending) return;
  if (pending.sent?.includes(theirs.version)) {
    // It was this window, and the answer was lost on its way.
    row.base = theirs.version;
    row.seen = theirs;
    Object.assign(pending, { base: theirs.version, seen: theirs });
    saver.store();
    return;
  }
  const both = merged(row.values(), row.seen, theirs);
  if (both) take(row, theirs, both);
  else ask(row, theirs);
}

function take(row, theirs, values) {
  row.line.querySelector(".ce-choice")?.remove();
  saver.forget(row.position);
  row.load(theirs);
  row.write(values);
  if (CELLS.some((name) => values[name] !== theirs[name])) touched(row);
  else check();
}

function ask(row, theirs) {
  Object.assign(saver.rows.get(row.position), { undecided: true });
  row.line.querySelector(".ce-choice")?.remove();
  const choice = document.createElement("p");
  choice.className = "ce-choice";
  const status = data.statuses.find(([value]) => value === theirs.status)?.[1];
  const values = [theirs.printed_rank, theirs.printed_name, theirs.label, theirs.printed_score, status];
  choice.append(data.texts.other.replace("{values}", values.map((value) => value || "–").join(" | ")));
  for (const [text, act] of [
    [data.texts.keepMine, () => take(row, theirs, row.values())],
    [data.texts.takeOther, () => take(row, theirs, theirs)],
  ]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "cr-button cr-quiet";
    button.textContent = text;
    button.addEventListener("click", () => {
      act();
      row.fields.printed_rank.focus();
    });
    choice.append(" ", button);
  }
  row.note.after(choice);
}

// --- what looks wrong -------------------------------------------------------------------------------------------

function check() {
  const last = rows.reduce((found, row, index) => (row.isEmpty() ? found : index), -1);
  const all = rows.map((row) => ({ ...row.values(), isLeft: row !== now }));
  findings(all, last, data).forEach((text, index) => rows[index].say(text));
}

// --- subjects ---------------------------------------------------------------------------------------------------

function choose(row, found, isMatched = false) {
  row.subject = found.id;
  row.label = found.label;
  row.fields.subject.value = found.label;
  // Whoever stands in the cell types over what came by itself.
  if (document.activeElement === row.fields.subject) row.fields.subject.select();
  row.isMatched = isMatched;
  touched(row);
}

// A name leads to the subject by itself where exactly one member of the peer group has it.
async function match(asked) {
  // What the person is looking up or has chosen is left alone.
  const isFree = (row) => row.isMatched || (!row.subject && !row.fields.subject.value);
  const open = asked.filter((row) => row.fields.printed_name.value.trim() && isFree(row));
  const names = [...new Set(open.map((row) => row.fields.printed_name.value.trim()))];
  for (let from = 0; from < names.length; from += data.mostNames) {
    let found;
    try {
      found = (await (await post(data.match, { names: names.slice(from, from + data.mostNames) })).json()).found;
    } catch {
      return; // without a connection the subject is chosen later
    }
    for (const row of open) {
      const name = row.fields.printed_name.value.trim();
      if (isFree(row) && found?.[name] && found[name].id !== row.subject) choose(row, found[name], true);
    }
  }
}

// --- typing and moving ------------------------------------------------------------------------------------------

function go(row, name, by) {
  const next = rows[row.position - 1 + by] || (by > 0 ? rowAt(row.position - 1 + by) : null);
  next?.fields[name].focus();
}

body.addEventListener("focusin", (event) => {
  if (!event.target.dataset.cell) return;
  const row = rowOf(event.target);
  const isOther = row !== now;
  now?.line.classList.remove("ce-now");
  now = row;
  row.line.classList.add("ce-now");
  if (isOther) {
    scan?.show(row.position);
    check();
  }
  event.target.select?.();
});

body.addEventListener("input", (event) => {
  const row = rowOf(event.target);
  if (event.target.dataset.cell === "subject") {
    row.subject = null;
    row.label = event.target.value;
    row.isMatched = false;
    if (!event.isComposing) offer(row);
  } else if (event.target.dataset.cell === "printed_name" && row.isMatched) {
    row.subject = null; // found by a name that is another one now
    row.label = row.fields.subject.value = "";
  }
  touched(row);
});

function offer(row) {
  suggest(row.fields.subject, data, (found) => choose(row, found));
}

body.addEventListener("compositionend", (event) => {
  if (event.target.dataset.cell === "subject") offer(rowOf(event.target));
});

body.addEventListener("change", (event) => {
  if (event.target.dataset.cell === "printed_name") match([rowOf(event.target)]);
});

body.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.altKey || event.metaKey || !event.target.dataset.cell) return;
  const row = rowOf(event.target);
  const name = event.target.dataset.cell;
  const inList = name === "status";
  if (event.key === "Enter" && event.ctrlKey) insert(row);
  else if (event.key === "Enter") go(row, event.shiftKey ? name : "printed_rank", event.shiftKey ? -1 : 1);
  else if (event.key === "ArrowDown" && !inList) go(row, name, 1);
  else if (event.key === "ArrowUp" && !inList) go(row, name, -1);
  else return;
  event.preventDefault();
});

body.addEventListener("paste", (event) => {
  const found = event.target.dataset.cell && block(event.clipboardData.getData("text/plain"), event.target.dataset.cell);
  if (!found) return;
  event.preventDefault();
  const start = rowOf(event.target).position - 1;
  const changed = found.map((values, down) => {
    const row = rowAt(start + down);
    if (!row) return null;
    for (const [name, value] of Object.entries(values)) {
      if (name === "printed_name" && value !== row.fields[name].value) {
        row.subject = null;
        row.label = row.fields.subject.value = "";
      }
      row.fields[name].value = data.longest[name] ? value.slice(0, data.longest[name]) : value;
    }
    return row;
  });
  const pasted = changed.filter(Boolean);
  touched(...pasted);
  data.say(data.texts.pasted.replace("{count}", pasted.length));
  match(pasted);
});

// --- a row that was left out, or typed twice --------------------------------------------------------------------

function insert(row) {
  const last = rows.reduce((found, one) => (one.isEmpty() ? found : one.position), 0);
  if (last >= data.most) return;
  for (let at = last; at >= row.position; at -= 1) rowAt(at).write(rows[at - 1].values());
  row.write({});
  touched(...rows.slice(row.position - 1, Math.max(last + 1, row.position)));
  row.fields.printed_rank.focus();
}

function remove(row) {
  const last = rows.reduce((found, one) => (one.isEmpty() ? found : one.position), 0);
  for (let at = row.position; at < last; at += 1) rows[at - 1].write(rows[at].values());
  if (last >= row.position) rows[last - 1].write({});
  touched(...rows.slice(row.position - 1, Math.max(last, row.position)));
  row.fields.printed_rank.focus();
}

const acts = {
  more: () => rowAt(rows.length + 9),
  insert: () => now && insert(now),
  remove: () => now && remove(now),
};
document.querySelectorAll("[data-act]").forEach((button) => {
  button.addEventListener("click", () => acts[button.dataset.act]());
});
if (scan) scan.done = () => now?.fields.printed_rank.focus();

// --- begin ------------------------------------------------------------------------------------------------------

// What could not be saved any more: the release is no draft now, or the entry is finished.
function offerCopy(lost) {
  const button = document.getElementById("ce-copy");
  button.hidden = false;
  button.addEventListener("click", async () => {
    const lines = lost.map((row) => [row.printed_rank, row.printed_name, row.printed_score].join("\t"));
    await navigator.clipboard.writeText(lines.join("\n"));
    data.say(data.texts.copied);
  });
}

function begin() {
  rowAt(data.count - 1);
  for (const stored of data.rows) rowAt(stored.position - 1).load(stored);
  const unsaved = saver.adopt().filter((row) => {
    const isStored = row.position > data.most || rowAt(row.position - 1).version === row.version;
    if (isStored) saver.forget(row.position);
    else row.undecided = false;
    return !isStored;
  });
  for (const row of unsaved) rows[row.position - 1].restore(row);
  check();
  if (unsaved.length) data.say(isOpen ? data.texts.restored : data.texts.locked);
  if (unsaved.length && !isOpen) offerCopy(unsaved);
  if (!isOpen) return;
  (rows.find((row) => row.isEmpty()) || rows[0]).fields.printed_rank.focus({ preventScroll: true });
  saver.start();
}

begin();

// What is typed goes to the server before the table is finished.
const form = document.getElementById("ce-finish");
form.addEventListener("submit", async (event) => {
  if (!isOpen || form.dataset.sent) return;
  event.preventDefault();
  const button = event.submitter;
  if (await saver.flush()) {
    form.dataset.sent = "yes";
    // Where nothing had to be sent this is still the same submission, and a browser ignores a second one inside it.
    setTimeout(() => form.requestSubmit(button));
  }
});
