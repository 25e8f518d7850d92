// In a frame on somebody else's page: tells that page how high the content is, once it has asked (embed.js).

let asked;

function tell() {
  const { height } = document.body.getBoundingClientRect();
  asked?.source.postMessage({ cityrankHeight: height }, asked.origin);
}

window.addEventListener("message", (event) => {
  // Only the page that holds the frame, and nothing that it says is used but where the answer goes.
  if (event.source !== window.parent || event.data?.cityrank !== "measure" || event.origin === "null") return;
  asked = { source: event.source, origin: event.origin };
  tell();
});

new ResizeObserver(tell).observe(document.body);
