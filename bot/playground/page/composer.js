// The box that members write in: messages, and commands with their options.

import { snowflake } from "./discord.js";
import { announce, currentLocale, h, icon, logo, newID, paths, say } from "./dom.js";
import { Listbox } from "./listbox.js";

const slashCommand = 1;
const subcommand = 1, boolean = 5, attachment = 11; // the types of options

const localized = (names, name) => names?.[currentLocale()] ?? name;
const nameOf = (c) => localized(c.name_localizations, c.name);
const describe = (c) => localized(c.description_localizations, c.description) ?? "";

// callable returns what can be called of a command: itself, or each of its subcommands under both names.
function callable(c) {
  const parts = (c.options ?? []).filter((o) => o.type === subcommand);
  if (parts.length === 0) return [{ ...c, command: c }];
  return parts.map((o) => ({
    ...o, type: c.type, command: c, part: o, name: `${c.name} ${o.name}`,
    name_localizations: Object.fromEntries(Object.entries(o.name_localizations ?? {}).map(([l, name]) => [l, `${c.name_localizations?.[l] ?? c.name} ${name}`])),
  }));
}

// call returns the command of what can be called, and its options as an interaction holds them.
const call = ({ command, part }, options) => [command, part ? [{ name: part.name, type: subcommand, options }] : options];

// pause is how long the box waits after a key before it asks for suggestions, in milliseconds.
const pause = 90;

// A Composer fills form. on has write(text), offers(command), which says whether the member may call it, run(command,
// options, files), with the files that options name by ID, and suggest(command, options), which returns a promise of
// choices.
export class Composer {
  constructor(form, commands, on) {
    this.form = form;
    this.commands = commands.filter((c) => c.type === slashCommand).flatMap(callable);
    this.on = on;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.plain();
  }

  // plain makes the box one for messages. placeholder is kept for the next time.
  plain(text = "", focus = false) {
    this.command = null;
    this.fields = [];
    const entry = h("input", { class: "entry", id: "entry", type: "text", role: "combobox", "aria-autocomplete": "list", "aria-label": this.placeholder ?? say("message"), placeholder: this.placeholder, maxlength: 2000, enterkeyhint: "send" });
    entry.value = text;
    const list = new Listbox(entry, { label: say("commands"), choose: (option) => this.start(option.value) });
    entry.addEventListener("input", () => this.typed(entry, list));
    entry.addEventListener("keydown", (event) => this.plainKey(event, list));
    entry.addEventListener("blur", () => list.hide());
    entry.addEventListener("focus", () => this.typed(entry, list));
    this.entry = entry;
    const slash = h("button", { type: "button", class: "icon-button slash", "aria-label": say("commands"), onclick: () => { entry.value = "/"; entry.focus(); this.typed(entry, list); } }, icon(paths.slash));
    this.form.replaceChildren(list.popup, h("div", { class: "box" }, slash, entry, this.sendButton()));
    if (focus) entry.focus();
  }

  sendButton() {
    return h("button", { type: "submit", class: "icon-button send", "aria-label": say("send") }, icon(paths.send));
  }

  // typed shows the commands that what was typed begins, and starts one whose name was typed in full.
  typed(entry, list) {
    if (!entry.value.startsWith("/")) {
      list.hide();
      return;
    }
    const text = entry.value.slice(1);
    const typed = text.toLocaleLowerCase();
    const offered = this.commands.filter((c) => this.on.offers(c.command));
    for (const c of offered) {
      const name = [nameOf(c), c.name].find((n) => typed.startsWith(`${n} `));
      if (!name) continue;
      this.start(c, text.slice(name.length + 1));
      return;
    }
    const found = offered.filter((c) => nameOf(c).startsWith(typed) || c.name.startsWith(typed));
    list.show(found.map((c) => ({ value: c, draw: this.drawCommand(c) })), found.length ? "" : say("noCommand"));
    if (found.length) list.activate(0);
  }

