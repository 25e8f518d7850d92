// Saves each answer as it is chosen; the button saves all of the page, for browsers without this script as well.

const form = document.getElementById("cb-form");
const status = document.getElementById("cb-status");

function tell(text, bad) {
  status.textContent = text;
  status.classList.toggle("cb-bad", bad);
}

async function save(question) {
  const body = new FormData();
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  for (const field of question.querySelectorAll("input, select")) {
    if (field.name && (field.type !== "radio" || field.checked)) body.append(field.name, field.value);
  }
  try {
    const answer = await fetch(form.action, { method: "POST", body, redirect: "error", headers: { Accept: "application/json" } });
    const said = await answer.json();
    tell(answer.ok ? said.said : said.problem, !answer.ok);
    if (!answer.ok) return;
    question.classList.add("cb-answered");
    document.getElementById("cb-fresh").hidden = !said.fresh;
  } catch {
    tell(form.dataset.offline, true);
  }
}

function chosen(field) {
  const question = field.closest("fieldset");
  if (!question) return;
  const other = question.querySelector("[value='@other']");
  if (field.type !== "radio" && other && field.value) other.checked = true;
  // The radio alone answers nothing: what is meant is still to be searched for or typed.
  const text = question.querySelector("select, input:not([type=radio])");
  if (field === other && !text?.value) {
    text?.focus();
    return;
  }
  save(question);
}

form.addEventListener("change", (event) => chosen(event.target));
// The search is a widget that tells jQuery alone.
window.django?.jQuery(form).on("select2:select", "select", (event) => chosen(event.target));
