/* The pages of the accounts: passkeys that fail say why, an invitation opens by itself, a link is copied. */
"use strict";

(function () {
  function say(name) {
    const texts = document.querySelector("[data-passkey-texts]");
    let place = document.querySelector("[data-passkey-error]");
    if (!texts) return;
    if (!place) {
      place = document.createElement("p");
      place.className = "cr-error";
      place.setAttribute("role", "alert");
      (document.querySelector(".cr-account") || document.body).prepend(place);
    }
    place.textContent = texts.dataset[name];
    place.hidden = false;
  }

  // The script of the library tells of every refusal of the browser by this event.
  document.addEventListener("allauth.error", function (event) {
    event.preventDefault();
    const error = event.detail.exception;
    if (!window.PublicKeyCredential || (error && error.name === "SecurityError")) say("unsupported");
    else if (error && error.name === "InvalidStateError") say("known");
    else say("cancelled");
  });

  function passkeys() {
    if (window.PublicKeyCredential) return;
    for (const button of document.querySelectorAll("[data-passkey]")) button.hidden = true;
    if (document.querySelector("#mfa_webauthn_add")) say("unsupported");
  }

  // What stands behind the # reaches no server by itself, and leaves the address bar at once.
  function invitation() {
    const form = document.querySelector("[data-invitation]");
    const secret = window.location.hash.slice(1);
    if (!form || !secret) return;
    window.history.replaceState(null, "", window.location.pathname);
    form.elements.token.value = secret;
    form.submit();
  }

  function copying() {
    for (const button of document.querySelectorAll("[data-copy]")) {
      button.addEventListener("click", async function () {
        const field = document.getElementById(button.dataset.copy);
        field.select();
        try {
          await navigator.clipboard.writeText(field.value);
          button.textContent = button.dataset.copied;
        } catch {
          // Selected as it is, it can be copied by hand.
        }
      });
    }
  }

  passkeys();
  invitation();
  window.addEventListener("hashchange", invitation);
  copying();
})();
