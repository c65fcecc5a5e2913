// One key for each button that has one. They work while no field has the focus, and can be switched off.
(function () {
  "use strict";
  const verbs = document.querySelector("[data-keys]");
  if (!verbs) return;
  const toggle = document.createElement("input");
  toggle.type = "checkbox";
  toggle.id = "desk-keys";
  window.switchKeys(toggle);
  const label = document.createElement("label");
  label.className = "desk-keys";
  label.append(toggle, " " + verbs.dataset.keys);
  verbs.after(label);

  document.addEventListener("keydown", function (event) {
    if (!toggle.checked || event.defaultPrevented || event.repeat) return;
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || isTyping(event.target)) return;
    for (const button of document.querySelectorAll("[data-key]")) {
      if (!isKey(event, button.dataset.key)) continue;
      event.preventDefault();
      // Not by following the link: on its way Firefox takes the focus off whatever has it.
      if (button.hash) focusFirstField(button.hash);
      else button.click();
      return;
    }
  });

  // In any field: whoever is about to choose something, or speaks to the computer, decides nothing by a letter.
  function isTyping(element) {
    return element.isContentEditable || element.matches("textarea, select, input");
  }

  // On a keyboard with letters of another script, by the place of the key.
  function isKey(event, key) {
    const isLatin = /^[a-z]$/i.test(event.key);
    return isLatin ? event.key.toLowerCase() === key : event.code === "Key" + key.toUpperCase();
  }

  function focusFirstField(hash) {
    const section = document.querySelector(hash);
    const field = section && section.querySelector("textarea, select, input:not([type=hidden]), button");
    if (!field) return;
    section.scrollIntoView();
    field.focus({ preventScroll: true });
  }
})();
