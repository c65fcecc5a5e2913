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
    const text = words.textContent;
    const from = before.toString().length;
    const [first, last] = wholeLetters(text, from, from + range.toString().length);
    // The server counts code points, a browser UTF-16 units. White space at both ends is left out.
    const selected = text.slice(first, last);
    const lead = selected.length - selected.trimStart().length;
    quote.value = selected.trim();
    start.value = Array.from(text.slice(0, first)).length + lead;
    wording.value = words.closest("[data-wording]").dataset.wording;
  }

  // For words that were typed or changed by hand, the server finds the place.
  quote.addEventListener("input", function () {
    start.value = "";
  });

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
