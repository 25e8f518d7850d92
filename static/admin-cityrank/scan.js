// The scan beside a grid: zoom, pan by dragging or by keys, and a band over the row that is being keyed.
// Where two of its rows lie is told by the person once and kept on this computer.

import { keep, kept } from "./entry-net.js";

const STEP = 1.25;
const MOVES = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] };

export class Scan {
  constructor(view, key) {
    this.view = view;
    this.sheet = view.querySelector(".ce-sheet");
    this.image = view.querySelector("img");
    this.band = view.querySelector(".ce-band");
    this.guide = view.querySelector(".ce-guide");
    this.texts = JSON.parse(document.getElementById("ce-scan-texts").textContent);
    this.status = document.getElementById("ce-scan-status");
    this.key = key;
    this.row = 1;
    this.scale = 1;
    this.marking = "";
    this.count = Number(view.dataset.pages);
    this.listen();
    this.turn(Number(view.dataset.page));
  }

  listen() {
    document.querySelectorAll("[data-zoom]").forEach((button) => {
      button.addEventListener("click", () => this.zoom(button.dataset.zoom));
    });
    document.querySelectorAll("[data-mark]").forEach((button) => {
      button.addEventListener("click", () => this.begin(button.dataset.mark));
    });
    document.querySelectorAll("[data-turn]").forEach((button) => {
      button.addEventListener("click", () => this.turn(this.page + Number(button.dataset.turn)));
    });
    this.view.addEventListener("keydown", (event) => this.keyed(event));
    this.view.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    this.image.addEventListener("load", () => this.show(this.row));
    this.drag();
  }

  turn(page) {
    if (page < 1 || page > this.count) return;
    this.page = page;
    const address = this.view.dataset.address.replace(/0\/$/, `${page}/`);
    if (!this.image.src.endsWith(address)) this.image.src = address;
    const shown = document.getElementById("ce-page");
    if (shown) shown.textContent = this.texts.page.replace("{page}", page).replace("{count}", this.count);
    this.marks = kept(`${this.key}-marks-${page}`, {});
    this.draw();
  }

  // The point under the pointer, or the middle, stays where it is.
  zoom(way, x = this.view.clientWidth / 2, y = this.view.clientHeight / 2) {
    const width = this.sheet.offsetWidth;
    const at = [this.view.scrollLeft + x, this.view.scrollTop + y];
    this.scale = way === "fit" ? 1 : Math.min(8, Math.max(0.25, this.scale * (way === "in" ? STEP : 1 / STEP)));
    this.sheet.style.width = `${this.scale * 100}%`;
    const grown = this.sheet.offsetWidth / width;
    this.view.scrollTo(at[0] * grown - x, at[1] * grown - y);
  }

  wheel(event) {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const frame = this.view.getBoundingClientRect();
    this.zoom(event.deltaY < 0 ? "in" : "out", event.clientX - frame.left, event.clientY - frame.top);
  }

  keyed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (this.marking && this.keyedWhileMarking(event)) event.preventDefault();
    else if (MOVES[event.key]) this.view.scrollBy(...MOVES[event.key]);
    else if (event.key === "+" || event.key === "=") this.zoom("in");
    else if (event.key === "-") this.zoom("out");
    else if (event.key === "0") this.zoom("fit");
    else if (event.key === "PageDown" && this.page < this.count) this.turn(this.page + 1);
    else if (event.key === "PageUp" && this.page > 1) this.turn(this.page - 1);
    else return;
    event.preventDefault();
  }

  keyedWhileMarking(event) {
    const step = (event.shiftKey ? 40 : 6) * (event.key === "ArrowUp" ? -1 : 1);
    if (event.key === "Enter") this.mark();
    else if (event.key === "Escape") this.end(this.texts.cancelled);
    else if (event.key === "ArrowUp" || event.key === "ArrowDown") this.aim(this.aimed + step / this.sheet.clientHeight, true);
    else return false;
    return true;
  }

  drag() {
    let from = null;
    const place = (event) => (event.clientY - this.sheet.getBoundingClientRect().top) / this.sheet.clientHeight;
    this.view.addEventListener("pointerdown", (event) => {
      if (this.marking || event.button) return;
      from = [event.clientX + this.view.scrollLeft, event.clientY + this.view.scrollTop];
      this.view.setPointerCapture(event.pointerId);
    });
    this.view.addEventListener("pointermove", (event) => {
      if (this.marking) this.aim(place(event));
      else if (from) this.view.scrollTo(from[0] - event.clientX, from[1] - event.clientY);
    });
    this.view.addEventListener("click", (event) => {
      if (!this.marking) return;
      this.aim(place(event));
      this.mark();
    });
    for (const name of ["pointerup", "pointercancel"]) this.view.addEventListener(name, () => (from = null));
  }

  // Marks the row that is being keyed.
  begin(which) {
    this.marking = which;
    this.guide.hidden = false;
    this.say(this.texts.mark.replace("{row}", this.row));
    this.aim(this.marks[which]?.at ?? (this.view.scrollTop + this.view.clientHeight / 2) / this.sheet.clientHeight, true);
    this.view.focus();
  }

  aim(at, isToBeSeen = false) {
    this.aimed = Math.min(1, Math.max(0, at));
    this.guide.style.top = `${this.aimed * 100}%`;
    if (!isToBeSeen) return;
    const top = this.aimed * this.sheet.clientHeight;
    const { scrollTop, clientHeight } = this.view;
    if (top < scrollTop + 20 || top > scrollTop + clientHeight - 20) this.view.scrollTo({ top: top - clientHeight / 2 });
  }

  mark() {
    this.marks[this.marking] = { at: this.aimed, row: this.row };
    keep(`${this.key}-marks-${this.page}`, this.marks);
    this.draw();
    this.end(this.band.hidden ? this.texts.marked.replace("{row}", this.row) : this.texts.both);
  }

  end(text) {
    this.marking = "";
    this.guide.hidden = true;
    this.say(text);
    this.done?.();
  }

  say(text) {
    this.status.textContent = text;
  }

  show(row) {
    this.row = row;
    this.draw();
    if (this.band.hidden) return;
    const top = this.band.offsetTop - this.view.clientHeight / 2;
    this.view.scrollTo({ top, left: this.view.scrollLeft });
  }

  draw() {
    const { first, last } = this.marks;
    const isKnown = first && last && last.row !== first.row && last.row > first.row === last.at > first.at;
    this.band.hidden = !isKnown;
    if (!isKnown) return;
    const height = (last.at - first.at) / (last.row - first.row);
    const middle = first.at + (this.row - first.row) * height;
    this.band.hidden = middle < 0 || middle > 1; // the row is on another page
    this.band.style.top = `${(middle - height / 2) * 100}%`;
    this.band.style.height = `${height * 100}%`;
  }
}
