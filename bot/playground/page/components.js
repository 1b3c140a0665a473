// Draws the components of a message, as https://discord.com/developers/docs/components/reference describes
// them (read in November 2026).

import { channels } from "./discord.js";
import { h, icon, paths, say } from "./dom.js";
import { Listbox } from "./listbox.js";
import { markdown } from "./markdown.js";

// draw returns a component as an element. env has names, by member's ID, files, by name, and press(component,
// values), which is called when a member uses a button or a select.
export function draw(component, env) {
  const drawer = drawers[component.type];
  return drawer ? drawer(component, env) : h("p", { class: "unsupported" }, say("unsupported", { type: component.type }));
}

const drawAll = (components, env) => (components ?? []).map((c) => draw(c, env));

const drawers = {
  1: (c, env) => h("div", { class: "row" }, drawAll(c.components, env)),
  2: button,
  3: select,
  8: (c, env) => select({ ...c, options: channels.map(({ id, name }) => ({ label: `#${name}`, value: id, default: (c.default_values ?? []).some((v) => v.id === id) })) }, env),
  9: (c, env) => h("div", { class: "section" }, h("div", { class: "section-text" }, drawAll(c.components, env)), c.accessory && draw(c.accessory, env)),
  10: (c, env) => h("div", { class: "text" }, markdown(c.content, env.names)),
  13: file,
  14: (c) => h(c.divider === false ? "div" : "hr", { class: c.spacing === 2 ? "separator large" : "separator" }),
  17: container,
};

function container(c, env) {
  const color = typeof c.accent_color === "number" ? `#${c.accent_color.toString(16).padStart(6, "0")}` : null;
  const box = h("div", { class: "container", style: color ? { "--accent": color } : {} });
  if (c.spoiler) box.classList.add("spoiler");
  box.append(...drawAll(c.components, env));
  return box;
}

// file draws a file that came with the message: a link that keeps it.
function file(c, env) {
  const name = c.file.url.replace(/^attachment:\/\//, "");
  return h("a", { class: "button secondary file", href: env.files?.[name], download: name }, icon(paths.file), name);
}

const styles = { 1: "primary", 2: "secondary", 3: "success", 4: "danger" };

function button(c, env) {
  const label = [c.emoji?.name && h("span", { class: "emoji" }, c.emoji.id ? `:${c.emoji.name}:` : c.emoji.name), c.label];
  if (c.style === 5) {
    const known = URL.canParse(c.url) && /^https?:$/.test(new URL(c.url).protocol);
    return h("a", { class: "button secondary", href: known ? c.url : null, target: "_blank", rel: "noopener noreferrer", title: say("link") }, label, icon(paths.link));
  }
  return h("button", {
    class: `button ${styles[c.style] ?? "secondary"}`, type: "button", disabled: Boolean(c.disabled), "data-custom-id": c.custom_id,
    onclick: (event) => env.press(c, null, event.currentTarget),
  }, label);
}

// select draws a menu of texts. It opens like Discord's: a button with a list, of which one thing is chosen,
// or several where the menu allows it; then closing it sends them.
function select(c, env) {
  const several = (c.max_values ?? 1) > 1;
  const chosen = new Set(c.options.filter((o) => o.default).map((o) => o.value));
  const title = c.placeholder || say("choose");
  const text = h("span", { class: "select-text" });
  const owner = h("button", { class: "select", type: "button", role: "combobox", "aria-haspopup": "listbox", "aria-label": title, disabled: Boolean(c.disabled), "data-custom-id": c.custom_id }, text, icon(paths.down));
  const list = new Listbox(owner, { label: title, choose, multiple: several });
  const label = () => c.options.filter((o) => chosen.has(o.value)).map((o) => o.label).join(", ");
  const fill = () => { text.textContent = label() || title; text.classList.toggle("empty", !label()); };
  const rows = () => c.options.map((o) => ({ ...o, selected: chosen.has(o.value), draw: [h("span", {}, o.label), o.description && h("small", {}, o.description), chosen.has(o.value) && icon(paths.check)] }));
  let changed = false;

  function choose(option) {
    if (several) {
      if (!chosen.delete(option.value)) chosen.add(option.value);
      changed = true;
      const at = list.active;
      list.show(rows());
      list.activate(at);
      fill();
      return;
    }
    chosen.clear();
    chosen.add(option.value);
    close();
    env.press(c, [option.value], owner);
  }
  function close() {
    list.hide();
    fill();
    if (several && changed && chosen.size >= (c.min_values ?? 1)) env.press(c, [...chosen], owner);
    changed = false;
  }
  function open() {
    list.show(rows());
    list.activate(c.options.findIndex((o) => chosen.has(o.value)));
  }
  owner.addEventListener("click", () => (list.open ? close() : open()));
  owner.addEventListener("blur", () => list.open && close());
  owner.addEventListener("keydown", (event) => {
    if (list.open && (event.key === "Home" || event.key === "End")) {
      event.preventDefault();
      list.activate(event.key === "Home" ? 0 : list.options.length - 1);
    } else if (list.open && event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (list.open && event.key === " ") {
      event.preventDefault();
      if (list.active >= 0) choose(list.options[list.active]);
    } else if (list.key(event)) return;
    else if (!list.open && /^Arrow(Up|Down)$/.test(event.key)) {
      event.preventDefault();
      open();
    }
  });
  fill();
  return h("div", { class: "select-box" }, owner, list.popup);
}
