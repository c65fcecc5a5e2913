// Selects words in an answer, by mouse, touch, buttons or keys, and copies them into the form for a mark. What is
// selected is the selection of the browser itself. Without this script people copy words and paste them. Needs
// `selected-passage.js`.
(function () {
  "use strict";
  const { selected, letters, whole_letters, trimmed, as_fields } = window.passages;
  const form = document.getElementById("mark");
  const { quote, start, wording } = form.elements;
  const finish = document.getElementById("finish");
  // Nothing that works only with this script is on the page without it.
  for (const each of document.querySelectorAll("[data-markup]")) each.innerHTML = each.dataset.markup;
  const tools = document.querySelector(".selecting");
  const status = tools.querySelector("[role=status]");
  // The wording that is worked in, and the selected place: UTF-16 units of its text, the end exclusive.
  let area = null, first = 0, last = 0;
  const cut = new Map();

  const pasted = form.querySelector("details.passage");
  if (!pasted.querySelector(".errorlist")) pasted.open = false;
  document.addEventListener("selectionchange", takeOver);
  takeOver();
  // The browser itself moves the focus to what the address names, before that.
  window.addEventListener("load", come_back);

  window.passage = {
    area: () => area,
    isSelected: () => last > first,
    say,
    commands: {
      sentence: () => select(...next_sentence()),
      more: () => (last > first ? select(first, end_of_sentence()) : select(...next_sentence())),
      all: () => select(...trimmed(text(), 0, text().length)),
      none: () => { document.getSelection().removeAllRanges(); put(last, last); },
      longer: () => select(first, step(last, 1)),
      shorter: () => select(first, Math.max(step(last, -1), step(first, 1))),
      later: () => select(Math.min(step(first, 1), step(last, -1)), last),
      earlier: () => select(step(first, -1), last),
    },
  };

  for (const button of tools.querySelectorAll("[data-select]")) {
    // The button must not take the selection away.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => window.passage.commands[button.dataset.select]());
  }
  for (const section of document.querySelectorAll("[data-wording]")) {
    section.addEventListener("focus", () => enter(section));
  }
  for (const each of document.querySelectorAll("form")) each.addEventListener("submit", remember);

  function takeOver() {
    const found = selected();
    if (!found) return;
    enter(found.words.closest("[data-wording]"));
    // What was selected here is taken over already.
    if (found.from !== first || found.to !== last) put(...whole_letters(found.words, found.from, found.to));
  }

  // For words that were typed or changed by hand, the server finds the place.
  quote.addEventListener("input", function () {
    start.value = "";
  });

  function enter(section) {
    if (area === section) return;
    area = section;
    first = last = 0;
    if (finish) finish.elements.read_in.value = section.dataset.readIn;
  }

  function text() {
    if (!area) enter(document.querySelector("[data-wording]"));
    return area.querySelector(".words").textContent;
  }

  // Fills in the form, and says what is selected.
  function put(from, to) {
    first = from;
    last = to;
    const copied = as_fields(text(), from, to);
    quote.value = copied.quote;
    start.value = copied.start;
    wording.value = area.dataset.wording;
    const words = area.querySelector(".words");
    const said = document.createElement("bdi");
    said.lang = words.lang;
    said.dir = words.dir;
    said.textContent = copied.quote;
    status.textContent = copied.quote ? status.dataset.some + " " : status.dataset.none;
    if (copied.quote) status.append(said);
  }

  function say(what) {
    status.textContent = status.dataset[what];
  }

  // Selects in the page itself, where the browser shows it; `takeOver` learns of it.
  function select(from, to) {
    text();
    if (to <= from) return;
    const range = document.createRange();
    range.setStart(...place(from, false));
    range.setEnd(...place(to, true));
    const selection = document.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    put(from, to);
    range.endContainer.parentElement.scrollIntoView({ block: "nearest" });
  }

  // The text node and the offset in it of a place in the text.
  function place(at, isEnd) {
    const walker = document.createTreeWalker(area.querySelector(".words"), NodeFilter.SHOW_TEXT);
    let node = null;
    while (walker.nextNode()) {
      node = walker.currentNode;
      if (at < node.length || (isEnd && at === node.length)) return [node, at];
      at -= node.length;
    }
    return [node, node.length];
  }

  // [[start, end], …] of the sentences of the text.
  function sentences() {
    const words = area.querySelector(".words"), key = area.dataset.wording;
    if (cut.has(key)) return cut.get(key);
    const whole = words.textContent;
    let found;
    if (window.Intl && Intl.Segmenter) {
      const pieces = new Intl.Segmenter(words.lang || undefined, { granularity: "sentence" }).segment(whole);
      found = Array.from(pieces, ({ index, segment }) => [index, index + segment.length]);
    } else {
      const piece = /[^.!?…。！？؟۔।॥።\n]+[.!?…。！？؟۔।॥።]*\s*|\s+|./gsu;
      found = Array.from(whole.matchAll(piece), (each) => [each.index, each.index + each[0].length]);
    }
    found = found.map((each) => trimmed(whole, ...each)).filter(([from, to]) => to > from);
    cut.set(key, found);
    return found;
  }

  // The first sentence that begins behind what is selected; behind the last one the first.
  function next_sentence() {
    text();
    return sentences().find((each) => each[0] >= last) || sentences()[0];
  }

  function end_of_sentence() {
    return (sentences().find((each) => each[1] > last) || [0, last])[1];
  }

  // The edge of a letter that is one letter on (1) or back (-1).
  function step(at, by) {
    text();
    const all = letters(area.querySelector(".words"));
    if (by > 0) return (all.find((each) => each[1] > at) || [0, at])[1];
    for (let n = all.length - 1; n >= 0; n -= 1) if (all[n][0] < at) return all[n][0];
    return 0;
  }

  // --- Back at the same place after a mark was stored ---

  function remember() {
    const at = { page: location.pathname, wording: area && area.dataset.wording, last, y: window.scrollY };
    sessionStorage.setItem("coding", JSON.stringify(at));
  }

  function come_back() {
    const at = JSON.parse(sessionStorage.getItem("coding") || "{}");
    sessionStorage.removeItem("coding");
    const is_same = at.page === location.pathname;
    const sections = Array.from(document.querySelectorAll("[data-wording]"));
    const section = (is_same && sections.find((each) => each.dataset.wording === at.wording)) || sections[0];
    if (document.getElementById("errors") || section.closest("details:not([open])")) return;
    if (location.hash !== "#words") return;
    section.focus({ preventScroll: true });
    first = last = is_same ? at.last : 0;
    window.scrollTo(0, is_same ? at.y : 0);
  }
})();
