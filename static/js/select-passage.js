// Select words in a text, and the form below takes them over. Without this script they are copied and pasted.
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
    // The server counts code points, a browser counts UTF-16 units; and it leaves white space at the ends out.
    const selected = range.toString();
    const lead = selected.length - selected.trimStart().length;
    quote.value = selected.trim();
    start.value = Array.from(before.toString()).length + lead;
    wording.value = words.closest("[data-wording]").dataset.wording;
  }

  // Words typed or changed by hand stand wherever the server finds them.
  quote.addEventListener("input", function () {
    start.value = "";
  });

  function wordsAround(node) {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    return element && element.closest("[data-wording] .words");
  }
})();
