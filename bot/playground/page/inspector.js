// The panel behind the scenes: both bodies of an interaction, and the reasons of the ranking.

import { copy } from "./channel.js";
import { flags, types } from "./discord.js";
import { h, icon, newID, number, paths, say } from "./dom.js";

// kept is how many exchanges the panel remembers.
const kept = 50;

// features shown before the others are unfolded.
const heaviest = 8;

// An Inspector fills aside. post(path, body) asks the server.
export class Inspector {
  constructor(aside, post, close) {
    this.aside = aside;
    this.post = post;
    this.close = close;
    this.exchanges = [];
    this.tab = "reasons";
    this.asked = null; // the last question that the articles were asked
    this.reasons = null; // what is known of why, a promise
    this.draw();
  }

  // add notes an exchange: {request, response, asked, microseconds}.
  add(exchange) {
    this.exchanges.unshift(exchange);
    this.exchanges.length = Math.min(this.exchanges.length, kept);
    this.shown = exchange;
    if (exchange.asked && exchange.request.type !== types.autocomplete) {
      this.asked = exchange.asked;
      this.reasons = null;
    }
    if (!this.aside.hidden) this.draw();
  }

  show(on) {
    this.aside.hidden = !on;
    if (on) this.draw();
  }

  draw() {
    const keep = document.activeElement?.id;
    const head = h("header", { class: "bar" }, h("h2", {}, say("inspector")),
      h("button", { type: "button", class: "icon-button", "aria-label": say("closeInspector"), onclick: this.close }, icon(paths.close)));
    this.aside.replaceChildren(head, this.picker(), this.tabs(), this.panel());
    if (keep && this.aside.querySelector(`#${CSS.escape(keep)}`)) this.aside.querySelector(`#${CSS.escape(keep)}`).focus();
  }

  // picker chooses the exchange whose bodies are shown.
  picker() {
    if (!this.exchanges.length) return h("p", { class: "hint" }, say("noExchange"));
    const select = h("select", { id: "exchange", "aria-label": say("exchange") },
      this.exchanges.map((e, i) => h("option", { value: String(i), selected: e === this.shown }, title(e))));
    select.addEventListener("change", () => { this.shown = this.exchanges[Number(select.value)]; this.draw(); });
    return h("div", { class: "picker" }, select, this.shown.response && h("p", { class: "hint" }, say("took", {
      time: number(this.shown.microseconds / 1000, 1), size: number(new TextEncoder().encode(JSON.stringify(this.shown.response)).length),
    })));
  }

  tabs() {
    const all = { reasons: say("tabReasons"), request: say("tabRequest"), response: say("tabResponse") };
    const list = h("div", { class: "tabs", role: "tablist", "aria-label": say("inspector") }, Object.entries(all).map(([key, label]) => h("button", {
      type: "button", role: "tab", id: `tab-${key}`, "aria-controls": "inspector-panel", "aria-selected": String(key === this.tab),
      tabindex: key === this.tab ? "0" : "-1", onclick: () => this.open(key),
    }, label)));
    list.addEventListener("keydown", (event) => {
      const keys = Object.keys(all);
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      this.open(keys[(keys.indexOf(this.tab) + step + keys.length) % keys.length]);
    });
    return list;
  }

  open(tab) {
    this.tab = tab;
    this.draw();
    this.aside.querySelector(`#tab-${tab}`).focus();
  }

  panel() {
    const panel = h("div", { class: "panel", role: "tabpanel", id: "inspector-panel", "aria-labelledby": `tab-${this.tab}`, tabindex: "0" });
    if (this.tab === "reasons") this.drawReasons(panel);
    else panel.append(...this.body(this.shown?.[this.tab]));
    return panel;
  }

  body(value) {
    if (value === undefined) return [];
    const text = JSON.stringify(value, null, 2);
    return [h("button", { type: "button", class: "button secondary small", onclick: () => copy(text) }, say("copyJSON")), h("pre", { class: "json" }, colored(text))];
  }

