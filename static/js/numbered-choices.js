// In a list of numbered choices, a digit chooses. Without this script the arrows do.
(function () {
  "use strict";
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
