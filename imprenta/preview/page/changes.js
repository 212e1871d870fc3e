// Pages that look otherwise -> the changed spots are marked for a moment, and can be followed.

import { get } from "./requests.js";
import { remember, recall } from "./memory.js";

const SHOWN = 2600; // milliseconds for which a mark stays; page.css fades it within them
const MARGIN = 3; // CSS pixels around a changed spot

export class Changes {
  constructor(desk) {
    this.desk = desk;
    this.button = document.getElementById("change-button");
    this.words = document.getElementById("change-words");
    this.follow = recall("follow", false);
    this.target = null;
    this.waiting = new Map();
    desk.listeners.push((sheet) => this.drawn(sheet));
    desk.element.addEventListener("scroll", () => this.showButton(), { passive: true });
    this.showFollow();
  }

  // Takes what the desk says of a new state of the pages.
  note({ changed, fresh, first }) {
    if (first) return;
    const real = changed.filter((sheet) => !sheet.wasProvisional && !sheet.glimpsed); // the change was told with the provisional page
    for (const sheet of real) {
      sheet.lastChange = { before: sheet.former, after: sheet.look, areas: null };
      this.waiting.set(sheet, sheet.lastChange);
    }
    const worded = real.filter((sheet) => sheet.formerKin !== sheet.kin);
    const main = [...(worded.length > 0 || fresh.length > 0 ? [...worded, ...fresh] : real)];
    main.sort((one, other) => one.number - other.number);
    if (main.length === 0) return;
    this.target = main.find((sheet) => this.desk.seen(sheet)) ?? main[0];
    if (this.follow) this.go();
    this.showButton();
  }

  // A picture came: if its page changed, marks the spots.
  async drawn(sheet) {
    const change = this.waiting.get(sheet);
    if (!change || !this.desk.seen(sheet) || sheet.element.dataset.shown !== sheet.look) return;
    this.waiting.delete(sheet);
    this.mark(sheet, await this.areasOf(change));
  }

  async areasOf(change) {
    change.areas ??= (await get(`/cambios/${change.before}/${change.after}`).catch(() => null)) ?? [];
    return change.areas;
  }

  mark(sheet, areas) {
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
    sheet.marks.replaceChildren(...marks);
    clearTimeout(sheet.marksTimer);
    sheet.marksTimer = setTimeout(() => sheet.marks.replaceChildren(), SHOWN);
  }

  // Goes to the last change and marks it.
  async go() {
    const sheet = this.target;
    if (!sheet?.element.isConnected) return;
    const change = this.waiting.get(sheet) ?? sheet.lastChange;
    this.waiting.delete(sheet);
    const areas = change ? await this.areasOf(change) : [];
    const box = this.desk.element.getBoundingClientRect();
    const top = areas.length > 0 ? areas[0][1] * sheet.height : 0;
    const line = sheet.element.getBoundingClientRect().top + top * sheet.scale;
    if (line < box.top + 20 || line > box.bottom - 80) this.desk.goToPage(sheet.number, top, box.height / 3);
    this.mark(sheet, areas);
    this.showButton();
  }

  showButton() {
    const sheet = this.target;
    const hidden = !sheet?.element.isConnected || this.desk.seen(sheet) !== null;
    if (this.button.hidden !== hidden) this.button.hidden = hidden;
    if (hidden) return;
    const words = `Cambio en la p. ${sheet.number}`;
    if (this.words.textContent !== words) this.words.textContent = words;
    this.button.setAttribute("aria-label", `Ir al cambio, en la página ${sheet.number}`);
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
