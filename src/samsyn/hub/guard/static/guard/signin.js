/* Passkeys: says on the page what the browser would only say in its log. */
(function () {
  "use strict";
  document.addEventListener("allauth.error", function (event) {
    event.preventDefault();
    document.querySelectorAll("[data-passkey-failed]").forEach(function (box) {
      box.hidden = false;
      box.focus();
    });
  });
  document.addEventListener("DOMContentLoaded", function () {
    if (window.PublicKeyCredential) return;
    document.querySelectorAll("[data-passkey-missing]").forEach(function (box) {
      box.hidden = false;
    });
  });
})();
