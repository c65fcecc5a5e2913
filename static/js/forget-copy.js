// Deletes this browser's copy of words that are stored now. Words that were typed and not sent yet stay.
(function () {
  "use strict";
  const here = document.currentScript.dataset;
  const PREFIX = "words:";

  function forget(id, is_stored) {
    try {
      const copy = JSON.parse(localStorage.getItem(PREFIX + id));
      if (copy && is_stored(copy)) localStorage.removeItem(PREFIX + id);
    } catch {
      // A browser without storage has no copy.
    }
  }

  // What is stored has changed since this page's words were typed, so they have arrived.
  const has_arrived = (copy) => copy.pressed && copy.fields.seen !== here.seen;
  // A response that was sent, and one that was changed.
  if (here.sent) forget(here.sent, (copy) => ["send", "send_next"].includes(copy.pressed));
  if (here.changed) forget(here.changed, has_arrived);
  if (here.saved) forget(here.saved, (copy) => copy.pressed === "save" && has_arrived(copy));
  // The page has no form for a reply any more, so the one that was sent has arrived.
  if (here.replied) forget(here.replied, (copy) => copy.pressed);
  // Withdrawn or deleted: no word of it is wanted any more.
  for (const id of (here.gone || "").split(" ")) forget(id, () => true);
  for (const said of document.querySelectorAll("[data-stored]")) forget(said.dataset.stored, () => true);
  const deletion = document.querySelector("form[data-deletes]");
  if (deletion) deletion.addEventListener("submit", () => forget(deletion.dataset.deletes, () => true));
})();
