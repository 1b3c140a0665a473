// Draws Discord's Markdown as nodes. Text only ever becomes text nodes: nothing of a message is read as
// HTML. What Discord does not know (tables, images, rules) stays text.
//
// Source, read in November 2026: https://support.discord.com/hc/en-us/articles/210298617.

import { channelNames } from "./discord.js";
import { h, say, currentLocale } from "./dom.js";

// markdown returns a message's text as nodes. names maps the IDs of members to what they are called.
export function markdown(text, names = {}) {
  const fragment = document.createDocumentFragment();
  fragment.append(...blocks(text, { names, quoted: false }));
  return fragment;
}

// blocks returns the blocks of text, from top to bottom.
function blocks(text, env) {
  const lines = text.split("\n");
  const nodes = [];
  let plain = [];
  const flush = () => {
    if (plain.length) nodes.push(h("div", { class: "plain" }, inline(plain.join("\n"), env)));
    plain = [];
  };
  for (let i = 0; i < lines.length; ) {
    const block = blockAt(lines, i, env);
    if (!block) {
      plain.push(lines[i++]);
      continue;
    }
    flush();
    nodes.push(block.node);
    i = block.next;
  }
  flush();
  return nodes;
}

const heading = /^(#{1,3}) +(?=\S)/;
const bullet = /^( *)([-*]|\d{1,9}\.) +(?=\S)/;

// blockAt returns the block that begins on a line, and the line after it; nothing for plain text.
function blockAt(lines, i, env) {
  const line = lines[i];
  if (line.startsWith("```")) return fence(lines, i);
  if (!env.quoted && line.startsWith(">>> ")) {
    const rest = [line.slice(4), ...lines.slice(i + 1)].join("\n");
    return { node: h("blockquote", {}, blocks(rest, { ...env, quoted: true })), next: lines.length };
  }
  if (!env.quoted && line.startsWith("> ")) {
    let next = i;
    while (next < lines.length && lines[next].startsWith("> ")) next++;
    const inner = lines.slice(i, next).map((l) => l.slice(2)).join("\n");
    return { node: h("blockquote", {}, blocks(inner, { ...env, quoted: true })), next };
  }
  const m = heading.exec(line);
  if (m) return { node: h("h3", { class: `size-${m[1].length}` }, inline(line.slice(m[0].length), env)), next: i + 1 };
  if (/^-# +\S/.test(line)) return { node: h("small", {}, inline(line.replace(/^-# +/, ""), env)), next: i + 1 };
  if (bullet.test(line)) return list(lines, i, env);
  return null;
}

function fence(lines, i) {
  const rest = lines.slice(i).join("\n").slice(3);
  const end = rest.indexOf("```");
  if (end < 0) return null;
  const code = rest.slice(0, end).replace(/^\w*\n/, "");
  const last = i + rest.slice(0, end).split("\n").length - 1;
  const tail = rest.slice(end + 3).split("\n")[0];
  if (tail.trim() !== "") lines[last] = tail;
  return { node: h("pre", {}, h("code", {}, code)), next: tail.trim() === "" ? last + 1 : last };
}

// list returns the list that begins on a line, with those nested in it by indentation.
function list(lines, i, env) {
  const [, indent, marker] = bullet.exec(lines[i]);
  const ordered = marker.endsWith(".");
  const node = ordered ? h("ol", { start: parseInt(marker, 10) }) : h("ul");
  while (i < lines.length) {
    const m = bullet.exec(lines[i]);
    if (!m || m[1].length < indent.length) break;
    if (m[1].length > indent.length + 1 && node.lastChild) {
      const nested = list(lines, i, env);
      node.lastChild.append(nested.node);
      i = nested.next;
      continue;
    }
    if (m[2].endsWith(".") !== ordered) break;
    node.append(h("li", {}, inline(lines[i].slice(m[0].length), env)));
    i++;
  }
  return { node, next: i };
}

// rules are what may begin at a character of a line, in the order in which they are tried.
const rules = [
  [/\\([^0-9A-Za-z\s])/y, (m) => m[1]],
  [/(`+)([\s\S]*?[^`])\1(?!`)/y, (m) => h("code", {}, m[2].trim() || m[2])],
  [/<(https?:\/\/[^\s<>]+)>/y, (m) => link(m[1], m[1])],
  [/\[((?:\\.|[^\\[\]\n])+)\]\(<?(https?:\/\/[^\s()<>]+)>?\)/y, (m, env) => link(m[2], inline(m[1], env))],
  [/https?:\/\/[^\s<]+[^\s<.,:;"')\]]/y, (m) => link(m[0], m[0])],
  [/<@!?(\d+)>/y, (m, env) => h("span", { class: "mention" }, `@${env.names[m[1]] ?? m[1]}`)],
  [/<#(\d+)>/y, (m) => h("span", { class: "mention" }, `#${channelNames[m[1]] ?? m[1]}`)],
  [/<t:(-?\d{1,13})(?::[tTdDfFR])?>/y, (m) => time(Number(m[1]))],
  [/<a?(:\w+:)\d+>/y, (m) => m[1]],
  [/\*\*\*((?:\\[\s\S]|[^\\])+?)\*\*\*(?!\*)/y, (m, env) => h("em", {}, h("strong", {}, inline(m[1], env)))],
  [/\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/y, (m, env) => h("strong", {}, inline(m[1], env))],
  [/__((?:\\[\s\S]|[^\\])+?)__(?!_)/y, (m, env) => h("u", {}, inline(m[1], env))],
  [/\*(?![\s*])((?:\\[\s\S]|[^\\*])+?)\*(?!\*)/y, (m, env) => h("em", {}, inline(m[1], env))],
  [/_(?!_)((?:\\[\s\S]|[^\\_])+?)_(?![\w])/y, (m, env) => h("em", {}, inline(m[1], env))],
  [/~~((?:\\[\s\S]|[^\\])+?)~~/y, (m, env) => h("s", {}, inline(m[1], env))],
  [/\|\|((?:\\[\s\S]|[^\\])+?)\|\|/y, (m, env) => spoiler(inline(m[1], env))],
];

// inline returns the nodes of text that is on one line, or on lines of one block.
function inline(text, env) {
  const nodes = [];
  let plain = "";
  const flush = () => {
    if (plain) nodes.push(document.createTextNode(plain));
    plain = "";
  };
  scan: for (let i = 0; i < text.length; ) {
    for (const [rule, draw] of rules) {
      rule.lastIndex = i;
      const m = rule.exec(text);
      if (!m) continue;
      const next = rule.lastIndex; // drawing may use the rule again
      const drawn = draw(m, env);
      if (typeof drawn === "string") plain += drawn;
      else {
        flush();
        nodes.push(drawn);
      }
      i = next;
      continue scan;
    }
    const word = /^[\p{L}\p{N}]+/u.exec(text.slice(i, i + 64)); // « _ » within a word is no emphasis
    const run = word && !text.startsWith("http", i) ? word[0] + (/^_+(?=[\p{L}\p{N}])/u.exec(text.slice(i + word[0].length))?.[0] ?? "") : text[i];
    plain += run;
    i += run.length;
  }
  flush();
  return nodes;
}

// link returns a link to an address of the web, text when it is none.
function link(address, content) {
  if (!URL.canParse(address)) return h("span", {}, content);
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer nofollow", title: address }, content);
}

function time(seconds) {
  const date = new Date(seconds * 1000);
  const text = new Intl.DateTimeFormat(currentLocale(), { dateStyle: "long", timeStyle: "short" }).format(date);
  return h("time", { datetime: date.toISOString() }, text);
}

function spoiler(content) {
  const text = h("span", {}, content);
  const cover = h("button", { type: "button", class: "spoiler", "aria-label": say("spoiler"), "aria-expanded": "false" }, text);
  cover.addEventListener("click", () => cover.replaceWith(h("span", { class: "spoiler shown" }, content)));
  return cover;
}
