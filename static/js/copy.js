// Copies a text: <button type="button" data-module="copy" data-needs-script data-copy-from="id of an element"> (its value
// or its text), or data-copy-text="..."; data-copied="Copied" is what is said afterwards, and read out.

const SHOWN = 2500;

function textOf(button) {
  const source = document.getElementById(button.dataset.copyFrom);
  return button.dataset.copyText ?? source?.value ?? source?.textContent.trim() ?? "";
}

// Without https a browser has no clipboard for scripts; a selected text can still be copied.
function copySelected(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "hidden";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

function spokenBeside(button) {
  const said = document.createElement("span");
  said.className = "copied";
  said.setAttribute("role", "status");
  button.after(said);
  return said;
}

export default function (button) {
  const said = spokenBeside(button);
  let timer;
  button.addEventListener("click", async () => {
    const done = await copy(textOf(button));
    button.focus();
    said.textContent = done ? button.dataset.copied : "";
    clearTimeout(timer);
    timer = setTimeout(() => { said.textContent = ""; }, SHOWN);
  });
}
