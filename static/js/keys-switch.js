// The box that switches the keys of the desks on and off, for all desks in this browser. They are on at first.
window.switchKeys = function (box) {
  "use strict";
  const KEPT = "desk-keys";
  try {
    box.checked = localStorage.getItem(KEPT) !== "off";
  } catch (refused) {
    box.checked = true;
  }
  box.addEventListener("change", function () {
    try {
      localStorage.setItem(KEPT, box.checked ? "on" : "off");
    } catch (refused) {
      // It is as chosen on this page only.
    }
  });
};
