// Puts a button beside a link that people should keep. It copies the link to the clipboard.
(function () {
  "use strict";
  if (!navigator.clipboard) return;
  for (const field of document.querySelectorAll("[data-copy]:read-only")) {
    if (!field.matches("input, textarea")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = field.dataset.copy;
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    said.className = "hint";
    button.addEventListener("click", async function () {
      await navigator.clipboard.writeText(field.value);
      said.textContent = " " + field.dataset.copied;
    });
    field.after(button, said);
  }
})();
