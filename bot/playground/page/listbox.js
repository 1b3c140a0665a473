// A list to choose one thing from, driven by an input or a button that keeps the focus: the pattern
// « combobox » of https://www.w3.org/WAI/ARIA/apg/patterns/combobox/.

import { h, newID } from "./dom.js";

// A Listbox shows options under the control of owner. The popup must be put somewhere by the caller.
export class Listbox {
  // choose is called with the option that was chosen.
  constructor(owner, { label, choose, multiple = false }) {
    this.owner = owner;
    this.choose = choose;
    this.options = [];
    this.active = -1;
    const id = newID("list");
    this.list = h("div", { class: "listbox", role: "listbox", id, "aria-label": label, "aria-multiselectable": multiple && "true" });
    this.note = h("p", { class: "listbox-note" });
    this.popup = h("div", { class: "popup", hidden: true }, this.list, this.note);
    // The owner keeps the focus, and with it the keyboard.
    this.popup.addEventListener("mousedown", (event) => event.preventDefault());
    owner.setAttribute("aria-controls", id);
    owner.setAttribute("aria-expanded", "false");
  }

  get open() { return !this.popup.hidden; }

  // show shows options: {value, draw: [nodes], selected}. note is shown below them.
  show(options, note = "") {
    this.options = options;
    this.list.replaceChildren(...options.map((option, i) => this.row(option, i)));
    this.list.hidden = options.length === 0;
    this.note.textContent = note;
    this.note.hidden = note === "";
    this.popup.hidden = options.length === 0 && note === "";
    this.owner.setAttribute("aria-expanded", String(options.length > 0));
    this.activate(-1);
  }

  row(option, i) {
    const row = h("div", { class: "option", role: "option", id: `${this.list.id}-${i}`, "aria-selected": String(Boolean(option.selected)) }, option.draw);
    row.addEventListener("click", () => this.choose(option));
    row.addEventListener("mousemove", () => this.activate(i, false));
    return row;
  }

  hide() {
    this.popup.hidden = true;
    this.owner.setAttribute("aria-expanded", "false");
    this.activate(-1);
    this.list.replaceChildren();
  }

  activate(i, scroll = true) {
    this.list.children[this.active]?.classList.remove("active");
    this.active = i;
    const row = this.list.children[i];
    if (!row) {
      this.owner.removeAttribute("aria-activedescendant");
      return;
    }
    row.classList.add("active");
    this.owner.setAttribute("aria-activedescendant", row.id);
    if (scroll) row.scrollIntoView({ block: "nearest" });
  }

  // key handles a key of the owner, and reports whether it did.
  key(event) {
    if (!this.open || event.isComposing) return false;
    const last = this.options.length - 1;
    switch (event.key) {
      case "ArrowDown": this.activate(this.active >= last ? 0 : this.active + 1); break;
      case "ArrowUp": this.activate(this.active <= 0 ? last : this.active - 1); break;
      case "Escape": this.hide(); break;
      case "Enter":
        if (this.active < 0) return false;
        this.choose(this.options[this.active]);
        break;
      case "Tab":
        if (this.active >= 0) this.choose(this.options[this.active]);
        else this.hide();
        return false; // the focus moves on
      default: return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  }
}
