// Pages that look otherwise -> the changed spots are marked for a moment, and can be followed.

import { get } from "./requests.js";
import { remember, recall } from "./memory.js";

const SHOWN = 2600; // milliseconds for which a mark stays; page.css fades it within them
const MARGIN = 3; // CSS pixels around a changed spot

export class Changes {
  constructor(viewport) {
    this.viewport = viewport;
    this.button = document.getElementById("change-button");
    this.words = document.getElementById("change-words");
    this.follow = recall("follow", false);
    this.target = null;
    this.waiting = new Map();
    viewport.listeners.push((view) => this.drawn(view));
    viewport.element.addEventListener("scroll", () => this.showButton(), { passive: true });
    this.showFollow();
  }

  // Takes what the viewport says of a new state of the pages.
  note({ changed, fresh, first }) {
    if (first) return;
    const real = changed.filter((view) => !view.wasProvisional && !view.firstPaint); // the change was told with the provisional page
    for (const view of real) {
      view.lastChange = { before: view.former, after: view.content, areas: null };
      this.waiting.set(view, view.lastChange);
    }
    const worded = real.filter((view) => view.formerLayout !== view.layout);
    const main = [...(worded.length > 0 || fresh.length > 0 ? [...worded, ...fresh] : real)];
    main.sort((one, other) => one.number - other.number);
    if (main.length === 0) return;
    this.target = main.find((view) => this.viewport.seen(view)) ?? main[0];
    if (this.follow) this.go();
    this.showButton();
  }

  // A picture came: if its page changed, marks the spots.
  async drawn(view) {
    const change = this.waiting.get(view);
    if (!change || !this.viewport.seen(view) || view.element.dataset.shown !== view.content) return;
    this.waiting.delete(view);
    this.mark(view, await this.areasOf(change));
  }

  async areasOf(change) {
    change.areas ??= (await get(`cambios/${change.before}/${change.after}`).catch(() => null)) ?? [];
    return change.areas;
  }

  mark(view, areas) {
    const marks = areas.map(([left, top, width, height]) => {
      const mark = document.createElement("div");
      mark.className = "mark";
      const size = (value) => `${(100 * value).toFixed(3)}%`;
      mark.style.left = `calc(${size(left)} - ${MARGIN}px)`;
      mark.style.top = `calc(${size(top)} - ${MARGIN}px)`;
      mark.style.width = `calc(${size(width)} + ${2 * MARGIN}px)`;
      mark.style.height = `calc(${size(height)} + ${2 * MARGIN}px)`;
      return mark;
    });
    view.marks.replaceChildren(...marks);
    clearTimeout(view.marksTimer);
    view.marksTimer = setTimeout(() => view.marks.replaceChildren(), SHOWN);
  }

  // Goes to the last change and marks it.
  async go() {
    const view = this.target;
    if (!view?.element.isConnected) return;
    const change = this.waiting.get(view) ?? view.lastChange;
    this.waiting.delete(view);
    const areas = change ? await this.areasOf(change) : [];
    const box = this.viewport.element.getBoundingClientRect();
    const top = areas.length > 0 ? areas[0][1] * view.height : 0;
    const line = view.element.getBoundingClientRect().top + top * view.scale;
    if (line < box.top + 20 || line > box.bottom - 80) this.viewport.goToPage(view.number, top, box.height / 3);
    this.mark(view, areas);
    this.showButton();
  }

  showButton() {
    const view = this.target;
    const hidden = !view?.element.isConnected || this.viewport.seen(view) !== null;
    if (this.button.hidden !== hidden) this.button.hidden = hidden;
    if (hidden) return;
    const words = `Cambio en la p. ${view.number}`;
    if (this.words.textContent !== words) this.words.textContent = words;
    this.button.setAttribute("aria-label", `Ir al cambio, en la página ${view.number}`);
  }

  toggleFollow() {
    this.follow = !this.follow;
    remember("follow", this.follow);
    this.showFollow();
    if (this.follow) this.go();
  }

  showFollow() {
    document.getElementById("follow").setAttribute("aria-pressed", String(this.follow));
  }
}
