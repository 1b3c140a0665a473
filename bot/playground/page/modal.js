// Draws a modal: the window that a reply of type 9 opens.

import { h, say, newID } from "./dom.js";
import { markdown } from "./markdown.js";

// openModal shows a modal in a dialog. submit is called with the components as Discord sends them back.
export function openModal(dialog, data, submit) {
  const title = newID("modal");
  const fields = [];
  const form = h("form", { novalidate: true },
    h("header", {}, h("h2", { id: title }, data.title)),
    h("div", { class: "fields" }, data.components.map((c) => drawField(c, fields))),
    h("footer", {}, h("button", { type: "button", class: "link", onclick: () => dialog.close() }, say("cancel")),
      h("button", { type: "submit", class: "button primary" }, say("submit"))));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const wrong = fields.filter((f) => !f.check());
    if (wrong.length) {
      wrong[0].input.focus();
      return;
    }
    dialog.close();
    submit(data.components.map(sentBack(fields)));
  });
  dialog.setAttribute("aria-labelledby", title);
  dialog.replaceChildren(form);
  dialog.showModal();
  (fields[0]?.input ?? form.querySelector("button[type=submit]")).focus();
}

// drawField returns a component of a modal, and notes the input that it holds.
function drawField(c, fields) {
  switch (c.type) {
    case 1: return h("div", {}, c.components.map((inner) => drawField({ type: 18, label: inner.label, component: inner }, fields)));
    case 10: return h("div", { class: "text" }, markdown(c.content));
    case 18: return drawLabel(c, fields);
  }
  return h("p", { class: "unsupported" }, say("unsupported", { type: c.type }));
}

function drawLabel(c, fields) {
  const inner = c.component;
  const input = { 3: drawSelect, 4: drawInput }[inner.type]?.(inner);
  if (!input) return h("p", { class: "unsupported" }, say("unsupported", { type: inner.type }));
  input.id = newID("field");
  const error = h("p", { class: "error", id: newID("error"), hidden: true }, say("missing"));
  const about = c.description && h("p", { class: "hint", id: newID("about") }, c.description);
  input.setAttribute("aria-describedby", [about && about.id, error.id].filter(Boolean).join(" "));
  const required = inner.required !== false;
  input.required = required;
  fields.push({
    id: inner.custom_id, input,
    check() {
      const wrong = required && !input.value.trim() || input.value !== "" && input.value.length < (inner.min_length ?? 0);
      error.hidden = !wrong;
      input.setAttribute("aria-invalid", String(wrong));
      return !wrong;
    },
  });
  return h("div", { class: "field" }, h("label", { for: input.id }, c.label, required && h("span", { class: "star", "aria-hidden": "true" }, " *")), about, input, error);
}

function drawInput(c) {
  const paragraph = c.style === 2;
  const input = h(paragraph ? "textarea" : "input", { placeholder: c.placeholder, maxlength: c.max_length ?? 4000, rows: paragraph ? 4 : null });
  input.value = c.value ?? "";
  return input;
}

function drawSelect(c) {
  return h("select", {}, h("option", { value: "" }, c.placeholder || say("choose")),
    c.options.map((o) => h("option", { value: o.value, selected: Boolean(o.default) }, o.label)));
}

// sentBack returns what turns a component of a modal into what Discord sends of it: its value.
const sentBack = (fields) => {
  let id = 0;
  const one = (c) => {
    const number = ++id;
    const base = { type: c.type, id: c.id ?? number };
    if (c.components) return { ...base, components: c.components.map(one) };
    if (c.component) return { ...base, component: one(c.component) };
    const field = fields.find((f) => f.id === c.custom_id);
    if (!field) return base;
    if (c.type === 3) return { ...base, custom_id: c.custom_id, values: field.input.value ? [field.input.value] : [] };
    return { ...base, custom_id: c.custom_id, value: field.input.value };
  };
  return one;
};
