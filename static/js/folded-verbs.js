// What is folded leads into its first field when somebody opens it, and a digit chooses from a numbered list. Without this
// script people do the same with the mouse, or with the Tab key and the arrows.
(function () {
  "use strict";
  for (const summary of document.querySelectorAll("details.verb > summary")) {
    summary.addEventListener("click", function () {
      const fold = summary.parentElement;
      const field = fold.querySelector("input:checked") || fold.querySelector("input, textarea");
      // It opens only after this.
      if (!fold.open) setTimeout(() => field.focus());
    });
  }

  // Only while the focus is in the list: whoever dictates text presses no keys elsewhere.
  for (const list of document.querySelectorAll("[data-numbered]")) {
    list.addEventListener("keydown", function (event) {
      const digit = /^(?:Digit|Numpad)([0-9])$/.exec(event.code);
      const choice = digit && list.querySelectorAll("input[type=radio]")[Number(digit[1])];
      if (!choice || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      choice.checked = true;
      choice.focus();
    });
  }
})();
