// The playground: what a member does becomes an interaction, the server's reply is drawn.

import { avatar, Channel, copy } from "./channel.js";
import { commandName, Composer } from "./composer.js";
import { application, edit, flags, interaction, members, moderates, replied, resolvedChannels, rooms, textOf, types, update, written } from "./discord.js";
import { h, loadWords, say, setLocale, translate } from "./dom.js";
import { Inspector } from "./inspector.js";
import { openMenu } from "./menu.js";
import { openModal } from "./modal.js";
import { attached, converse, post, savable } from "./wire.js";

const byID = (id) => document.getElementById(id);
const messageCommand = 3; // the type of a command

// remember keeps a setting in the browser, where it lets a page do so.
function remember(key, value) {
  try { localStorage.setItem(key, value); } catch { /* it is then forgotten */ }
}
function remembered(key) {
  try { return localStorage.getItem(key); } catch { return null; }
}

class App {
  constructor(setup) {
    this.commands = setup.commands;
    this.who = members[0];
    this.locale = remembered("locale") ?? (navigator.language.startsWith("fr") ? "fr" : "en-US");
    for (const room of Object.values(rooms)) room.messages = [];
    this.room = rooms.guild;
    setLocale(this.locale);
    this.channel = new Channel(byID("log"), byID("scroller"), {
      press: (entry, component, values, element) => this.press(entry, component, values, element),
      dismiss: (entry) => this.dismiss(entry),
      menu: (entry, button) => this.menu(entry, button),
      commandName: (name) => commandName(this.commands, name),
    });
    this.inspector = new Inspector(byID("inspector"), post, () => this.inspect(false));
    this.composer = new Composer(byID("composer"), this.commands, {
      write: (text) => this.write(text),
      run: (command, options, files) => this.run(command, options, files),
      offers: (command) => this.offers(command),
      suggest: (command, options) => this.suggest(command, options),
    });
    this.controls();
    this.draw();
  }

  // begin fills the channel with questions that the bot answers: as suggestions, and as a message whose menu
  // can be tried.
  async begin() {
    const command = this.commands.find((c) => c.options?.some((o) => o.autocomplete && o.required));
    const option = command?.options.find((o) => o.autocomplete && o.required);
    if (!option) return;
    const choices = await this.suggest(command, [{ name: option.name, type: option.type, value: "", focused: true }]);
    this.examples = { command, option, choices: choices.slice(0, 4) };
    const question = choices[Math.min(1, choices.length - 1)]?.value;
    if (question) rooms.guild.messages.push({ message: written(rooms.guild, members[1], ""), seed: question });
    this.draw();
  }

