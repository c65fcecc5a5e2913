// Deletes this browser's copy of words that have been sent or saved.
(function () {
  "use strict";
  try {
    localStorage.removeItem("words:" + document.currentScript.dataset.copy);
  } catch {
    // A browser without storage has no copy.
  }
})();
