// The size of the pages: a fixed one, or one that follows the window.

import { remember, recall } from "./memory.js";

const STEPS = [0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5, 6, 8];
const PIXELS_PER_POINT = 96 / 72;
const FITS = ["comfort", "width", "page"];
const COMFORT = 1.25; // to the window's width, but no larger than this

export class Zoom {
  constructor(viewport) {
    this.viewport = viewport;
    this.choice = recall("zoom", "comfort");
    if (!FITS.includes(this.choice) && !(this.choice >= STEPS[0] && this.choice <= STEPS.at(-1))) this.choice = "comfort";
    this.button = document.getElementById("zoom");
    viewport.element.addEventListener("wheel", (event) => this.turnWheel(event), { passive: false });
  }

  // CSS pixels for a point.
  get scale() {
    return this.factor * PIXELS_PER_POINT;
  }

  // Works the size out anew, for the window and the pages that there are.
  settle() {
    this.factor = this.factorOf(this.choice);
    this.show();
  }

  factorOf(choice) {
    if (!FITS.includes(choice)) return choice;
    const [width, height] = this.viewport.pageSize();
    const room = this.viewport.room();
    const across = room.width / (width * PIXELS_PER_POINT);
    const down = room.height / (height * PIXELS_PER_POINT);
    const factor = { comfort: Math.min(COMFORT, across), width: across, page: Math.min(across, down) }[choice];
    return Math.max(STEPS[0], Math.min(STEPS.at(-1), factor));
  }

  // Sets a factor or a way to fit; the point of the window that is given (or its middle) stays where it is.
  set(choice, point = null) {
    this.choice = choice;
    remember("zoom", choice);
    this.viewport.keepingPoint(point, () => {
      this.settle();
      this.viewport.resize();
    });
  }

  step(direction) {
    const factor = this.factor;
    const next = direction > 0 ? STEPS.find((step) => step > factor * 1.01) : STEPS.findLast((step) => step < factor * 0.99);
    if (next !== undefined) this.set(next);
  }

  nextFit() {
    this.set(FITS[(FITS.indexOf(this.choice) + 1) % FITS.length]);
  }

  turnWheel(event) {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const factor = this.factor * Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0022));
    this.set(Math.max(STEPS[0], Math.min(STEPS.at(-1), factor)), { x: event.clientX, y: event.clientY });
  }

  show() {
    const words = `${Math.round(this.factor * 100)} %`;
    const fit = { comfort: "cómodo", width: "al ancho", page: "página entera" }[this.choice];
    this.button.textContent = words;
    this.button.setAttribute("aria-label", `Tamaño: ${words}${fit ? `, ${fit}` : ""}. Cambiar el ajuste`);
  }
}