  async drawReasons(panel) {
    if (!this.asked) {
      panel.append(h("p", { class: "hint" }, say("noReasons")));
      return;
    }
    this.reasons ??= this.post("reasons", this.asked);
    try {
      panel.replaceChildren(...drawReasons(await this.reasons));
    } catch {
      this.reasons = null;
      panel.replaceChildren(h("p", { class: "hint" }, say("reasonsFailed")));
    }
  }
}

// title names an exchange on one line.
function title({ request, response }) {
  const kind = { 2: "command", 3: "component", 4: "autocomplete", 5: "modal" }[request.type];
  const what = request.data.name ? `${request.data.type === 3 ? "" : "/"}${request.data.name}` : request.data.custom_id;
  return `${say(kind)} ${what} → ${replyName(response)}`;
}

function replyName(response) {
  switch (response?.type) {
    case undefined: return say("replyFailed");
    case 4: return say(response.data.flags & flags.ephemeral ? "replyPrivate" : "replyMessage");
    case 7: return say("replyUpdate");
    case 8: return say("replyChoices", { count: response.data.choices.length });
    case 9: return say("replyModal");
  }
  return say("replyOther", { type: response.type });
}

const token = /("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

// colored returns JSON text as nodes, its names and values told apart.
function colored(text) {
  const nodes = [];
  let last = 0;
  for (const m of text.matchAll(token)) {
    nodes.push(text.slice(last, m.index));
    const kind = m[2] ? "name" : m[1] ? "string" : "atom";
    nodes.push(h("span", { class: kind }, m[1] ?? m[0]), m[2] ?? "");
    last = m.index + m[0].length;
  }
  nodes.push(text.slice(last));
  return nodes;
}

function drawReasons(why) {
  const percent = (p) => number(p * 100);
  const sure = h("div", { class: `meter ${why.outcome}`, role: "img", "aria-label": `${say("confidence", { value: percent(why.confidence) })}, ${say("limit", { value: percent(why.limit) })}` },
    h("div", { class: "fill", style: { "--part": why.confidence } }), h("div", { class: "mark", style: { "--part": why.limit } }));
  return [
    h("h3", { class: "asked" }, why.question),
    h("p", { class: "verdict" }, h("span", { class: `badge ${why.outcome}` }, say(why.outcome)), ` ${say("kind", { kind: say(`kind_${why.kind}`) })}`),
    sure,
    h("p", { class: "hint" }, `${say("confidence", { value: percent(why.confidence) })} · ${say("limit", { value: percent(why.limit) })}`),
    h("ol", { class: "sentences" }, why.sentences.map((s, i) => h("li", {}, drawSentence(s, i)))),
  ];
}

function drawSentence(s, i) {
  return h("details", { open: i === 0 },
    h("summary", {}, h("span", { class: "place" }, say("sentence", s), " · ", say("score", { value: number(s.score, 2) })), h("q", {}, s.text)),
    s.features.some((f) => f.share !== 0) && h("p", { class: "hint" }, say(i === 0 ? "versusSecond" : "versusFirst")),
    table(s.features.slice(0, heaviest), s.features),
    h("details", { class: "others" }, h("summary", {}, say("allFeatures", { count: s.features.length - heaviest })), table(s.features.slice(heaviest), s.features)));
}

function table(features, all) {
  const most = Math.max(...all.map((f) => Math.abs(f.share)), 1e-9);
  const id = newID("features");
  return h("table", { id },
    h("thead", {}, h("tr", {}, ["feature", "value", "other", "share"].map((key) => h("th", { scope: "col" }, say(key))))),
    h("tbody", {}, features.map((f) => h("tr", {}, h("th", { scope: "row" }, f.name), h("td", {}, number(f.value, 2)), h("td", {}, number(f.other, 2)),
      h("td", { class: `share ${f.share < 0 ? "less" : "more"}`, style: { "--part": Math.abs(f.share) / most } }, `${f.share > 0 ? "+" : ""}${number(f.share, 2)}`)))));
}
