// Seasoning for the form of a measure: what the chosen type says is filled in at once. Saving without it does the same.
"use strict";

document.addEventListener("change", (event) => {
  const select = event.target.closest("select[data-types]");
  const says = select && JSON.parse(select.dataset.types)[select.value];
  if (!says) return;
  ["kind", "prevention", "evidence"].forEach((name, place) => {
    const field = document.getElementById(`id_${name}`);
    if (field) field.value = says[place];
  });
});
