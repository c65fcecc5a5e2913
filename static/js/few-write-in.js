// Says beside the choices of sharing, as soon as a language is chosen, that it can tell who writes. Without this script the
// page says so once the portal knows the language: after a mistake, in a draft, and on the author's own page.
(function () {
  "use strict";
  const place = document.getElementById("few-write-in");
  if (!place || !window.fetch) return;
  const form = place.closest("form");
  const ASKED = ["language", "sharing", "people"];

  // The form itself is asked for nothing: a question can have the name of any of its properties.
  document.addEventListener("change", function (event) {
    if (event.target.form !== form || !ASKED.includes(event.target.name)) return;
    const language = document.getElementById("language");
    if (!document.getElementById("sharing-unnamed").checked || document.getElementById("people").value !== "1") {
      place.textContent = "";
      return;
    }
    const asked = language.value;
    fetch(place.dataset.address + "&language=" + encodeURIComponent(asked)).then(async function (page) {
      const words = page.status === 200 ? await page.text() : "";
      // Meanwhile another language may have been chosen.
      if (language.value !== asked) return;
      place.textContent = "";
      if (!words) return;
      const notice = document.createElement("p");
      notice.className = "notice warning";
      notice.innerHTML = words;
      place.append(notice);
    }).catch(function () {
      // There is no connection. The hint at the choice says the same of all languages.
    });
  });
})();
