// The codebook beside an answer: it is searched by typing, and keys mark the selected words. Each key presses a button
// or a link of the page, which does the same without this script.
(function () {
  "use strict";
  const form = document.getElementById("mark");
  const search = document.getElementById("search-codebook");
  const found = search.parentElement.querySelector("[role=status]");
  const switched = document.getElementById("use-keys");
  const passage = window.passage;
  const entries = Array.from(form.querySelectorAll(".claims .claim"));
  const sought_in = entries.map((each) => fold(each.querySelector("label").textContent + " " + each.querySelector(".meaning").textContent));

  window.switchKeys(switched);

  // --- Searching and choosing ---

  search.addEventListener("input", function () {
    const words = fold(search.value).split(" ").filter(Boolean);
    entries.forEach(function (entry, n) {
      entry.hidden = !words.every((word) => sought_in[n].includes(word));
    });
    const shown = entries.filter((each) => !each.hidden);
    found.textContent = words.length ? search.dataset.found.replace("%(number)s", shown.length) : "";
    if (words.length && shown.length && !shown.some((each) => radio(each).checked)) radio(shown[0]).checked = true;
  });
  search.addEventListener("keydown", function (event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      (passage.area() || document.querySelector("[data-wording]")).focus();
    }
  });

  function radio(entry) {
    return entry.querySelector("[type=radio]");
  }

  function chosen() {
    return form.querySelector("[name=claim]:checked");
  }

  function choose(by) {
    const shown = entries.filter((each) => !each.hidden);
    if (!shown.length) return;
    const at = shown.findIndex((each) => radio(each).checked);
    const next = shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : (at + by + shown.length) % shown.length];
    radio(next).checked = true;
    next.scrollIntoView({ block: "nearest" });
    found.textContent = next.querySelector("label").textContent;
  }

  // Enter in the field for a title would say nothing of what the words say.
  form.elements.new_title.addEventListener("keydown", function (event) {
    if (event.key === "Enter") event.preventDefault();
  });

  // --- Keys, while the focus is in the answer ---

  const SELECT = { s: "sentence", a: "all", Escape: "none", "]": "longer", "[": "shorter", "}": "later", "{": "earlier" };

  document.addEventListener("keydown", function (event) {
    const area = event.target.closest && event.target.closest("[data-wording]");
    const bracket = ["[", "]", "{", "}"].includes(name_of(event));
    if (!area || event.target !== area || !switched.checked || event.metaKey) return;
    // Many keyboards have brackets on a third level.
    if (!bracket && (event.ctrlKey || event.altKey)) return;
    if (press(event, area)) event.preventDefault();
  });

  function press(event, area) {
    const key = name_of(event);
    if (key === "s") return run(event.shiftKey ? "more" : "sentence");
    if (SELECT[key]) return run(SELECT[key]);
    if (event.shiftKey && (key === "ArrowLeft" || key === "ArrowRight")) {
      const is_rtl = getComputedStyle(area.querySelector(".words")).direction === "rtl";
      return run((key === "ArrowRight") !== is_rtl ? "longer" : "shorter");
    }
    if (key === "/") return search.focus() || true;
    if (["1", "2", "3"].includes(key)) return mark(key);
    if (key === "0") return go_on(key);
    if (event.shiftKey) return false;
    if (key === "ArrowDown" || key === "ArrowUp") return choose(key === "ArrowDown" ? 1 : -1) || true;
    if (key === "r") return again();
    if (["n", "k"].includes(key)) return go_on(key);
    return false;
  }

  // By what it writes. Where that is a letter or digit of another script, or a sign above a digit, by its place.
  function name_of(event) {
    if (event.key.length > 1) return event.key;
    if (/[a-z0-9[\]{}/]/i.test(event.key)) return event.key.toLowerCase();
    const digit = /^Digit(\d)$/.exec(event.code);
    if (digit) return event.shiftKey ? "" : digit[1];
    if (event.key.charCodeAt(0) < 128) return event.key;
    const at = { BracketLeft: "[{", BracketRight: "]}", Slash: "//" }[event.code];
    return at ? at[event.shiftKey ? 1 : 0] : event.code.replace(/^(Key|Numpad)/, "").toLowerCase();
  }

  function run(command) {
    passage.commands[command]();
    return true;
  }

  function mark(key) {
    if (!passage.isSelected()) return passage.say("first") || true;
    const claim = chosen();
    if (!claim) return passage.say("claim") || true;
    const within = claim.closest(".claims .claim, .new");
    within.querySelector(`[data-key="${key}"]`).click();
    return true;
  }

  function again() {
    const button = form.querySelector("[data-key=r]");
    if (!button) return false;
    if (passage.isSelected()) button.click();
    else passage.say("first");
    return true;
  }

  function go_on(key) {
    const control = document.querySelector(`[data-key="${key}"]`);
    if (key === "n" && control.hasAttribute("data-needs-marks")) passage.say("unmarked");
    else control.click();
    return true;
  }

  // Letters as people type them: without capitals, accents and vowel points.
  function fold(text) {
    return text
      .normalize("NFKD")
      .replace(/[\u0300-\u036f\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200b-\u200f]/g, "")
      .toLowerCase()
      .replace(/\s+/g, " ")
      .trim();
  }
})();
