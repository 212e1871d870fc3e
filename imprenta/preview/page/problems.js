// The problems of the report, each with its place, its line and a hint; one click opens the place in the editor.

import { openPlace } from "./requests.js";

const NARROW = "(max-width: 820px)";

export class Problems {
  constructor() {
    this.panel = document.getElementById("problems");
    this.button = document.getElementById("state");
    this.list = document.getElementById("problem-list");
    this.told = "[]";
    this.errors = 0;
  }

  // Shows problems, and why nothing could be built at all (or null). The panel opens by itself for new errors.
  show(problems, stop) {
    const told = JSON.stringify([problems, stop]);
    if (told === this.told) return;
    this.told = told;
    this.list.replaceChildren(...(stop ? [makeStop(stop)] : []), ...problems.map(makeProblem));
    const total = problems.length + (stop ? 1 : 0);
    document.getElementById("no-problems").hidden = total > 0;
    const errors = problems.filter((problem) => problem.severity === "error").length + (stop ? 1 : 0);
    if (errors > this.errors && !matchMedia(NARROW).matches && this.panel.hidden) {
      this.open();
      this.byItself = true;
    }
    if (total === 0 && this.byItself) this.close();
    this.errors = errors;
  }

  showKept(kept) {
    document.getElementById("kept").hidden = !kept;
  }

  toggle() {
    if (this.panel.hidden) this.open();
    else this.close();
  }

  open() {
    this.panel.hidden = false;
    this.byItself = false;
    this.button.setAttribute("aria-expanded", "true");
  }

  close() {
    if (this.panel.hidden) return false;
    this.panel.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
    return true;
  }
}

function make(name, className, ...content) {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...content);
  return element;
}

const write = ({ path, line, column }) => `${path}:${line}:${column}`;

function makeProblem(problem) {
  const item = make("li", `problem ${problem.severity}`);
  const open = make(
    "button", "open",
    make("span", "head", make("span", "severity", problem.severity), make("span", "where", write(problem.place))),
    make("span", "message", problem.message),
  );
  if (problem.line.trim()) open.append(makeLine(problem));
  if (problem.hint) open.append(make("span", "hint", make("b", "", "pista: "), problem.hint));
  open.title = "Abrir en el editor";
  item.append(open);
  for (const { place, remark } of problem.related) {
    const also = make("button", "related", make("span", "where", write(place)), ` ${remark}`);
    also.addEventListener("click", () => openAndTell(place, item));
    item.append(also);
  }
  const failure = make("p", "failure");
  failure.setAttribute("role", "status");
  item.append(failure);
  open.addEventListener("click", () => openAndTell(problem.place, item));
  item.append(make("span", "code", problem.code));
  return item;
}

// The author's line, cut around the place if it is long, with the place marked.
function makeLine({ line, place, end }) {
  const letters = [...line];
  const start = Math.min(place.column - 1, letters.length);
  const stop = Math.max(start, Math.min(end - 1, letters.length));
  const cut = start > 46 ? start - 24 : letters.length - letters.join("").trimStart().length;
  const before = (start > 46 ? "…" : "") + letters.slice(Math.min(cut, start), start).join("");
  const after = letters.slice(stop, stop + 60).join("") + (letters.length > stop + 60 ? "…" : "");
  return make(
    "span", "line", make("span", "line-number", String(place.line)),
    make("span", "line-words", before, make("mark", "", letters.slice(start, stop).join("") || " "), after),
  );
}

function makeStop({ message, hint }) {
  const item = make("li", "problem error", make("span", "message", message));
  if (hint) item.append(make("span", "hint", make("b", "", "pista: "), hint));
  return item;
}

async function openAndTell(place, item) {
  item.querySelector(".failure").textContent = await openPlace(place);
}
