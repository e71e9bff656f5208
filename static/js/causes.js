// Seasoning for the cause analysis: the field is empty as soon as a cause is on its way, so that nobody waits to write
// the next one; if it did not arrive, the words come back.
"use strict";

document.addEventListener("htmx:beforeSend", (event) => {
  const form = event.target.closest("form[data-quick]");
  if (!form) return;
  const field = form.querySelector("#id_text");
  form.dataset.typed = field.value;
  field.value = "";
  field.focus();
});

["htmx:responseError", "htmx:sendError"].forEach((name) => {
  document.addEventListener(name, (event) => {
    const form = event.target.closest("form[data-quick]");
    const field = form && form.querySelector("#id_text");
    if (field && !field.value) field.value = form.dataset.typed || "";
  });
});
