// A search field above a list of languages. It finds languages by a part of their name or code. If the page has only the
// likely languages, all others are fetched when they are first needed. Without this script the list is a plain <select>,
// with the browser's own type-ahead and a button that loads the page with all languages.
(function () {
  "use strict";
  for (const field of document.querySelectorAll("[data-search-languages]")) {
    const select = field.querySelector("select");
    const more = field.querySelector("button[value=lists]");
    let options = Array.from(select.options);
    let sought_in = index(options);
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

    let fetching = null;
    function all() {
      if (!more) return Promise.resolve();
      fetching = fetching || fetch(field.dataset.lists).then((page) => page.json()).then(function (lists) {
        const chosen = select.value;
        options = lists.languages.map(([code, label]) => new Option(label, code));
        sought_in = index(options);
        select.replaceChildren(...options);
        select.value = chosen;
        const names = document.getElementById("affiliates");
        if (names) names.replaceChildren(...lists.affiliates.map((name) => new Option("", name)));
        more.hidden = true;
      }).catch(function () {
        // There is no connection. The likely languages are still here, and the next letter tries again.
        fetching = null;
      });
      return fetching;
    }

    search.addEventListener("focus", all);
    search.addEventListener("input", () => all().then(show));
    function show() {
      const sought = fold(search.value);
      const chosen = select.value;
      const found = sought ? options.filter((option) => sought_in.get(option).includes(sought)) : options;
      // An exact code or name comes first: "sw" means Kiswahili, not the first word with these letters.
      const best = found.find((option) => option.value === sought || fold(option.text).split(" (")[0] === sought);
      none.textContent = found.length ? "" : field.dataset.searchNone;
      if (!found.length) return;
      select.replaceChildren(...found);
      select.value = sought ? (best || found[0]).value : chosen;
    }
    search.addEventListener("keydown", function (event) {
      // Enter would send the form.
      if (event.key === "Enter") {
        event.preventDefault();
        select.focus();
      }
    });
    // Fonts, spelling and a screen reader's voice follow the language of what is written below.
    function written_in() {
      for (const words of select.form.querySelectorAll("#respond textarea")) words.lang = select.value;
    }
    select.addEventListener("change", written_in);
    if (more) {
      more.addEventListener("click", function (event) {
        event.preventDefault();
        all().then(() => select.focus());
      });
      const affiliate = document.getElementById("affiliate");
      if (affiliate) affiliate.addEventListener("focus", all);
    }
  }

  function index(options) {
    return new Map(options.map((option) => [option, fold(option.text + " " + option.value)]));
  }

  function fold(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
  }
})();