  drawCommand(c) {
    const options = (c.options ?? []).map((o) => h("span", { class: o.required ? "parameter needed" : "parameter" }, nameOf(o)));
    return [logo("small"), h("span", { class: "command-name" }, h("b", {}, `/${nameOf(c)}`), options), h("small", {}, describe(c))];
  }

  plainKey(event, list) {
    if (event.key === "Tab" && list.active >= 0 && !event.shiftKey) {
      event.preventDefault(); // the command takes the focus to its own field
      list.choose(list.options[list.active]);
    } else list.key(event);
  }

  // start makes the box one for a command, with a field for each option that it needs.
  start(command, text = "") {
    this.command = command;
    this.fields = [];
    this.list = null;
    this.help = h("p", { class: "help", id: newID("help") });
    this.popup = h("div", {});
    this.line = h("div", { class: "fields" });
    const name = h("button", { type: "button", class: "pill", "aria-label": `/${nameOf(command)} — ${say("leaveCommand")}`, onclick: () => this.plain("", true) }, `/${nameOf(command)}`);
    this.form.replaceChildren(this.popup, this.help, h("div", { class: "box command" }, name, this.line, this.sendButton()));
    for (const option of command.options ?? []) if (option.required) this.add(option);
    this.others();
    this.explain(null);
    const first = this.fields[0]?.input;
    if (first) first.value = text;
    (first ?? this.form.querySelector(".send")).focus();
    if (!first) this.form.querySelector(".send").addEventListener("keydown", (event) => this.leaveKey(event, null));
  }

  // others shows a button for each option that was not added.
  others() {
    this.line.querySelectorAll(".add").forEach((b) => b.remove());
    for (const option of this.command.options ?? []) {
      if (this.fields.some((f) => f.option === option)) continue;
      this.line.append(h("button", { type: "button", class: "add", "aria-label": say("addOption", { name: nameOf(option) }), onclick: () => { this.add(option); this.others(); this.fields.at(-1).input.focus(); } }, icon(paths.plus), nameOf(option)));
    }
  }

  // add adds a field for an option.
  add(option) {
    const id = newID("option");
    const suggests = option.autocomplete || option.type === boolean || option.choices;
    const input = h("input", {
      id, type: option.type === attachment ? "file" : "text", maxlength: option.max_length ?? 6000, required: Boolean(option.required), "aria-describedby": this.help.id,
      enterkeyhint: "send", ...(suggests ? { role: "combobox", "aria-autocomplete": "list" } : {}),
    });
    const field = { option, input, value: undefined };
    if (suggests) {
      field.list = new Listbox(input, { label: nameOf(option), choose: (choice) => this.chose(field, choice) });
      this.popup.append(field.list.popup);
    }
    field.element = h("span", { class: "option-field" }, h("label", { for: id }, nameOf(option)), input,
      !option.required && h("button", { type: "button", class: "remove", "aria-label": say("removeOption", { name: nameOf(option) }), onclick: () => this.drop(field) }, icon(paths.close)));
    input.addEventListener("input", () => { field.value = undefined; this.mark(field, false); this.suggestSoon(field, pause); });
    input.addEventListener("focus", () => { this.explain(field); this.suggestSoon(field, 0); });
    input.addEventListener("blur", () => { this.settle(field); field.list?.hide(); });
    input.addEventListener("keydown", (event) => this.fieldKey(event, field));
    this.fields.push(field);
    this.line.append(field.element);
  }

  drop(field) {
    this.fields = this.fields.filter((f) => f !== field);
    field.element.remove();
    field.list?.popup.remove();
    this.others();
    (this.fields.at(-1)?.input ?? this.form.querySelector(".send")).focus();
  }

  fieldKey(event, field) {
    if (field.list?.open && /^Arrow(Up|Down)$/.test(event.key)) this.settle(field);
    if (field.list?.key(event)) return;
    this.leaveKey(event, field);
  }

