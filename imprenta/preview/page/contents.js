// The contents of the report, to jump by.

import { get } from "./requests.js";

export class Contents {
  constructor(viewport) {
    this.viewport = viewport;
    this.panel = document.getElementById("contents");
    this.button = document.getElementById("contents-button");
    this.list = document.getElementById("headings");
    this.entries = [];
    viewport.element.addEventListener("scroll", () => this.showPlace(), { passive: true });
  }

  async refresh(revision) {
    this.revision = revision;
    if (this.titled && this.panel.hidden) return; // it is asked for when the panel opens
    const found = await get("contenido").catch(() => null);
    if (found === null || this.revision !== revision) return;
    const { title, entries } = found;
    this.showTitle(title);
    if (JSON.stringify(entries) === JSON.stringify(this.entries)) return;
    this.entries = entries;
    this.links = entries.map(([level, title, page, top]) => this.makeLink(level, title, page, top));
    this.list.replaceChildren(...this.links.map((link) => link.parentElement));
    document.getElementById("no-headings").hidden = entries.length > 0;
    this.showPlace();
  }

  showTitle(title) {
    if (!title) return;
    this.titled = true;
    document.getElementById("title").textContent = title;
    document.title = `${title} · vista previa`;
  }

  makeLink(level, title, page, top) {
    const item = document.createElement("li");
    item.className = `level-${Math.min(level, 3)}`;
    const link = document.createElement("a");
    link.href = `#pagina-${page}`;
    const words = document.createElement("span");
    words.textContent = title;
    const number = document.createElement("span");
    number.className = "number";
    number.textContent = page;
    number.setAttribute("aria-label", `página ${page}`);
    link.append(words, number);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      this.viewport.goToPage(page, top, 40);
      if (matchMedia("(max-width: 820px)").matches) this.close();
      this.viewport.focus();
    });
    item.append(link);
    return item.firstChild;
  }

  // Marks the heading under which the reader is.
  showPlace() {
    if (this.panel.hidden || this.entries.length === 0) return;
    const box = this.viewport.element.getBoundingClientRect();
    const anchor = this.viewport.anchor(null, box.top + box.height / 3);
    if (!anchor) return;
    const place = this.entries.findLastIndex(
      ([, , page, top]) => page < anchor.number || (page === anchor.number && top <= anchor.top),
    );
    if (this.current === this.links[place]) return;
    this.current?.removeAttribute("aria-current");
    this.current = this.links[place];
    this.current?.setAttribute("aria-current", "location");
    this.current?.scrollIntoView({ block: "nearest" });
  }

  toggle() {
    if (this.panel.hidden) this.open();
    else this.close();
  }

  open() {
    this.panel.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
    this.refresh(this.revision);
  }

  close() {
    if (this.panel.hidden) return false;
    this.panel.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
    return true;
  }
}
