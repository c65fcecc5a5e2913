// Shows the one-line fields as they were when somebody goes back to this page. The page works without this script.
//
// The browser does so by itself only for fields that it may also remember for other people, and it may not remember these.
// What is typed in them is kept with the page's place in the history of this tab, and goes when that goes.
(function () {
  "use strict";
  const form = document.getElementById("respond");
  const no_copy = document.getElementById("no-copy");
  const fields = Array.from(form.querySelectorAll("input[name][autocomplete=off]:not([tabindex])"));
  const typed = (history.state && history.state.typed) || {};

  for (const field of fields) {
    if (field.name in typed && field.value === field.defaultValue) field.value = typed[field.name];
  }
  function keep() {
    const now = no_copy.checked ? {} : Object.fromEntries(fields.map((field) => [field.name, field.value]));
    history.replaceState({ typed: now }, "");
  }
  form.addEventListener("change", keep);
  form.addEventListener("submit", keep);
})();
