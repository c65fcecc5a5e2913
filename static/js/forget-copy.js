// What has been sent or saved needs no copy in this browser any more.
(function () {
  "use strict";
  try {
    localStorage.removeItem("words:" + document.currentScript.dataset.copy);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
})();
