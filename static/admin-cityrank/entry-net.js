// Requests to our own server. Signing in anew in another tab brings another token, so it is read each time.

function token() {
  const found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  return found ? decodeURIComponent(found[1]) : document.querySelector("[name=csrfmiddlewaretoken]").value;
}

const LONGEST = 20000;

export function post(address, body, more = {}) {
  return fetch(address, {
    method: "POST",
    redirect: "manual", // to the sign-in page: the session has ended
    headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
    body: JSON.stringify(body),
    signal: more.keepalive ? undefined : AbortSignal.timeout(LONGEST),
    ...more,
  });
}

// What stands under a name in the browser's storage, or the other value where nothing can be read.
export function kept(key, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

// Whether the browser keeps a value; null takes it away.
export function keep(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false; // full, or forbidden in a private window
  }
}
