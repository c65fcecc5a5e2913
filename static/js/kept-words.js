// Shows the words that this browser kept of a form that cannot be opened any more, so that nobody loses them to a clock.
//
// The form here posts them as the page with the form would have done, to be saved as a draft. The page works without this
// script: without it, the browser keeps no words.
(function () {
  "use strict";
  const place = document.getElementById("kept-words");
  const text = place.dataset;
  const PREFIX = "words:";
  const DAY = 24 * 60 * 60 * 1000;

  function element(name, properties, ...inside) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...inside);
    return made;
  }

  function words_of(said, copy) {
    const quoted = said.map(([, value]) => element("blockquote",
      { className: "words", lang: copy.fields.language || "", dir: "auto" }, element("p", {}, value)));
    return element("details", { className: "group" }, element("summary", {}, text.show), ...quoted);
  }

  function field(name, value) {
    // A text field of one line would lose the line ends.
    return element("textarea", { name, value, hidden: true });
  }

  function in_words(moment) {
    try {
      return moment.toLocaleString(document.documentElement.lang);
    } catch {
      // To this browser the code of the page's language, such as "map-bms", is none.
      return moment.toLocaleString();
    }
  }

  // The token of a draft that is still to be made. The page of a draft has none.
  let token = text.submission;
  if (token && window.history.state === token) {
    // Somebody has gone back to a page whose token is used. Opened anew, it has another one.
    window.location.reload();
    return;
  }

  // Others may use this device too: nothing is shown before somebody asks for it, and never who has written it.
  function show(id, copy) {
    const typed = (names) => Object.entries(copy.fields).filter(
      ([name, value]) => names.split(" ").includes(name) && value.trim());
    const said = typed(text.shown);
    // Words in any field are worth keeping: a draft has them all.
    if (!said.length && !typed(text.written).length) return;
    // Typed on the page of a draft, which only its secret link opens. Elsewhere they become a draft of their own, and
    // its page deletes them by its own name for them. One at a time: pressed twice, they are one draft.
    const is_new = Boolean(text.submission) && !copy.fields.submission;
    if (is_new) {
      if (!token) return;
      copy.fields.submission = token;
      token = "";
    }
    const saved_as = is_new ? text.copy : id;
    const at = new Date(copy.at);
    const time = element("time", { dateTime: at.toISOString() }, in_words(at));
    const save = element("button", { name: "action", value: "save", className: "primary" }, text.save);
    const refuse = element("button", { type: "button", className: "quiet" }, text.delete);
    const form = element("form", { method: "post", action: text.address, enctype: "multipart/form-data" },
      element("p", {}, element("strong", {}, text.offer), " ", time),
      ...(said.length ? [words_of(said, copy)] : []),
      ...Object.entries(copy.fields).map(([name, value]) => field(name, value)),
      element("p", { className: "actions" }, save, " ", refuse),
      field("complete", "yes"));
    const notice = element("section", { className: "notice warning" }, form);
    refuse.addEventListener("click", function () {
      for (const name of [id, saved_as]) localStorage.removeItem(PREFIX + name);
      notice.remove();
    });
    // The page of the draft deletes the copy once its words have arrived. The form itself is asked for nothing: a question
    // can have the name of any of its properties.
    notice.addEventListener("submit", function () {
      localStorage.setItem(PREFIX + saved_as, JSON.stringify(Object.assign(copy, { pressed: "save" })));
      if (!is_new) return;
      localStorage.removeItem(PREFIX + id);
      window.history.replaceState(text.submission, "");
    });
    place.append(notice);
  }

  function keys() {
    try {
      return Object.keys(localStorage);
    } catch {
      // A browser without storage has no copy.
      return [];
    }
  }

  for (const key of keys()) {
    // Copies with a dash in their name are of other forms, which can be opened.
    if (!key.startsWith(PREFIX) || key.includes("-")) continue;
    // The page of a draft is for the words of that one.
    if (!text.submission && key !== PREFIX + text.copy) continue;
    try {
      const copy = JSON.parse(localStorage.getItem(key));
      if (Date.now() - copy.at < DAY) show(key.slice(PREFIX.length), copy);
    } catch {
      // One that is damaged hides no other.
    }
  }
})();
