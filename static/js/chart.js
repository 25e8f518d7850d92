// The values of a chart, shown where the pointer is, and with the arrow keys.
//
// The labels were written into the drawing by the server (data-label); this only shows them. The page says the same in the
// data table below the drawing, so that nobody needs the script.

const REACH = 28; // pixels from a mark within which it is meant

export default function chart(figure) {
  const drawing = figure.querySelector(".chart-drawing");
  if (!drawing) return;
  const tip = drawing.appendChild(document.createElement("div"));
  tip.className = "chart-tip";
  tip.hidden = true;
  const told = drawing.appendChild(document.createElement("p"));
  told.className = "hidden";
  told.setAttribute("aria-live", "polite");
  let meant = null;

  for (const svg of drawing.querySelectorAll("svg")) {
    const marks = [...svg.querySelectorAll("[data-label]")];
    const moved = (event) => show(nearest(marks, event));
    svg.addEventListener("pointermove", moved);
    svg.addEventListener("pointerdown", moved);
    svg.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && show(null));
    svg.addEventListener("keydown", (event) => byKey(event, marks));
    svg.addEventListener("blur", () => show(null));
  }
  document.addEventListener("pointerdown", (event) => drawing.contains(event.target) || show(null));

  function byKey(event, marks) {
    const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
    const ends = { Home: 0, End: marks.length - 1 };
    if (event.key === "Escape") return show(null);
    let next = ends[event.key];
    if (event.key in steps) next = (marks.indexOf(meant) + steps[event.key] + marks.length) % marks.length;
    if (meant === null && event.key in steps) next = steps[event.key] > 0 ? 0 : marks.length - 1;
    if (next === undefined) return;
    event.preventDefault();
    show(marks[next]);
    told.textContent = meant.dataset.label;
    marks[next].scrollIntoView({ block: "nearest" });
  }

  function show(mark) {
    if (mark === meant) return;
    meant?.classList.remove("is-meant");
    meant = mark;
    tip.hidden = !mark;
    if (!mark) return;
    mark.classList.add("is-meant");
    tip.textContent = mark.dataset.label;
    place(mark.getBoundingClientRect(), drawing.getBoundingClientRect());
  }

  // Above the mark, or below where there is no room; never beyond the sides.
  function place(box, around) {
    const left = box.right - around.left - Math.min(box.width, 24) / 2 - tip.offsetWidth / 2;
    const above = box.top - around.top - tip.offsetHeight - 8;
    tip.style.left = `${Math.max(0, Math.min(left, around.width - tip.offsetWidth))}px`;
    tip.style.top = `${above + around.top > 0 ? above : box.bottom - around.top + 8}px`;
  }
}

function nearest(marks, { clientX, clientY }) {
  let best = null;
  let least = REACH;
  for (const mark of marks) {
    const box = mark.getBoundingClientRect();
    const beside = Math.max(box.left - clientX, 0, clientX - box.right);
    const above = Math.max(box.top - clientY, 0, clientY - box.bottom);
    const far = Math.hypot(beside, above);
    if (far < least) [best, least] = [mark, far];
  }
  return best;
}
