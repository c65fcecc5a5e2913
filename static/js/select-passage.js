// Copies words that are selected in a text into the form below. Without this script people copy and paste them.
(function () {
  "use strict";
  const form = document.getElementById("mark");
  const quote = form.elements.quote;
  const start = form.elements.start;
  const wording = form.elements.wording;

  document.addEventListener("selectionchange", takeOver);
  takeOver();

  function takeOver() {
    const selection = document.getSelection();
    if (selection.isCollapsed || !selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    const words = wordsAround(range.startContainer);
    if (!words || words !== wordsAround(range.endContainer)) return;
    const before = document.createRange();
    before.selectNodeContents(words);
    before.setEnd(range.startContainer, range.startOffset);
    // The server counts code points, a browser UTF-16 units. White space at both ends is left out.
    const selected = range.toString();
    const lead = selected.length - selected.trimStart().length;
    quote.value = selected.trim();
    start.value = Array.from(before.toString()).length + lead;
    wording.value = words.closest("[data-wording]").dataset.wording;
  }

  // For words that were typed or changed by hand, the server finds the place.
  quote.addEventListener("input", function () {
    start.value = "";
  });

  function wordsAround(node) {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    return element && element.closest("[data-wording] .words");
  }
})();
