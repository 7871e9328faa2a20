"use strict";
/* Words that are selected in a text come into the field beside it; without a script they are
   written there. */
document.addEventListener("selectionchange", () => {
  const chosen = document.getSelection();
  const words = chosen ? chosen.toString().trim() : "";
  const from = chosen && chosen.anchorNode && chosen.anchorNode.parentElement;
  const to = chosen && chosen.focusNode && chosen.focusNode.parentElement;
  const text = from && from.closest("[data-maskable]");
  if (!words || !text || !to || to.closest("[data-maskable]") !== text) return;
  const field = text.closest("article").querySelector("[data-words]");
  if (field) field.value = words;
});
