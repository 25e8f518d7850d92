// The progress of an import that runs beside the request. Without a script the page loads itself anew.

const bar = document.getElementById("ci-progress");
const number = document.getElementById("ci-number");
const PAUSE = 800;

async function look() {
  try {
    const answer = await fetch(bar.dataset.url, { headers: { Accept: "application/json" } });
    if (answer.ok && !answer.redirected) {
      const { at_work: atWork, done, total } = await answer.json();
      if (!atWork) {
        location.reload();
        return;
      }
      if (total) {
        bar.max = total;
        bar.value = done;
        number.textContent = `${done} / ${total}`;
      }
    }
  } catch {
    // No connection at the moment: asked again.
  }
  setTimeout(look, PAUSE);
}

setTimeout(look, PAUSE);
