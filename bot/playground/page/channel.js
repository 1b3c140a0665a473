// Draws the messages of a room.

import { draw } from "./components.js";
import { announce, currentLocale, h, icon, logo, newID, paths, say } from "./dom.js";
import { application, flags, members, names, textOf } from "./discord.js";
import { markdown } from "./markdown.js";

const nameOf = (user) => user.global_name ?? user.username;

// avatar returns the picture of a user: it says nothing that the name beside it does not.
export function avatar(user, size = "") {
  if (user.id === application.id) return logo(size);
  return h("span", { class: `avatar ${size} person-${members.findIndex((m) => m.id === user.id)}`, "aria-hidden": "true" }, nameOf(user)[0]);
}

// A Channel draws messages into log. on has press(entry, component, values, element), dismiss(entry) and
// menu(entry, button); commandName(name) says what a command is called in the member's language.
export class Channel {
  constructor(log, scroller, on) {
    this.log = log;
    this.scroller = scroller;
    this.on = on;
  }

  // show draws a room from its start, as who sees it.
  show(room, who) {
    this.room = room;
    this.who = who;
    // Switching rooms is no news: screen readers are not told every message again.
    this.log.setAttribute("aria-live", "off");
    this.log.replaceChildren(...room.messages.filter((e) => this.sees(e)).map((e) => this.drawEntry(e)));
    setTimeout(() => this.log.setAttribute("aria-live", "polite"), 100);
    this.toEnd();
  }

  sees(entry) {
    return !(entry.message.flags & flags.ephemeral) || entry.audience === this.who.id;
  }

  // add draws a message that just came.
  add(entry) {
    if (!this.sees(entry)) return;
    this.log.append(this.drawEntry(entry));
    this.toEnd();
    this.reveal(entry);
  }

  // reveal brings a message into view; one that is longer than the screen, by its start.
  reveal(entry) {
    const long = entry.element.offsetHeight > this.scroller.clientHeight;
    entry.element.scrollIntoView({ block: long ? "start" : "nearest" });
  }

  // redraw draws a message again that has changed, and keeps the focus where it was.
  redraw(entry) {
    const old = entry.element;
    const atEnd = this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < 40;
    const inside = old.contains(document.activeElement);
    const controls = [...old.querySelectorAll("button, a")];
    const focused = controls.indexOf(document.activeElement);
    const id = document.activeElement?.dataset.customId;
    old.replaceWith(this.drawEntry(entry));
    if (!inside) {
      if (atEnd) this.reveal(entry);
      return;
    }
    const now = [...entry.element.querySelectorAll("button:not(:disabled), a")];
    const same = now.find((c) => id && c.dataset.customId === id) ?? now[Math.min(focused, now.length - 1)];
    same?.focus({ preventScroll: true });
    this.reveal(entry);
  }

  remove(entry) {
    entry.element?.remove();
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  // busy shows that a component of a message was used, until its reply came.
  busy(entry, element, on) {
    entry.element.toggleAttribute("data-busy", on);
    element?.classList.toggle("loading", on);
  }

  drawEntry(entry) {
    const m = entry.message;
    const title = newID("author");
    const when = new Date(m.timestamp);
    const time = h("time", { datetime: when.toISOString() }, new Intl.DateTimeFormat(currentLocale(), { hour: "2-digit", minute: "2-digit" }).format(when));
    const hidden = Boolean(m.flags & flags.ephemeral);
    const node = h("article", { class: "message", "aria-labelledby": title, "data-id": m.id },
      this.origin(m),
      avatar(m.author),
      h("div", { class: "body" },
        h("header", {}, h("span", { id: title, class: m.author.bot ? "author app" : "author" }, nameOf(m.author)),
          m.author.bot && h("span", { class: "tag" }, say("app")), time),
        this.content(entry, m),
        entry.failed && h("p", { class: "failed", role: "alert" }, say("failed")),
        hidden && this.privacy(entry)),
      !entry.thinking && this.toolbar(entry));
    if (hidden) node.classList.add("private");
    node.addEventListener("contextmenu", (event) => {
      if (entry.thinking || event.target.closest("a")) return;
      event.preventDefault();
      this.on.menu(entry, node.querySelector(".toolbar button"));
    });
    entry.element = node;
    return node;
  }

  content(entry, m) {
    if (entry.thinking) return h("p", { class: "thinking" }, say("thinking", { name: nameOf(m.author) }));
    const env = { names, files: entry.files, press: (c, values, element) => this.on.press(entry, c, values, element) };
    const nodes = m.components.map((c) => draw(c, env));
    if (m.content) nodes.unshift(h("div", { class: "text" }, markdown(m.content, names)));
    if (m.edited_timestamp && !(m.flags & flags.ephemeral)) nodes.push(h("small", { class: "edited" }, say("edited")));
    return h("div", { class: "content" }, nodes);
  }

  // origin is the line above a reply: who did what that it answers.
  origin(m) {
    const by = m.interaction_metadata;
    if (!by) return null;
    if (m.message_reference) {
      const target = this.room.messages.find((e) => e.message.id === m.message_reference.message_id)?.message;
      const said = target ? markdown(textOf(target).split("\n")[0], names).textContent : say("gone");
      return h("p", { class: "origin" }, avatar(target?.author ?? application, "tiny"), h("b", {}, target ? nameOf(target.author) : ""), h("span", { class: "said" }, said));
    }
    return h("p", { class: "origin" }, avatar(by.user, "tiny"), h("b", {}, nameOf(by.user)), ` ${say("used")} `, h("span", { class: "used" }, `/${this.on.commandName(by.name)}`));
  }

  privacy(entry) {
    return h("footer", { class: "privacy" }, icon(paths.eye), h("span", {}, say("onlyYou")), " · ",
      h("button", { type: "button", class: "link", onclick: () => this.on.dismiss(entry) }, say("dismiss")));
  }

  toolbar(entry) {
    return h("div", { class: "toolbar" }, h("button", {
      type: "button", class: "icon-button", "aria-label": say("actions"), "aria-haspopup": "menu", "aria-expanded": "false",
      onclick: (event) => this.on.menu(entry, event.currentTarget),
    }, icon(paths.more)));
  }
}

// copy puts the text of a message on the clipboard.
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    announce(say("copied"));
  } catch {
    // A browser that does not let pages write there has told its user so.
  }
}
