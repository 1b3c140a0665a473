// The menu of a message: the application's message commands, and copying.

import { h, say } from "./dom.js";

let close = () => {};

// openMenu opens a menu beside a button. items are {label, group, run}.
export function openMenu(button, items) {
  close();
  const rows = items.map((item) => h("button", { type: "button", role: "menuitem", tabindex: "-1", onclick: () => { close(); item.run(); } },
    h("span", {}, item.label), item.group && h("small", {}, item.group)));
  const menu = h("div", { class: "menu", role: "menu", "aria-label": say("actions") }, rows);
  button.after(menu);
  button.setAttribute("aria-expanded", "true");
  const place = menu.getBoundingClientRect();
  if (place.bottom > innerHeight - 8) menu.classList.add("above");
  rows[0].focus();

  close = () => {
    menu.remove();
    button.setAttribute("aria-expanded", "false");
    removeEventListener("pointerdown", outside, true);
    close = () => {};
  };
  const outside = (event) => { if (!menu.contains(event.target)) close(); };
  addEventListener("pointerdown", outside, true);
  menu.addEventListener("focusout", (event) => { if (event.relatedTarget && !menu.contains(event.relatedTarget)) close(); });
  menu.addEventListener("keydown", (event) => {
    const at = rows.indexOf(document.activeElement);
    const to = { ArrowDown: (at + 1) % rows.length, ArrowUp: (at + rows.length - 1) % rows.length, Home: 0, End: rows.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      rows[to].focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      close();
      button.focus();
    }
  });
}
