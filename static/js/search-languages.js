// A search field above a list of languages. It finds them by all their names, and by their codes. Only what somebody
// chooses, or names exactly, is selected. If the page has only the likely languages, all others are fetched when they are
// first needed. Without this script the list is a plain <select>, with the browser's own type-ahead and a button that
// loads the page with all languages.
(function () {
  "use strict";
  // Letters that people type for each other, and that Unicode does not decompose.
  const ALIKE = {
    ı: "i", ł: "l", ø: "o", đ: "d", ɗ: "d", ɓ: "b", ƙ: "k", ŋ: "n", ɛ: "e", ɔ: "o", ə: "e", ǝ: "e", ς: "σ",
    ك: "ک", ى: "ی", ي: "ی", ة: "ه", ۀ: "ه", ہ: "ه", ھ: "ه", ە: "ه",
  };
  for (const field of document.querySelectorAll("[data-search-languages]")) {
    const select = field.querySelector("select");
    // The form itself is asked for nothing: a question can have the name of any of its properties.
    const all = (selector) => Array.from(document.querySelectorAll(selector)).filter(({ form }) => form === select.form);
    const more = field.querySelector("button[value=lists]");
    const unlisted = select.querySelector("[value=und]");
    const [name] = all("[name=language_name]");
    let rtl = field.dataset.rtl.split(" ");
    // The chosen one stands above all others, and in its place among them.
    const listed = Array.from(select.options).filter(({ value }) => value && value !== "und").map(from_option);
    let languages = Array.from(new Map(listed.map((each) => [each.code, each])).values());
    let chosen = select.value;
    let sought = "";

    const search = document.createElement("input");
    search.type = "search";
    search.autocomplete = "off";
    search.dir = document.documentElement.dir;
    search.setAttribute("aria-label", field.dataset.label);
    search.setAttribute("aria-controls", select.id);
    search.placeholder = field.dataset.label;
    const status = document.createElement("p");
    status.className = "hint";
    status.setAttribute("role", "status");
    select.before(search, status);

    // --- All languages -----------------------------------------------------------------------------------------

    let fetching = null;
    let failed = false;
    let complete = false;
    function fetch_all() {
      fetching = fetching || fetch(field.dataset.lists).then((page) => page.json()).then(function (lists) {
        languages = lists.languages.map(([code, autonym, beside, ...others]) => ({
          code,
          label: beside ? `${autonym} (${beside})` : autonym,
          autonym,
          keys: [code, autonym, beside, `${autonym} ${beside}`, ...others].map(fold).filter(Boolean),
        }));
        rtl = lists.rtl;
        const names = document.getElementById("affiliates");
        if (names) fill(names, lists.affiliates.map((each) => new Option("", each)));
        if (more) more.hidden = true;
        failed = false;
        complete = true;
      }).catch(function () {
        // There is no connection. What the page has is searched, and the next letter tries again.
        fetching = null;
        failed = true;
      });
      return fetching;
    }

    // --- The search --------------------------------------------------------------------------------------------

    search.addEventListener("focus", fetch_all);
    search.addEventListener("input", function () {
      search.dir = search.value ? "auto" : document.documentElement.dir;
      // On a phone the keyboard covers the lower half.
      if (window.innerWidth < 640) window.scrollBy(0, Math.max(0, search.getBoundingClientRect().top - 8));
      // What the page has is searched at once; on a slow line the other languages and names come later.
      show();
      if (!complete) fetch_all().then(show);
    });
    function show() {
      // What is chosen when a search begins comes back when it finds nothing.
      if (!sought) chosen = select.value;
      sought = fold(search.value);
      const found = [[], [], [], []];
      if (sought) {
        for (const language of languages) {
          const place = Math.min(...language.keys.map((key) => nearness(key, sought)));
          if (place < 4) found[place].push(language);
        }
      }
      const hits = [].concat(...found);
      const exact = found[0].length === 1 ? found[0][0].code : "";
      offer(hits.length ? hits : languages, hits.length ? exact : chosen);
      // A computer shows what was found in an open list; a phone opens the list when it is touched.
      select.size = hits.length > 1 && !exact ? Math.min(hits.length + 1, 7) : 1;
      // What is not found yet may be among those that are still to come.
      say(sought && hits.length ? "found" : sought && (complete || failed) ? "none" : "", hits.length);
    }
    function offer(list, code) {
      const before = select.value;
      const options = list.map((each) => new Option(each.label, each.code));
      if (!code) options.unshift(new Option(field.dataset.choose, ""));
      if (unlisted) options.push(unlisted);
      fill(select, options);
      select.value = code;
      if (select.value !== before) select.dispatchEvent(new Event("change", { bubbles: true }));
    }
    function say(what, number) {
      const language = languages.find((each) => each.code === select.value);
      status.textContent = [
        failed && more ? field.dataset.failed : "",
        what && field.dataset[what].replace("%(number)s", number),
      ].filter(Boolean).join(" ");
      if (!language) return;
      const [before, after] = field.dataset.chosen.split("%(language)s");
      const autonym = document.createElement("bdi");
      autonym.lang = language.code;
      autonym.setAttribute("translate", "no");
      autonym.textContent = language.autonym;
      status.append(status.textContent ? " " : "", before, autonym, after);
    }
    search.addEventListener("keydown", function (event) {
      // Enter would send the form.
      if (event.key === "Enter") {
        event.preventDefault();
        select.focus();
      }
    });
    select.addEventListener("change", function (event) {
      if (event.isTrusted) {
        chosen = select.value;
        say("");
      }
      written_in();
    });
    if (more) {
      more.addEventListener("click", function (event) {
        // What cannot be fetched is loaded with the page, as without this script.
        if (failed) return;
        event.preventDefault();
        fetch_all().then(function () {
          if (failed) return say("");
          offer(languages, select.value);
          select.focus();
        });
      });
      const affiliate = document.getElementById("affiliate");
      if (affiliate) affiliate.addEventListener("focus", fetch_all);
    }

    // --- What is written below ---------------------------------------------------------------------------------

    // Fonts, spelling, a screen reader's voice and the direction of empty fields follow the language.
    function written_in() {
      const is_rtl = rtl.includes(select.value);
      const runs = select.value && select.value !== "und" ? (is_rtl ? "rtl" : "ltr") : document.documentElement.dir;
      for (const words of all("textarea[lang], input[lang]")) {
        words.lang = select.value;
        words.dir = words.value || runs === "ltr" ? "auto" : runs;
      }
      if (name) {
        const is_needed = select.value === "und" || document.getElementById("language_name_error");
        name.closest(".field").hidden = !is_needed;
        // A name that is hidden is not sent.
        name.disabled = !is_needed;
      }
    }
    if (all("textarea[lang]").length) {
      document.addEventListener("input", written_in);
      // A browser or another script may have put words back.
      document.addEventListener("focusin", written_in);
      window.addEventListener("pageshow", written_in);
      written_in();
    }
  }

  function fill(list, children) {
    list.textContent = "";
    for (const child of children) list.appendChild(child);
  }

  function from_option({ value, text }) {
    const [, autonym, beside] = text.match(/^(.+?) \((.+)\)$/) || [text, text, ""];
    return { code: value, label: text, autonym, keys: [value, text, autonym, beside].map(fold).filter(Boolean) };
  }

  // How near a name is to what is sought: 0 is the same, 1 and 2 begin so (the name or one of its words), 3 has it.
  function nearness(key, sought) {
    if (key === sought) return 0;
    const at = ` ${key}`.indexOf(` ${sought}`);
    return at === 0 ? 1 : at > 0 ? 2 : key.includes(sought) ? 3 : 4;
  }

  // Letters as people type them: without capitals, accents, vowel points, apostrophes, hyphens and brackets. In other
  // scripts (Devanagari, Thai) names differ by their signs alone, and these stay.
  function fold(text) {
    return text
      .replace(/['’‘‛`´ʹ-ˁˈˮꞋꞌ\u0640\u00ad\u200b-\u200f\u2060\ufeff]/g, "")
      .normalize("NFKD")
      .replace(/[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8]/g, "")
      .replace(/[\u06ea-\u06ed\u093c\u09bc\u0a3c\u0abc\u0b3c\u0cbc\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f]/g, "")
      .toLowerCase()
      .replace(/[ıłøđɗɓƙŋɛɔəǝςكىيةۀہھە]/g, (letter) => ALIKE[letter])
      .replace(/ß/g, "ss").replace(/æ/g, "ae").replace(/œ/g, "oe").replace(/þ/g, "th").replace(/ð/g, "d")
      .replace(/[\s\-‐-―־/()（）[\],.:;·،、]+/g, " ")
      .trim();
  }
})();
