// Sorts, narrows and pages through a table without loading the page anew: htmx is fetched when a reader turns to the
// table, follows its links and its form, and puts the answer in the table's place. Here: narrowing as one types, saying
// how many rows there are to those who hear the page, and where the focus goes.

const PAUSE = 250;

// The settings stand in a meta element, which htmx reads when it begins.
const SETTINGS = {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  scrollIntoViewOnBoost: false,
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
};

function fetchHtmx() {
  if (window.htmx) return Promise.resolve(window.htmx);
  if (!document.querySelector('meta[name="htmx-config"]')) {
    const meta = document.createElement("meta");
    meta.name = "htmx-config";
    meta.content = JSON.stringify(SETTINGS);
    document.head.append(meta);
  }
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = document.querySelector("script[data-htmx]").getAttribute("data-htmx");
    script.onload = () => resolve(window.htmx);
    script.onerror = reject;
    document.head.append(script);
  });
}

function narrowAsOneTypes(form) {
  const text = form.elements.q;
  let asked = text.value.trim();
  let timer;
  const ask = () => {
    clearTimeout(timer);
    asked = text.value.trim();
    form.requestSubmit();
  };
  form.addEventListener("input", (event) => {
    clearTimeout(timer);
    // What a Chinese input method has not finished yet is no name.
    if (event.target === text && !event.isComposing) timer = setTimeout(() => { if (text.value.trim() !== asked) ask(); }, PAUSE);
  });
  text.addEventListener("compositionend", () => { timer = setTimeout(ask, PAUSE); });
  form.addEventListener("change", (event) => { if (event.target !== text) ask(); });
}

function tell(section) {
  const counted = section.querySelector("[data-counted] span");
  const said = section.querySelector("[data-said]");
  if (counted && said) said.textContent = counted.textContent;
}

export default async function (section) {
  const form = section.querySelector("form.table-form");
  if (!form) return;
  await fetchHtmx();
  narrowAsOneTypes(form);
  // What could not be fetched is asked for as without a script: the browser says what is wrong, and can try again.
  for (const failure of ["htmx:sendError", "htmx:responseError"]) {
    section.addEventListener(failure, (event) => location.assign(event.detail.pathInfo.finalRequestPath));
  }
  section.addEventListener("htmx:afterSettle", (event) => {
    tell(section);
    // Another page begins at its head; after sorting and narrowing the reader stays where she is.
    if (event.detail.requestConfig?.elt.closest?.(".pager")) {
      const heading = section.querySelector("h2");
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
      heading.scrollIntoView();
    }
  });
}
