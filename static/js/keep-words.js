// Keeps what is typed into a form through a crash, a reload or a lost connection. The page works without this script.
//
// A copy of the form stays in this browser for a day at most. It is written a moment after each change. When the page is
// loaded again, its words are put back; when it is opened anew, they are offered. The copy is deleted when the words are
// sent or saved, or when the person wants no copy on this device.

// The copies, for this script and for `kept-words.js`, which shows them where their form cannot be opened any more. A page
// of that kind loads this file first: a file of their own would be one more that can fail to arrive with the form.
const kept_copies = (function () {
  "use strict";
  const PREFIX = "words:";
  const DAY = 24 * 60 * 60 * 1000;
  let store = null;
  try {
    store = window.localStorage;
    store.getItem(PREFIX);
  } catch {
    store = null;
  }

  function copies() {
    const found = [];
    for (const key of store ? Object.keys(store) : []) {
      if (!key.startsWith(PREFIX)) continue;
      try {
        const copy = JSON.parse(store.getItem(key));
        copy.fields = new Map(Object.entries(copy.fields));
        if (Date.now() - copy.at < DAY) found.push({ id: key.slice(PREFIX.length), ...copy });
        else store.removeItem(key);
      } catch {
        store.removeItem(key);
      }
    }
    return found.sort((one, other) => other.at - one.at);
  }

  function forget(id) {
    if (store) store.removeItem(PREFIX + id);
  }

  function write(copy) {
    const { id, ...rest } = copy;
    rest.fields = Object.fromEntries(copy.fields);
    try {
      if (store) store.setItem(PREFIX + id, JSON.stringify(rest));
    } catch {
      // The browser's storage is full. The words are still on the page.
    }
  }

  function element(name, properties, ...inside) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...inside);
    return made;
  }

  function in_words(moment) {
    try {
      return moment.toLocaleString(document.documentElement.lang);
    } catch {
      // To this browser the code of the page's language, such as "map-bms", is none.
      return moment.toLocaleString();
    }
  }

  return { store, copies, forget, write, element, in_words };
})();

