// Keeps what is typed here through a crash or a lost connection. The page works without this script.
//
// A copy of the form stays in this browser for a day at most. It is written a moment after each change, offered when the
// page is opened again, and deleted when the words are sent or saved, or when the person wants no copy on this device.
(function () {
  "use strict";
  const form = document.getElementById("respond");
  const PREFIX = "words:";
  const REFUSED = "no copy of words";
  const DAY = 24 * 60 * 60 * 1000;
  // These fields are not copied. Agreeing is done anew each time.
  const LEFT_OUT = ["agree", "website", "complete", "opened", "action", "seen"];
  let store = null;
  try {
    store = window.localStorage;
    store.getItem(PREFIX);
  } catch {
    store = null;
  }

  // --- The copy ------------------------------------------------------------------------------------------------

  function typed() {
    const fields = {};
    for (const [name, value] of new FormData(form)) {
      if (!LEFT_OUT.includes(name)) fields[name] = value;
    }
    return fields;
  }

  const empty = JSON.stringify(typed());
  let last = empty;

  function copies() {
    const found = [];
    for (const key of Object.keys(store)) {
      if (!key.startsWith(PREFIX)) continue;
      try {
        const copy = JSON.parse(store.getItem(key));
        if (Date.now() - copy.at < DAY) found.push({ key, ...copy });
        else store.removeItem(key);
      } catch {
        store.removeItem(key);
      }
    }
    return found.sort((one, other) => other.at - one.at);
  }

  function keep() {
    const now = JSON.stringify(typed());
    if (now === last || choice.checked) return;
    last = now;
    const language = form.elements.language;
    try {
      store.setItem(PREFIX + form.dataset.copy, JSON.stringify({
        at: Date.now(), fields: JSON.parse(now), language: language.options[language.selectedIndex].text,
      }));
    } catch {
      // The browser's storage is full. The words are still on the page.
    }
  }

  function put_back(copy) {
    for (const [name, value] of Object.entries(copy.fields)) {
      const field = form.elements[name];
      if (!field) continue;
      if (name === "language" && !Array.from(field.options).some((option) => option.value === value)) {
        field.add(new Option(copy.language, value));
      }
      field.value = value;
    }
    const group = form.querySelector("details.group");
    const names = Array.from(group.querySelectorAll("input"), (field) => field.name);
    group.open = names.some((name) => !["", "1"].includes(copy.fields[name] || ""));
    form.dataset.copy = copy.key.slice(PREFIX.length);
  }

  const choice = document.getElementById("no-copy");
  if (store) {
    document.getElementById("copy-choice").hidden = false;
    choice.checked = store.getItem(REFUSED) !== null;
    choice.addEventListener("change", function () {
      if (choice.checked) {
        store.setItem(REFUSED, "yes");
        copies().forEach((copy) => store.removeItem(copy.key));
        offer.hidden = true;
      } else {
        store.removeItem(REFUSED);
        last = empty;
        keep();
      }
    });
    if (form.dataset.sent) store.removeItem(PREFIX + form.dataset.sent);
    form.addEventListener("input", () => setTimeout(keep, 1000));
    form.addEventListener("change", keep);
    // A phone may end a page without telling it. This is the last event that it gets.
    document.addEventListener("visibilitychange", keep);

    const offer = document.getElementById("copy-offer");
    const copy = choice.checked ? undefined : copies().find((each) => JSON.stringify(each.fields) !== empty);
    if (copy) {
      offer.hidden = false;
      offer.querySelector("time").textContent = new Date(copy.at).toLocaleString(document.documentElement.lang);
      offer.querySelector("[value=take]").addEventListener("click", function () {
        put_back(copy);
        offer.hidden = true;
        form.querySelector("textarea").focus();
      });
      offer.querySelector("[value=delete]").addEventListener("click", function () {
        store.removeItem(copy.key);
        offer.hidden = true;
        form.querySelector("textarea").focus();
      });
    }
  }

  // --- The connection ------------------------------------------------------------------------------------------

  // In an older browser the form is sent as without this script.
  if (!form.requestSubmit || !window.AbortController) return;

  const warning = document.getElementById("line-down");
  let pressed = null;
  let is_asking = false;
  let is_up = false;

  async function line_is_up() {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), 15000);
    try {
      // Any answer shows that the portal can be reached, as long as it does not come from a cache.
      await fetch("/healthz", { cache: "no-store", signal: patience.signal });
      return true;
    } catch {
      return false;
    } finally {
      clearTimeout(timer);
    }
  }

  async function send_when_possible() {
    if (!pressed || is_asking) return;
    is_asking = true;
    is_up = await line_is_up();
    is_asking = false;
    // A person who has gone on writing is not done yet, and will press the button again.
    if (!pressed) return;
    warning.hidden = is_up;
    if (is_up) {
      // The browser sends the form itself, as without this script. The token in the form keeps it from being stored twice.
      form.requestSubmit(pressed);
      pressed = null;
      is_up = false;
    } else {
      warning.scrollIntoView({ block: "nearest" });
    }
  }

  form.addEventListener("submit", function (event) {
    keep();
    if (is_up) return;
    event.preventDefault();
    pressed = event.submitter || form.querySelector("[name=action][value=send]");
    send_when_possible();
  });
  form.addEventListener("input", function () {
    pressed = null;
    warning.hidden = true;
  });
  window.addEventListener("online", send_when_possible);
  setInterval(send_when_possible, 10000);
})();