  // leaveKey leaves the command by Escape, and an empty field by Backspace.
  leaveKey(event, field) {
    if (event.isComposing) return;
    if (event.key === "Escape") this.plain("", true);
    else if (event.key === "Backspace" && !field?.input.value) {
      event.preventDefault();
      if (field && !field.option.required) this.drop(field);
      else this.plain("", true);
    }
  }

  // explain shows what a field is for, or what the command does.
  explain(field) {
    const what = field ? field.option : this.command;
    const note = field ? ` (${say(field.option.required ? "required" : "optional")})` : "";
    this.help.replaceChildren(h("b", {}, field ? nameOf(what) : `/${nameOf(what)}`), ` ${describe(what)}${note}`);
  }

  suggestSoon(field, wait) {
    clearTimeout(field.timer);
    if (field.list) field.timer = setTimeout(() => this.suggest(field), wait);
  }

  // suggest shows choices for a field. An answer that a later question overtook is dropped.
  async suggest(field) {
    const asked = (field.asked = {});
    const choices = await this.choices(field);
    if (field.asked !== asked || document.activeElement !== field.input) return;
    field.list.show(choices.map((c) => ({ ...c, draw: [h("span", {}, localized(c.name_localizations, c.name))] })),
      choices.length || !field.input.value ? "" : say("noChoice"));
    if (choices.length) announce(say("choices", { count: choices.length }));
  }

  async choices(field) {
    const { option, input } = field;
    if (option.type === boolean) return [{ name: say("yes"), value: true }, { name: say("no"), value: false }];
    if (option.choices) return option.choices.filter((c) => c.name.toLocaleLowerCase().includes(input.value.toLocaleLowerCase()));
    return this.on.suggest(...call(this.command, this.options(field)));
  }

  chose(field, choice) {
    field.value = choice.value;
    field.input.value = localized(choice.name_localizations, choice.name);
    this.settle(field);
    field.list.hide();
    this.mark(field, false);
  }

  // settle keeps the choices that a field shows: whoever goes through them is not given others meanwhile.
  settle(field) {
    clearTimeout(field.timer);
    field.asked = null;
  }

  // valueOf returns what a field holds, as the option's type wants it; undefined when it is empty.
  valueOf(field) {
    if (field.value !== undefined) return field.value;
    if (field.option.type === attachment) return field.input.files[0];
    const text = field.input.value.trim();
    if (text === "") return undefined;
    if (field.option.type === boolean) return text.toLocaleLowerCase() === say("yes").toLocaleLowerCase();
    return field.input.value;
  }

  // options returns the command's options as an interaction holds them. focused is the field that is being
  // typed in, which goes out as it is.
  options(focused) {
    const list = [];
    for (const field of this.fields) {
      const { name, type } = field.option;
      if (field === focused) list.push({ name, type, value: field.input.value, focused: true });
      else if (this.valueOf(field) !== undefined) list.push({ name, type, value: this.valueOf(field) });
    }
    return list;
  }

  mark(field, wrong) {
    field.element.classList.toggle("wrong", wrong);
    field.input.setAttribute("aria-invalid", String(wrong));
  }

  submit() {
    if (!this.command) {
      const text = this.entry.value.trim();
      if (text) {
        this.plain("", true);
        this.on.write(text);
      }
      return;
    }
    const missing = this.fields.filter((f) => f.option.required && this.valueOf(f) === undefined);
    missing.forEach((f) => this.mark(f, true));
    if (missing.length) {
      this.help.textContent = say("missing");
      missing[0].input.focus();
      announce(say("missing"));
      return;
    }
    const { command } = this;
    const files = {};
    const options = this.options(null).map((o) => {
      if (o.type !== attachment) return o;
      const id = snowflake();
      files[id] = o.value;
      return { ...o, value: id };
    });
    this.plain("", true);
    this.on.run(...call(command, options), files);
  }
}

// commandName returns what a command is called in the member's language.
export function commandName(commands, name) {
  const c = commands.find((command) => command.name === name);
  return c ? nameOf(c) : name;
}