(function () {
  "use strict";
  const place = document.getElementById("keep-words");
  if (!place) return;
  const { store, copies, forget, write, element, in_words } = kept_copies;
  const form = place.closest("form");
  // What is said here, in the language of the page.
  const text = place.dataset;
  const REFUSED = "no copy of words";
  // What a person does not type: which form this is, and what they saw when they opened it. It goes with the words.
  const SAW = ["submission", "seen", "source_text"];
  // Where it was typed. A page that takes the words of another one says itself where they go. `late` is the key of a link by
  // which late sheets are sent: this browser's history has it as well.
  const WHERE = ["conversation", "late", "gathering"];

  // A question can have any name, also one that means something else to a form, a list or a plain object ("elements",
  // "4", "constructor"). So the form is asked for nothing, and what is typed is kept in maps.
  function all(selector) {
    return Array.from(document.querySelectorAll(selector)).filter((each) => each.closest("form") === form);
  }
  const fields = () => all("input, select, textarea");
  const field_named = (name) => fields().find((field) => field.name === name);

  function listen(kind, hear, capture = false) {
    const is_here = ({ target }) => target === form || target.form === form;
    document.addEventListener(kind, (event) => is_here(event) && hear(event), capture);
  }

  // These fields are not copied. The first one tells the browser which page this is. Agreeing is done anew each time.
  const LEFT_OUT = [fields()[0].name, "agree", "website", "complete", "opened", "asked", "csrfmiddlewaretoken"];

  // --- The copy ------------------------------------------------------------------------------------------------

  // A map from names to values as they are now, or as they were in the page itself.
  function typed({ in_page = false } = {}) {
    const found = new Map();
    for (const field of fields()) {
      if (!field.name || LEFT_OUT.includes(field.name)) continue;
      if (field.type === "radio" || field.type === "checkbox") {
        const others = found.has(field.name) ? `${found.get(field.name)} ` : "";
        // Of boxes with one name, all that are ticked count.
        if (in_page ? field.defaultChecked : field.checked) found.set(field.name, others + field.value);
      } else if (in_page && field.options) {
        const chosen = Array.from(field.options).find((option) => option.defaultSelected) || field.options[0];
        found.set(field.name, chosen ? chosen.value : "");
      } else {
        found.set(field.name, in_page ? field.defaultValue : field.value);
      }
    }
    return found;
  }

  // What a person typed, as a text to compare.
  function words(from) {
    const names = Array.from(from.keys()).filter((name) => !SAW.includes(name) && !WHERE.includes(name)).sort();
    return JSON.stringify(names.map((name) => [name, from.get(name)]));
  }

  // Choices alone are no words.
  function is_written() {
    return fields().some((field) => field.name && !LEFT_OUT.includes(field.name) && !field.hidden
      && ["textarea", "text", "date", "email"].includes(field.type) && !["", "1"].includes(field.value));
  }

  // Enough to recognise words by, and not to read them.
  function digest(text) {
    let sum = 0;
    for (let at = 0; at < text.length; at += 1) sum = (Math.imul(sum, 31) + text.charCodeAt(at)) | 0;
    return sum;
  }

  const own = () => copies().find((copy) => copy.id === place.dataset.copy);
  const choice = element("input", { type: "checkbox", id: "no-copy", autocomplete: "off" });
  choice.checked = Boolean(store && store.getItem(REFUSED) !== null);
  // What the page came with. If the portal gave words back that are not stored, all of them are worth a copy.
  const stored = "unsaved" in place.dataset ? null : words(typed({ in_page: true }));
  let last = stored;

  function keep() {
    const here = typed();
    const now = words(here);
    if (now === last || digest(now) === before.sent || choice.checked) return;
    last = now;
    if (now === stored || !is_written()) {
      forget(place.dataset.copy);
      return;
    }
    const language = field_named("language");
    write({
      id: place.dataset.copy,
      at: Date.now(),
      fields: here,
      language: language && language.options[language.selectedIndex].text,
      gathering: (document.querySelector("#gathering bdi") || {}).textContent,
    });
    // The same words need one copy, so that none is left when they are sent.
    for (const copy of copies()) {
      if (copy.id !== place.dataset.copy && fits(copy) && words(copy.fields) === now) forget(copy.id);
    }
  }

  // Whether the words of a copy can be sent from here. What was typed about something that is stored belongs to its own
  // page. The words of a new response, or of a new gathering, can be sent from any page for one.
  function fits(copy) {
    const kind = (id) => (id.includes("-") ? id.split("-")[0] : "response");
    return copy.id === place.dataset.copy
      || Boolean(field_named("submission") && kind(copy.id) === kind(place.dataset.copy));
  }

  // --- The same page once more ---------------------------------------------------------------------------------
  //
  // The history of the browser remembers which form a page was, and what was seen in it. So a page that is fetched anew
  // by a reload or by going back is the same form: the portal knows whether it was sent, and what has changed since.

  let before = {};
  // A browser fills in again only the one-line fields that it may also remember for other people, and it may not
  // remember these. They go with the page's place in the history of this tab.
  const lines = all("input[name][autocomplete=off]:not([tabindex])");

  function remember() {
    const saw = {};
    for (const field of fields()) if (SAW.includes(field.name)) saw[field.name] = field.value;
    before.copy = place.dataset.copy;
    before.saw = saw;
    before.lines = {};
    if (!choice.checked) for (const field of lines) before.lines[field.name] = field.value;
    try {
      window.history.replaceState({ words: before }, "");
    } catch {
      // It is a page from a file, or has no room left.
    }
  }

  function is_shown_again() {
    const [arrival] = window.performance.getEntriesByType ? window.performance.getEntriesByType("navigation") : [];
    return arrival ? arrival.type === "reload" || arrival.type === "back_forward" : window.performance.navigation.type > 0;
  }

  function put_back(copy) {
    const is_same = copy.id === place.dataset.copy || copy.fields.has("submission");
    for (const [name, value] of copy.fields) {
      if (WHERE.includes(name) || (SAW.includes(name) && !is_same)) continue;
      // A question that is not asked here. Its words go along: the portal shows them, and asks where they belong.
      const field = field_named(name) || element("textarea", { name, hidden: true });
      if (!field.form) place.before(field);
      if (name === "language" && !Array.from(field.options).some((option) => option.value === value)) {
        field.add(new Option(copy.language, value));
      }
      if (field.type !== "checkbox" && field.type !== "radio") field.value = value;
    }
    for (const box of all("input[type=checkbox][name], input[type=radio]")) {
      const is_chosen = (copy.fields.get(box.name) || "").split(" ").includes(box.value);
      if (!LEFT_OUT.includes(box.name) && (is_chosen || box.type === "checkbox")) box.checked = is_chosen;
    }
    if (field_named("gathering")) at_gathering(copy);
    // What has words in it is open.
    for (const group of all("details.group")) {
      const names = Array.from(group.querySelectorAll("input"), (field) => field.name);
      if (names.some((name) => !["", "1"].includes(copy.fields.get(name) || ""))) group.open = true;
    }
    if (is_same) {
      place.dataset.copy = copy.id;
      not_yet();
      last = words(typed());
    } else {
      // They go on as words of this page.
      forget(copy.id);
      keep();
    }
    tell_language();
    remember();
  }

  // What follows the chosen language does not notice that it was filled in.
  function tell_language() {
    const language = field_named("language");
    if (language) language.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // Words belong to the gathering that they were typed at, or to none. A gathering belongs to one conversation.
  function at_gathering(copy) {
    const shown = document.getElementById("gathering");
    const field = field_named("gathering");
    const code = copy.fields.get("gathering") || "";
    // What is typed in by a link for late sheets belongs to the gathering of that link.
    if (field_named("late") || code === field.value) return;
    const is_elsewhere = code && copy.fields.get("conversation") !== field_named("conversation").value;
    field.value = is_elsewhere ? "" : code;
    shown.textContent = is_elsewhere ? text.elsewhere : "";
    shown.className = is_elsewhere ? "notice warning" : code && "notice";
    if (field.value) shown.append(text.gathering + " ", element("bdi", { textContent: copy.gathering || code }));
  }

  const is_again = is_shown_again();
  if (is_again && window.history.state && window.history.state.words) {
    before = window.history.state.words;
    for (const field of lines) {
      if (field.value === field.defaultValue && (before.lines || {})[field.name]) field.value = before.lines[field.name];
    }
    const submission = field_named("submission");
    if (submission && before.saw.submission) {
      submission.value = before.saw.submission;
      place.dataset.copy = before.copy;
    }
  }
  if (place.dataset.sent) forget(place.dataset.sent);

  const kept = own();
  if (kept && words(kept.fields) === stored) forget(kept.id);
  else if (kept && before.copy === kept.id && words(kept.fields) !== words(typed())) put_back(kept);
  else if (stored === null) keep();
  remember();

  // After a crash a browser fills in what it remembers itself, when the page has been there for a while. Its words may be
  // older than the copy, and it ticks boxes.
  let is_used = false;
  for (const deed of ["keydown", "mousedown", "pointerdown", "touchstart", "beforeinput", "paste", "drop"]) {
    document.addEventListener(deed, () => { is_used = true; }, true);
  }

  function filled_in_by_browser(event) {
    if (is_used || !is_again || !event.isTrusted) return false;
    const copy = own();
    if (copy) {
      put_back(copy);
    } else {
      for (const [name, value] of Object.entries(before.saw || {})) field_named(name).value = value;
    }
    const agree = field_named("agree");
    if (agree) agree.checked = false;
    return true;
  }

  // --- What the page says about it -----------------------------------------------------------------------------

  const first = all("textarea:not([hidden]), .field input:not([type=search])")[0];
  const time = document.createElement("time");
  const said = element("p", { id: "copy-offer-label" }, text.offer + " ", time);
  const take = element("button", { type: "button", value: "take" }, text.take);
  const refuse = element("button", { type: "button", value: "delete", className: "quiet" }, text.delete);
  const offer = element("div", { id: "copy-offer", className: "notice", hidden: true }, said,
    element("p", { className: "actions" }, take, " ", refuse));
  offer.setAttribute("role", "group");
  offer.setAttribute("aria-labelledby", said.id);
  let offered = null;

  function offer_a_copy() {
    const here = words(typed());
    offered = choice.checked ? undefined : copies().find((copy) => fits(copy) && words(copy.fields) !== here);
    offer.hidden = !offered;
    if (!offered) return;
    time.dateTime = new Date(offered.at).toISOString();
    time.textContent = in_words(new Date(offered.at));
  }

  if (store) {
    choice.setAttribute("aria-describedby", "no-copy-hint");
    const label = element("label", { htmlFor: "no-copy" }, text.refuse);
    const hint = element("p", { id: "no-copy-hint", className: "hint" }, text.hint);
    first.closest(".field").before(
      element("div", { id: "copy-choice", className: "choice" }, choice, element("div", {}, label, hint)));
    place.append(offer);
    choice.addEventListener("change", function () {
      if (choice.checked) {
        store.setItem(REFUSED, "yes");
        copies().forEach((copy) => forget(copy.id));
      } else {
        store.removeItem(REFUSED);
        last = stored;
        keep();
      }
      offer_a_copy();
    });
    take.addEventListener("click", function () {
      // What has been typed here meanwhile is kept, and offered in its turn.
      keep();
      put_back(offered);
      offer_a_copy();
      first.focus();
    });
    refuse.addEventListener("click", function () {
      forget(offered.id);
      offer_a_copy();
      first.focus();
    });
    offer_a_copy();
  }

  listen("input", function (event) {
    if (event.target !== choice && !filled_in_by_browser(event)) setTimeout(keep, 1000);
  });
  listen("change", keep);
  // Not what this script says itself: while a person is already going back, that would stop them.
  listen("change", (event) => event.isTrusted && remember());
  // A phone may end a page without telling it. These are the last events that it gets.
  document.addEventListener("visibilitychange", keep);
  window.addEventListener("pagehide", keep);

  // --- Sending -------------------------------------------------------------------------------------------------

  // The next page deletes the copy of words that were sent from here.
  let button = null;
  document.addEventListener("click", function (event) {
    const clicked = event.target.closest("button");
    if (clicked && clicked.form === form) button = clicked;
  });
  listen("submit", function (event) {
    const { value } = event.submitter || button || {};
    if (!["send", "save", "send_next"].includes(value)) return;
    keep();
    // While the line is down, nothing leaves: a page that is opened later must not take the words for sent.
    if (event.defaultPrevented) return;
    const copy = own();
    if (copy) write({ ...copy, pressed: value });
    before.sent = digest(words(typed()));
    remember();
  });
  // Whoever comes back to the page finds it as it was. If its copy is still there, nobody has stored the words.
  function not_yet() {
    const copy = own();
    if (copy && copy.pressed) write({ ...copy, pressed: undefined });
  }
  window.addEventListener("pageshow", function () {
    not_yet();
    if (is_again) tell_language();
  });

  // A browser that does not say which button was pressed sends the form itself, as without this script.
  const request_submit = HTMLFormElement.prototype.requestSubmit;
  if (!request_submit || !window.fetch || !window.AbortController) return;

  const warning = element("div", { id: "line-down", className: "notice warning", hidden: true }, element("p", {}, text.line));
  warning.setAttribute("role", "alert");
  all("p.actions").pop().before(warning);
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
      request_submit.call(form, pressed);
      pressed = null;
      is_up = false;
    } else {
      warning.scrollIntoView({ block: "nearest" });
    }
  }

  // This is heard before the listener above, which takes the form for sent unless it is stopped here.
  listen("submit", function (event) {
    if (is_up || !event.submitter) return;
    event.preventDefault();
    pressed = event.submitter;
    send_when_possible();
  }, true);
  listen("input", function () {
    pressed = null;
    warning.hidden = true;
  });
  window.addEventListener("online", send_when_possible);
  setInterval(send_when_possible, 10000);
})();
