// Building blocks of the page: elements, and the texts of words.json.

// h returns an element. Attributes that begin with "on" are listeners; a value of false, null or
// undefined leaves its attribute out. Children are nodes or text: text never becomes markup.
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "style") for (const [k, v] of Object.entries(value)) element.style.setProperty(k, v);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

// icon returns a drawing of lines on a field of 24 by 24, hidden from screen readers.
export function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

// logo returns the application's picture, drawn here so that it does not have to be fetched for each message.
export function logo(size = "") {
  const picture = icon("M18.5 12.5 11 20l7.5 7.5M28.5 12.5 21 20l7.5 7.5");
  picture.setAttribute("viewBox", "0 0 40 40");
  picture.setAttribute("class", `avatar logo ${size}`);
  return picture;
}

// Paths for icon.
export const paths = {
  eye: "M2 12s4-7 10-7 10 7 10 7-4 7-10 7-10-7-10-7zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
  link: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
  close: "M6 6l12 12M18 6L6 18",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  down: "M6 9l6 6 6-6",
  send: "M4 12h14M12 5l7 7-7 7",
  check: "M5 12l5 5 9-10",
  slash: "M16 4L8 20",
  plus: "M12 5v14M5 12h14",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
};

let words = { fr: {}, en: {} };
let locale = "fr";

// loadWords reads the texts. It must have ended before say is called.
export async function loadWords() {
  words = await (await fetch("words.json")).json();
}

// setLocale chooses the language of say, by one of Discord's locales.
export function setLocale(l) {
  locale = l;
  document.documentElement.lang = language();
}

export const language = () => (locale === "fr" ? "fr" : "en");
export const currentLocale = () => locale;

// say returns the text of a key, with {names} in it replaced by values.
export function say(key, values = {}) {
  const text = words[language()][key];
  if (text === undefined) throw new Error(`no text for ${key}`);
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

// translate fills in the texts that the document asks for by data-word and data-label.
export function translate(root) {
  for (const element of root.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);
  for (const element of root.querySelectorAll("[data-label]")) element.setAttribute("aria-label", say(element.dataset.label));
}

// number writes a number as the language does, one below 0 with a minus sign: as wide as a plus.
export const number = (n, digits = 0) =>
  new Intl.NumberFormat(currentLocale(), { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(n).replace("-", "−");

let announced = 0;

// announce has screen readers say something that only shows otherwise.
export function announce(text) {
  const status = document.getElementById("status");
  const mine = ++announced;
  status.textContent = "";
  setTimeout(() => { if (mine === announced) status.textContent = text; }, 50);
}

let ids = 0;

// newID returns an ID for an element.
export const newID = (name) => `${name}-${++ids}`;
