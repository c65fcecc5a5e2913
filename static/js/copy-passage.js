// Copies words that are selected in a text into the form for it. Without this script people copy and paste them.
// The ids of the fields begin with the data-into of the text, or with "id_".
(function () {
  "use strict";
  document.addEventListener("selectionchange", takeOver);
  takeOver();

  function takeOver() {
    const selection = document.getSelection();
    if (selection.isCollapsed || !selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    const words = wordsAround(range.startContainer);
    if (!words || words !== wordsAround(range.endContainer)) return;
    const text = words.closest("[data-wording]");
    const quote = fieldOf(text, "quote");
    if (!quote) return;
    const before = document.createRange();
    before.selectNodeContents(words);
    before.setEnd(range.startContainer, range.startOffset);
    const all = words.textContent;
    const from = before.toString().length;
    const [first, last] = wholeLetters(all, from, from + range.toString().length);
    // The server counts code points, a browser UTF-16 units. White space at both ends is left out.
    const selected = all.slice(first, last);
    const lead = selected.length - selected.trimStart().length;
    quote.value = selected.trim();
    fieldOf(text, "start").value = Array.from(all.slice(0, first)).length + lead;
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

  // A selection may cut a letter from its vowel sign. The server takes in the whole letter; here one sees it beforehand.
  function wholeLetters(text, first, last) {
    if (!window.Intl || !Intl.Segmenter) return [first, last];
    for (const { index, segment } of new Intl.Segmenter().segment(text)) {
      const end = index + segment.length;
      if (index < first && first < end) first = index;
      if (index < last && last < end) last = end;
    }
    return [first, last];
  }

  function wordsAround(node) {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    return element && element.closest("[data-wording] .words");
  }
})();
