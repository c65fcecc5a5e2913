// Copies words that are selected in a text into the form for it. Without this script people copy and paste them.
// The ids of the fields begin with the data-into of the text, or with "id_". Needs `selected-passage.js`.
(function () {
  "use strict";
  const { selected, whole_letters, as_fields } = window.passages;
  document.addEventListener("selectionchange", takeOver);
  takeOver();

  function takeOver() {
    const found = selected();
    const text = found && found.words.closest("[data-wording]");
    const quote = text && fieldOf(text, "quote");
    if (!quote) return;
    const all = found.words.textContent;
    const copied = as_fields(all, ...whole_letters(found.words, found.from, found.to));
    quote.value = copied.quote;
    fieldOf(text, "start").value = copied.start;
    const wording = fieldOf(text, "wording");
    if (wording) wording.value = text.dataset.wording;
  }

  // For words that were typed or changed by hand, the server finds the place.
  document.querySelectorAll("[data-wording]").forEach(function (text) {
    const quote = fieldOf(text, "quote");
    if (!quote) return;
    quote.addEventListener("input", function () {
      fieldOf(text, "start").value = "";
    });
  });

  function fieldOf(text, name) {
    return document.getElementById((text.dataset.into || "id_") + name);
  }
})();
