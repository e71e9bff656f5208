/* Names for the fields that Django's own admin leaves unnamed to a screen reader: select2's boxes, the cells of
   tabular inlines, empty column heads and the search box. */
"use strict";

(() => {
  const text = (element) => (element ? element.textContent.trim().replace(/:$/, "") : "");

  const nameCells = () => {
    for (const table of document.querySelectorAll(".tabular table")) {
      const heads = [...table.querySelectorAll("thead th")];
      for (const row of table.querySelectorAll("tr.form-row")) {
        for (const field of row.querySelectorAll("input:not([type=hidden]), select, textarea")) {
          const cell = field.closest("td");
          const part = [...cell.classList].find((name) => name.startsWith("field-"));
          const head = heads.find((one) => part && one.classList.contains(part.replace("field-", "column-")));
          if (field.labels?.length) continue;
          if (head) field.setAttribute("aria-label", text(head));
          if (cell.classList.contains("delete")) field.setAttribute("aria-label", "Ta bort raden");
        }
      }
    }
    for (const head of document.querySelectorAll("thead th")) {
      if (text(head) || head.querySelector("input")) continue;
      const name = document.createElement("span");
      name.className = "visually-hidden";
      name.textContent = "Rad";
      head.append(name);
    }
  };

  const nameSelect2 = () => {
    for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
      const box = select.parentElement.querySelector(".select2-container");
      const name = select.getAttribute("aria-label") || text(select.labels?.[0]) || "Val";
      const [opener, search, chosen] = ["selection", "search__field", "selection__rendered"].map((part) =>
        box?.querySelector(`.select2-${part}`),
      );
      // The chosen value alone names the box otherwise, which is nothing when nothing is chosen.
      const label = select.labels?.[0];
      if (label && chosen) {
        label.id ||= `${select.id}-name`;
        opener.setAttribute("aria-labelledby", `${label.id} ${chosen.id}`);
      } else {
        opener?.removeAttribute("aria-labelledby");
        opener?.setAttribute("aria-label", name);
      }
      search?.setAttribute("aria-label", name);
      chosen?.removeAttribute("aria-readonly");
      if (chosen) chosen.setAttribute("role", "presentation");
    }
  };

  const nameAll = () => {
    nameCells();
    nameSelect2();
    document.getElementById("searchbar")?.setAttribute("aria-label", "Sök");
  };

  // After the functions that admin's own scripts have left with jQuery: they make select2's boxes.
  window.django?.jQuery ? window.django.jQuery(() => setTimeout(nameAll)) : nameAll();
  document.addEventListener("formset:added", () => setTimeout(nameAll));
})();
