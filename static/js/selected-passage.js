// For scripts that take over what is selected in a text: which words these are, never half a letter. Offsets are UTF-16
// units of the text, the end exclusive; the server counts code points.
window.passages = (function () {
  "use strict";
  const cuts = new WeakMap();

  // { words, from, to } of what is selected in the words of one wording; null if that is nothing.
  function selected() {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const words = words_around(range.startContainer);
    if (!words || words !== words_around(range.endContainer)) return null;
    const before = document.createRange();
    before.selectNodeContents(words);
    before.setEnd(range.startContainer, range.startOffset);
    const from = before.toString().length;
    return { words, from, to: from + range.toString().length };
  }

  function words_around(node) {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    return element && element.closest("[data-wording] .words");
  }

  // [[start, end], …] of the letters of some words, as their readers see them.
  function letters(words) {
    const whole = words.textContent;
    if (!cuts.has(words)) {
      const found = window.Intl && Intl.Segmenter
        ? Array.from(new Intl.Segmenter().segment(whole), ({ index, segment }) => [index, index + segment.length])
        : Array.from(whole.matchAll(/.\p{M}*/gsu), (each) => [each.index, each.index + each[0].length]);
      cuts.set(words, found);
    }
    return cuts.get(words);
  }

  // A selection may cut a letter from its vowel sign. The server takes in the whole letter; here one sees it beforehand.
  function whole_letters(words, from, to) {
    for (const [begin, end] of letters(words)) {
      if (begin < from && from < end) from = begin;
      if (begin < to && to < end) to = end;
    }
    return [from, to];
  }

  // Without white space at both ends.
  function trimmed(text, from, to) {
    const words = text.slice(from, to);
    const lead = words.length - words.trimStart().length;
    return [from + lead, from + lead + words.trim().length];
  }

  // What is put into the fields of a form: the words, and where they begin.
  function as_fields(text, from, to) {
    const [begin, end] = trimmed(text, from, to);
    const quote = text.slice(begin, end);
    return { quote, start: quote ? Array.from(text.slice(0, begin)).length : "" };
  }

  return { selected, letters, whole_letters, trimmed, as_fields };
})();
