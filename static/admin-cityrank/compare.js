// The band on the scan follows the difference that somebody stands in.

import { Scan } from "./scan.js";

const view = document.getElementById("ce-view");
const scan = view ? new Scan(view, `cityrank-compare-${view.dataset.table}`) : null;
document.querySelectorAll("[data-row]").forEach((item) => {
  item.addEventListener("focusin", () => scan?.show(Number(item.dataset.row)));
});
document.querySelector(".ce-choice button")?.focus({ preventScroll: true });
