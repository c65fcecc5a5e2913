// A search field above a list of languages: type a part of a name or code, and the list shows what has it.
// Without this script the list is a plain <select>, with the browser's own type-ahead.
(function () {
  "use strict";
  for (const field of document.querySelectorAll("[data-search-languages]")) {
    const select = field.querySelector("select");
    const options = Array.from(select.options);
    const sought_in = new Map(options.map((option) => [option, fold(option.text + " " + option.value)]));
    const search = document.createElement("input");
    search.type = "search";
    search.autocomplete = "off";
    search.dir = "auto";
    search.setAttribute("aria-label", field.dataset.searchLabel);
    search.setAttribute("aria-controls", select.id);
    search.placeholder = field.dataset.searchLabel;
    const none = document.createElement("p");
    none.className = "hint";
    none.setAttribute("role", "status");
    select.before(search);
    select.after(none);

    search.addEventListener("input", function () {
      const sought = fold(search.value);
      const chosen = select.value;
      const found = sought ? options.filter((option) => sought_in.get(option).includes(sought)) : options;
      // An exact code or name comes first: "sw" means Kiswahili, not the first word with these letters.
      const best = found.find((option) => option.value === sought || fold(option.text).split(" (")[0] === sought);
      none.textContent = found.length ? "" : field.dataset.searchNone;
      if (!found.length) return;
      select.replaceChildren(...found);
      select.value = sought ? (best || found[0]).value : chosen;
    });
    search.addEventListener("keydown", function (event) {
      // Enter would send the form.
      if (event.key === "Enter") {
        event.preventDefault();
        select.focus();
      }
    });
  }

  function fold(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
  }
})();
