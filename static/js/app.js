// Seasoning: every page works without this file.
"use strict";

// Menus close on Escape and on a click elsewhere.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});
document.addEventListener("click", (event) => {
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});

// A button that is pressed twice sends once. The page may come back from the browser's memory: then it opens again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-once]")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
  window.setTimeout(() => delete form.dataset.sent, 5000);
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});

// Rows that are shown as cards on phones stay a table for screen readers.
const roles = { table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell" };
function keepTableMeaning(root) {
  root.querySelectorAll("table.stack").forEach((table) => {
    table.setAttribute("role", "table");
    Object.entries(roles).forEach(([tag, role]) => {
      table.querySelectorAll(tag).forEach((part) => part.setAttribute("role", role));
    });
    table.querySelectorAll("th").forEach((th) => {
      th.setAttribute("role", th.closest("thead") ? "columnheader" : "rowheader");
    });
  });
}

document.addEventListener("DOMContentLoaded", () => {
  keepTableMeaning(document);
  document.querySelector("[data-focus]")?.focus();
});
document.addEventListener("htmx:afterSwap", (event) => keepTableMeaning(event.target.parentNode || document));

// A part of a page that cannot be fetched says so; after a lost session the whole page goes to sign-in.
document.addEventListener("htmx:beforeSwap", (event) => {
  const address = new URL(event.detail.xhr.responseURL || window.location.href);
  if (address.pathname.startsWith("/konto/") && !window.location.pathname.startsWith("/konto/")) {
    event.detail.shouldSwap = false;
    window.location.reload();
  }
});
function tell(text) {
  const note = document.createElement("p");
  note.className = "note bad";
  note.textContent = text;
  document.getElementById("messages").replaceChildren(note);
}
document.addEventListener("htmx:responseError", () => tell("Det gick inte att hämta. Ladda om sidan och försök igen."));
document.addEventListener("htmx:sendError", () => tell("Ingen kontakt med servern. Försök igen om en stund."));
