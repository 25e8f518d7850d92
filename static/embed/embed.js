// Shows a table or chart of this site on the page of somebody else, as high as its content:
// <script async src="https://.../embed.js" data-cityrank="/embed/..." data-title="..."></script>
(() => {
  const script = document.currentScript;
  if (!script) return;
  const site = new URL(script.src).origin;
  const address = new URL(script.dataset.cityrank ?? "", site);
  // A path that leads to another site shows nothing.
  if (address.origin !== site || !/^(\/en)?\/embed\//.test(address.pathname)) return;

  const frame = document.createElement("iframe");
  frame.src = address.href;
  frame.title = script.dataset.title ?? "CityRank";
  frame.loading = "lazy";
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  Object.assign(frame.style, { display: "block", width: "100%", height: "480px", border: "0" });
  // Where the code is all that a page has, it stands in the head of it, where nothing shows.
  const show = () => (script.closest("head") ? document.body.prepend(frame) : script.after(frame));
  if (document.body) show();
  else document.addEventListener("DOMContentLoaded", show);

  window.addEventListener("message", (event) => {
    if (event.origin !== site || event.source !== frame.contentWindow) return;
    const height = event.data?.cityrankHeight;
    if (Number.isFinite(height) && height > 0 && height < 100000) frame.style.height = `${Math.ceil(height)}px`;
  });
  // The frame learns from this message to whom it may tell its height.
  frame.addEventListener("load", () => frame.contentWindow.postMessage({ cityrank: "measure" }, site));
})();
