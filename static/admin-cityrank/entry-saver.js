// Brings rows to the server soon after they are typed. Until it has them they lie in the browser's storage, so that
// neither a lost connection nor an ended session nor a closed window loses a keystroke.

import { keep, kept, post } from "./entry-net.js";

const SOON = 600;
const LONGEST = 30000;
const AT_ONCE = 150;

export class Saver {
  // `grid` is told of rows that the server has (saved) and of rows that another window has changed (overtaken).
  constructor(data, status, grid) {
    this.data = data;
    this.status = status;
    this.grid = grid;
    this.pause = SOON;
    this.queue = Promise.resolve();
    // A key of our own: two windows of one table do not write over what the other keeps.
    this.key = `${data.key}:${Date.now()}-${Math.floor(Math.random() * 1e9)}`;
    this.rows = new Map();
  }

  // Take over what other windows have left; what two of them say of the same row stays for the next time.
  adopt() {
    const prefix = `${this.data.key}:`;
    const others = Object.keys(localStorage).filter((key) => key.startsWith(prefix) && key !== this.key);
    for (const key of others.sort().reverse()) {
      const found = kept(key, []);
      if (found.some((row) => this.rows.has(row.position))) continue;
      for (const row of found) this.rows.set(row.position, row);
      if (this.store()) keep(key, null);
    }
    return [...this.rows.values()];
  }

  start() {
    addEventListener("online", () => this.later(0));
    addEventListener("focus", () => this.rows.size && this.later(0));
    addEventListener("pagehide", () => this.leave());
    document.addEventListener("visibilitychange", () => document.hidden && this.leave());
    if (this.rows.size) this.later(0);
  }

  keep(row) {
    this.rows.set(row.position, row);
    if (!this.store()) this.say(this.data.texts.noStorage, true);
    this.later(SOON);
  }

  forget(position) {
    this.rows.delete(position);
    this.store();
  }

  store() {
    return keep(this.key, this.rows.size ? [...this.rows.values()] : null);
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), pause);
  }

  // Returns whether the server has everything now.
  flush() {
    clearTimeout(this.timer);
    this.queue = this.queue.then(() => this.sendAll());
    return this.queue;
  }

  async sendAll() {
    for (let next = this.next(); next.length; next = this.next()) {
      if (!(await this.send(next))) {
        this.pause = Math.min(LONGEST, this.pause * 2);
        this.later(this.pause);
        return false;
      }
      this.pause = SOON;
    }
    const undecided = [...this.rows.keys()];
    if (undecided.length) this.say(this.data.texts.undecided.replace("{row}", undecided[0]), true);
    return !undecided.length;
  }

  next() {
    return [...this.rows.values()].filter((row) => !row.undecided).slice(0, AT_ONCE);
  }

  body(rows) {
    for (const row of rows) row.sent = [...new Set([...(row.sent || []), row.version])].slice(-20);
    this.store();
    return { person: this.data.person, rows: rows.map(({ sent, seen, label, undecided, ...values }) => values) };
  }

  // The window goes: a last attempt that nobody waits for. What does not arrive is in the storage.
  leave() {
    const rows = this.next();
    if (rows.length) post(this.data.save, this.body(rows), { keepalive: true }).catch(() => {});
  }

  async send(rows) {
    const texts = this.data.texts;
    this.say(texts.saving);
    const body = this.body(rows);
    const copies = rows.map((row) => ({ ...row }));
    let answer;
    let heard;
    try {
      answer = await post(this.data.save, body);
      if (answer.type !== "opaqueredirect" && answer.status !== 403) heard = await answer.json();
    } catch {
      this.say(texts.offline, true);
      return false;
    }
    if (!heard) {
      this.say(texts.signedOut, true, this.data.signIn);
      return false;
    }
    if (!answer.ok) {
      this.say(texts.refused.replace("{reason}", heard.refused || answer.status), true);
      return false;
    }
    for (const row of copies) if (heard.versions[row.position] === row.version) this.saved(row);
    for (const row of heard.overtaken) this.grid.overtaken(row, this.rows.get(row.position));
    this.say(texts.saved.replace("{time}", heard.at));
    return true;
  }

  saved(row) {
    const pending = this.rows.get(row.position);
    if (pending?.version === row.version) this.forget(row.position);
    else if (pending) Object.assign(pending, { base: row.version, seen: row });
    this.grid.saved(row);
  }

  say(text, isBad = false, link = "") {
    this.status.textContent = text;
    this.status.classList.toggle("ce-bad", isBad);
    if (!link) return;
    const anchor = document.createElement("a");
    anchor.href = link;
    anchor.target = "_blank";
    anchor.rel = "noopener";
    anchor.textContent = this.data.texts.signIn;
    this.status.append(" ", anchor);
  }
}
