// A click on a page -> the file and line that it comes from; Enter or a second click opens them in the editor.

import { openPlace, post } from "./requests.js";

export class Places {
  constructor(viewport) {
    this.viewport = viewport;
    this.strip = document.getElementById("place");
    this.words = document.getElementById("place-words");
    this.button = document.getElementById("place-open");
    this.chosen = null;
    viewport.list.addEventListener("click", (event) => this.choose(event));
    viewport.list.addEventListener("dblclick", (event) => this.openAt(event));
  }

  async choose(event) {
    if (event.detail > 1 || event.button !== 0 || event.target.closest("a")) return;
    if (!getSelection().isCollapsed) return; // the end of a selection is no question
    this.asking = this.ask(event);
    await this.asking;
  }

  async ask(event) {
    const view = this.viewport.sheetOf(event.target);
    if (!view) return;
    const box = view.element.getBoundingClientRect();
    const point = { x: (event.clientX - box.left) / view.scale, y: (event.clientY - box.top) / view.scale };
    const place = await post("lugar", { page: view.number, ...point });
    this.chosen = place && !place.error ? place : null;
    if (place?.error) this.say(`No se pudo preguntar: ${place.error}.`);
    else this.say(place ? "" : "No se sabe de qué línea viene este punto.");
  }

  say(words) {
    this.strip.hidden = false;
    this.button.hidden = this.chosen === null;
    if (this.chosen && !words) {
      const path = document.createElement("b");
      path.textContent = this.chosen.path;
      this.words.replaceChildren(path, `, línea ${this.chosen.line}`);
    } else {
      this.words.textContent = words;
    }
  }

  async openAt(event) {
    if (event.target.closest("a")) return;
    await this.asking;
    await this.openChosen();
  }

  async openChosen() {
    if (this.chosen === null) return;
    const failure = await openPlace(this.chosen);
    if (failure) this.say(failure);
  }

  close() {
    if (this.strip.hidden) return false;
    this.strip.hidden = true;
    this.chosen = null;
    return true;
  }
}
