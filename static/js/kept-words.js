// Shows the words that this browser kept of a form that cannot be opened any more, so that nobody loses them to a clock.
//
// The form here posts them as the page with the form would have done, to be saved as a draft. The page works without this
// script: without it, the browser keeps no words.
(function () {
  "use strict";
  const place = document.getElementById("kept-words");
  const text = place.dataset;
  const { copies, forget, write, element, in_words } = kept_copies;

  function words_of(said, copy) {
    const quoted = said.map(([, value]) => element("blockquote",
      { className: "words", lang: copy.fields.get("language") || "", dir: "auto" }, element("p", {}, value)));
    return element("details", { className: "group" }, element("summary", {}, text.show), ...quoted);
  }

  function field(name, value) {
    // A text field of one line would lose the line ends.
    return element("textarea", { name, value, hidden: true });
  }

  // The token of a draft that is still to be made. The page of a draft has none.
  let token = text.submission;
  if (token && window.history.state === token) {
    // Somebody has gone back to a page whose token is used. Opened anew, it has another one.
    window.location.reload();
    return;
  }

  // Others may use this device too: nothing is shown before somebody asks for it, and never who has written it.
  function show(copy) {
    const fields = () => Array.from(copy.fields);
    const typed = (names) => fields().filter(([name, value]) => names.split(" ").includes(name) && value.trim());
    const said = typed(text.shown);
    // Words in any field are worth keeping: a draft has them all.
    if (!said.length && !typed(text.written).length) return;
    // Typed on the page of a draft, which only its secret link opens. Elsewhere they become a draft of their own, and
    // its page deletes them by its own name for them. One at a time: pressed twice, they are one draft.
    const is_new = Boolean(text.submission) && !copy.fields.has("submission");
    if (is_new) {
      if (!token) return;
      copy.fields.set("submission", token);
      token = "";
    }
    const saved_as = is_new ? text.copy : copy.id;
    const at = new Date(copy.at);
    const time = element("time", { dateTime: at.toISOString() }, in_words(at));
    const save = element("button", { name: "action", value: "save", className: "primary" }, text.save);
    const refuse = element("button", { type: "button", className: "quiet" }, text.delete);
    const form = element("form", { method: "post", action: text.address, enctype: "multipart/form-data" },
      element("p", {}, element("strong", {}, text.offer), " ", time),
      ...(said.length ? [words_of(said, copy)] : []),
      ...fields().map(([name, value]) => field(name, value)),
      element("p", { className: "actions" }, save, " ", refuse),
      field("complete", "yes"));
    const notice = element("section", { className: "notice warning" }, form);
    refuse.addEventListener("click", function () {
      forget(copy.id);
      forget(saved_as);
      notice.remove();
      if (is_new) token = text.submission;
      offer();
    });
    // The page of the draft deletes the copy once its words have arrived. The form itself is asked for nothing: a question
    // can have the name of any of its properties.
    notice.addEventListener("submit", function () {
      forget(copy.id);
      write({ ...copy, id: saved_as, pressed: "save" });
      if (is_new) window.history.replaceState(text.submission, "");
    });
    place.append(notice);
    offered.push(copy.id);
  }

  const offered = [];

  function offer() {
    for (const copy of copies()) {
      // Copies with a dash in their name are of other forms, which can be opened. The page of a draft is for its own words.
      const is_here = !copy.id.includes("-") && (text.submission || copy.id === text.copy);
      if (is_here && !offered.includes(copy.id)) show(copy);
    }
  }

  offer();
})();