  controls() {
    const radios = (id, name, options, current, change) => {
      byID(id).append(...options.map(({ value, key, user }) => {
        const input = h("input", { type: "radio", name, value, checked: value === current });
        input.addEventListener("change", () => change(value));
        return h("label", {}, input, user && avatar(user, "small"), h("span", key ? { "data-word": key } : {}, user ? user.global_name : key ? "" : { fr: "Français", "en-US": "English" }[value]),
          user && moderates(user) && h("small", { class: "role", "data-word": "moderates" }));
      }));
    };
    radios("members", "member", members.map((user) => ({ value: user.id, user })), this.who.id, (id) => this.become(members.find((m) => m.id === id)));
    radios("locales", "locale", [{ value: "fr" }, { value: "en-US" }], this.locale, (locale) => this.speak(locale));
    radios("themes", "theme", [{ value: "auto", key: "themeAuto" }, { value: "light", key: "themeLight" }, { value: "dark", key: "themeDark" }],
      document.documentElement.dataset.theme, (theme) => { document.documentElement.dataset.theme = theme; remember("theme", theme); });
    byID("room-guild").addEventListener("click", () => this.enter(rooms.guild));
    byID("room-direct").addEventListener("click", () => this.enter(rooms.direct));
    byID("open-sidebar").addEventListener("click", () => this.sidebar(true));
    byID("close-sidebar").addEventListener("click", () => this.sidebar(false));
    byID("open-inspector").addEventListener("click", () => this.inspect(byID("inspector").hidden));
    addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented || byID("modal").open) return;
      if (document.body.classList.contains("sidebar-open")) this.sidebar(false);
      else if (byID("inspector").contains(event.target)) this.inspect(false);
    });
    addEventListener("keydown", typing);
    matchMedia("(max-width: 760px)").addEventListener("change", () => { this.sidebar(false); this.cover(); });
    // The channel that the side bar covers is inert: pressing it presses the page.
    addEventListener("click", (event) => {
      if (document.body.classList.contains("sidebar-open") && !event.target.closest(".sidebar, #open-sidebar")) this.sidebar(false);
    });
  }

  // draw draws everything again, in the language and room that were chosen.
  draw() {
    const direct = this.room.direct;
    document.title = say("title");
    this.composer.placeholder = direct ? say("placeholderDirect", { name: application.username }) : say("placeholder", { channel: say("channel") });
    this.composer.plain();
    for (const entry of rooms.guild.messages) if (entry.seed) entry.message.content = say("seed", { question: entry.seed });
    translate(document);
    byID("room-name").replaceChildren(direct ? avatar(application, "small") : h("span", { class: "hash", "aria-hidden": "true" }, "#"), direct ? application.username : say("channel"));
    byID("topic").textContent = say(direct ? "topicDirect" : "topic");
    byID("room-guild").setAttribute("aria-current", String(!direct));
    byID("room-direct").setAttribute("aria-current", String(direct));
    byID("open-inspector").setAttribute("aria-label", say(byID("inspector").hidden ? "openInspector" : "closeInspector"));
    this.welcome();
    this.channel.show(this.room, this.who);
    this.inspector.draw();
  }

  welcome() {
    const direct = this.room.direct;
    const examples = this.examples?.choices.map((c) => h("button", { type: "button", class: "example", onclick: () => this.ask(c) }, c.name));
    byID("welcome").replaceChildren(
      direct ? avatar(application, "large") : h("span", { class: "avatar large hash", "aria-hidden": "true" }, "#"),
      h("h2", {}, say(direct ? "welcomeDirect" : "welcome")), h("p", {}, say("welcomeText")),
      h("div", { class: "examples" }, examples ?? []));
  }

  ask(choice) {
    const { command, option } = this.examples;
    this.run(command, [{ name: option.name, type: option.type, value: choice.value }]);
  }

  // offers says whether a command is shown to the member: where it may be used, and to whom.
  offers(command) {
    if (command.contexts && !command.contexts.includes(this.room.direct ? 1 : 0)) return false;
    return !command.default_member_permissions || moderates(this.who);
  }

  become(who) {
    this.who = who;
    if (this.composer.command && !this.offers(this.composer.command.command)) this.composer.plain();
    this.channel.show(this.room, who);
  }

  speak(locale) {
    this.locale = locale;
    setLocale(locale);
    remember("locale", locale);
    this.draw();
  }

  enter(room) {
    this.room = room;
    this.sidebar(false);
    this.draw();
    byID("entry").focus();
  }

  sidebar(open) {
    const was = document.body.classList.contains("sidebar-open");
    document.body.classList.toggle("sidebar-open", open);
    byID("open-sidebar").setAttribute("aria-expanded", String(open));
    this.cover();
    if (open) byID("close-sidebar").focus();
    else if (was) byID("open-sidebar").focus();
  }

  // cover takes the channel away from keyboard and screen reader where the side bar or the panel lies over it.
  cover() {
    const narrow = matchMedia("(max-width: 760px)").matches;
    document.querySelector("main").inert = narrow && (document.body.classList.contains("sidebar-open") || !byID("inspector").hidden);
  }

  inspect(open) {
    this.inspector.show(open);
    document.body.classList.toggle("inspector-open", open);
    const toggle = byID("open-inspector");
    toggle.setAttribute("aria-expanded", String(open));
    toggle.setAttribute("aria-label", say(open ? "closeInspector" : "openInspector"));
    this.cover();
    if (open) byID("inspector").querySelector(".bar button").focus();
    else toggle.focus();
    this.channel.toEnd();
  }

  // interact sends an interaction, and returns it with the reply; the reply is missing when there was none.
  async interact(type, data, message) {
    const request = interaction(type, data, { room: this.room, who: this.who, locale: this.locale, message });
    try {
      const sent = structuredClone(request);
      const { exchange, edits } = await converse(request);
      this.inspector.add({ request: sent, ...exchange });
      return { request, response: exchange.response, edits };
    } catch (error) {
      this.inspector.add({ request: structuredClone(request), microseconds: 0 });
      return { request, error };
    }
  }

  async suggest(command, options) {
    const { response } = await this.interact(types.autocomplete, { id: command.id, name: command.name, type: command.type, options });
    return response?.data?.choices ?? [];
  }

  write(text) {
    const entry = { message: written(this.room, this.who, text) };
    this.room.messages.push(entry);
    this.channel.add(entry);
  }

  // run calls a command. files are those that its options name, by ID.
  async run(command, options, files = {}) {
    const { room, who } = this;
    const attachments = {};
    for (const [id, file] of Object.entries(files)) attachments[id] = await attached(file, id);
    const sent = await this.interact(types.command, {
      id: command.id, name: command.name, type: command.type, ...(options.length ? { options } : {}),
      ...(Object.keys(files).length ? { resolved: { attachments } } : {}),
    });
    this.receive(sent, { room, who, command: command.name });
  }

  async press(entry, component, values, element) {
    const { room, who } = this;
    this.channel.busy(entry, element, true);
    const data = { component_type: component.type, custom_id: component.custom_id, id: component.id, ...(values ? { values } : {}) };
    if (component.type === 8) data.resolved = { channels: resolvedChannels(values) };
    const sent = await this.interact(types.component, data, entry.message);
    this.channel.busy(entry, element, false);
    this.receive(sent, { room, who, entry });
  }

  async searchMessage(command, entry) {
    const { room, who } = this;
    const id = entry.message.id;
    const sent = await this.interact(types.command, { id: command.id, name: command.name, type: command.type, target_id: id, resolved: { messages: { [id]: entry.message } } });
    this.receive(sent, { room, who });
  }

  // receive does what a reply says. entry is the message whose component was used, and command what was called,
  // if any.
  receive({ request, response, edits, error }, { room, who, entry, command }) {
    if (error || !response) {
      this.put(room, { message: { ...replied(room, request, { flags: flags.ephemeral }) }, audience: who.id, failed: true });
      return;
    }
    switch (response.type) {
      case 4:
        this.put(room, { message: replied(room, request, response.data ?? {}, command), audience: who.id });
        break;
      case 5: {
        const promised = { message: replied(room, request, response.data ?? {}, command), audience: who.id, thinking: true };
        this.put(room, promised);
        this.follow(room, promised, edits);
        break;
      }
      case 6: break;
      case 7:
        update(entry.message, response.data);
        if (this.room === room) this.channel.redraw(entry);
        break;
      case 9:
        openModal(byID("modal"), response.data, (components) => this.submitModal(response.data, components, entry, command));
        break;
    }
  }

  async submitModal(modal, components, entry, command) {
    const { room, who } = this;
    const sent = await this.interact(types.modal, { custom_id: modal.custom_id, components }, entry?.message);
    this.receive(sent, { room, who, entry, command });
  }

  // follow makes a message that was promised of its edits, as they come. One that brings none has failed.
  async follow(room, entry, edits) {
    try {
      for await (const line of edits) {
        const { edit: changes, files } = JSON.parse(line);
        entry.thinking = false;
        edit(entry.message, changes);
        entry.files = Object.fromEntries((files ?? []).map((f) => [f.name, savable(f)]));
        if (this.room === room && entry.element?.isConnected) this.channel.redraw(entry);
      }
    } catch { entry.failed = true; }
    entry.failed ||= entry.thinking;
    entry.thinking = false;
    if (entry.failed && this.room === room && entry.element?.isConnected) this.channel.redraw(entry);
  }

  put(room, entry) {
    room.messages.push(entry);
    if (this.room === room) this.channel.add(entry);
  }

  dismiss(entry) {
    this.room.messages = this.room.messages.filter((e) => e !== entry);
    this.channel.remove(entry);
    byID("entry")?.focus();
  }

  menu(entry, button) {
    const items = this.commands.filter((c) => c.type === messageCommand).map((c) => ({
      label: c.name_localizations?.[this.locale] ?? c.name, group: say("apps"), run: () => this.searchMessage(c, entry),
    }));
    openMenu(button, [...items, { label: say("copy"), run: () => { copy(textOf(entry.message)); button.focus(); } }]);
  }
}

// typing takes what is typed outside of any field to the message box, as chats do.
function typing(event) {
  const elsewhere = event.target.closest("input:not([type=radio]), textarea, select, dialog, [role=combobox], [role=menu]");
  if (elsewhere || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.key.length !== 1 || event.key === " ") return;
  document.querySelector("#entry, .option-field input")?.focus();
}

await loadWords();
const app = new App(await (await fetch("setup.json")).json());
await app.begin();
byID("entry").focus({ preventScroll: true });
document.body.dataset.ready = "";
