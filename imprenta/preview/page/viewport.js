// The pages on their viewport: which there are, which are seen, and where the reader is.

import { PageView } from "./page_view.js";
import { Zoom } from "./zoom.js";
import { pairPages } from "./pairing.js";
import { recallInTab, rememberInTab } from "./memory.js";
import { get, post } from "./requests.js";

const SETTLED = 120; // milliseconds without a movement after which the server is told what is seen
const TAB = Math.random().toString(36).slice(2);
const RESTING = 2000; // milliseconds without a change after which texts of far pages are fetched: builds come first
const BETWEEN_TEXTS = 40;
const MARGIN = 12; // CSS pixels kept free above a place that is jumped to
const idle = window.requestIdleCallback ?? ((work) => setTimeout(work, 50));

export class Viewport {
  constructor(element, list) {
    this.element = element;
    this.list = list;
    this.views = [];
    this.zoom = new Zoom(this);
    this.listeners = [];
    this.observer = new IntersectionObserver((entries) => this.comeNear(entries), { root: element, rootMargin: "120% 50%" });
    element.addEventListener("scroll", () => this.moved(), { passive: true });
    new ResizeObserver(() => this.fitAgain()).observe(element);
    this.watchPixels();
    list.addEventListener("click", (event) => this.followLink(event));
    window.addEventListener("pagehide", () => this.keepPlace());
  }

  // Shows these pages in the place of those that are shown. Returns what changed: page views that look otherwise,
  // page views that are new, and whether there were any before.
  show(pages, revision) {
    const first = this.views.length === 0;
    this.restsAt = performance.now() + (first ? 0 : RESTING);
    const anchor = first ? recallInTab("place", null) : this.anchor();
    const old = this.views;
    const pairs = pairPages(old.map((view) => view.layout), pages.map(({ layout }) => layout));
    const changed = [];
    const fresh = [];
    this.views = pages.map((page, index) => {
      const view = pairs[index] >= 0 ? old[pairs[index]] : new PageView(page, index + 1);
      if (pairs[index] < 0) fresh.push(view);
      else if (view.become(page, index + 1)) changed.push(view);
      return view;
    });
    const kept = new Set(this.views);
    for (const view of old.filter((one) => !kept.has(one))) {
      this.observer.unobserve(view.element);
      view.element.remove();
    }
    this.views.forEach((view, index) => {
      if (this.list.children[index] !== view.element) this.list.insertBefore(view.element, this.list.children[index] ?? null);
    });
    if (first || fresh.length > 0 || kept.size !== old.length || this.sizesChanged()) this.zoom.settle();
    this.resize();
    for (const view of fresh) this.observer.observe(view.element);
    if (first) this.restore(anchor);
    else this.moveTo(anchor, old);
    this.drawNear(() => this.tellShown(revision)).then(() => this.fillText()); // pictures first
    document.getElementById("page-total").textContent = this.views.length || "–";
    this.showNumber();
    return { changed, fresh, first };
  }

  sizesChanged() {
    const sizes = this.views.map((view) => `${view.width}×${view.height}`).join();
    const changed = sizes !== this.sizes;
    this.sizes = sizes;
    return changed;
  }

  resize() {
    for (const view of this.views) view.resize(this.zoom.scale);
  }

  // The size that most pages fit into, in points, and the room for one, in CSS pixels.
  pageSize() {
    const first = this.views[0];
    return first ? [first.width, first.height] : [595, 842];
  }

  room() {
    const style = getComputedStyle(this.list);
    const side = Number.parseFloat(style.paddingLeft) + Number.parseFloat(style.paddingRight);
    const gap = Number.parseFloat(style.paddingTop);
    return { width: this.element.clientWidth - side, height: this.element.clientHeight - 2 * gap };
  }

  fitAgain() {
    if (this.views.length === 0) return;
    this.keepingPoint(null, () => {
      this.zoom.settle();
      this.resize();
    });
  }

  watchPixels() {
    const media = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    media.addEventListener("change", () => {
      this.watchPixels();
      this.fitAgain();
    }, { once: true });
  }

  // Where the reader is: the page at the upper part of the window, and the points of it above the window's edge.
  anchor(x = null, y = null) {
    const box = this.element.getBoundingClientRect();
    const line = (y ?? box.top + Math.min(80, box.height / 4)) - box.top + this.element.scrollTop;
    const view = this.views.find((one) => this.topOf(one) + one.element.offsetHeight + 10 >= line) ?? this.views.at(-1);
    if (!view) return null;
    const across = (x ?? box.left + box.width / 2) - view.element.getBoundingClientRect().left;
    return {
      view, number: view.number, line: line - this.element.scrollTop, x: x ?? box.left + box.width / 2,
      top: (line - this.topOf(view)) / view.scale, across: across / view.scale,
    };
  }

  // How far below the top of the viewport a page begins, in CSS pixels.
  topOf(view) {
    return view.element.getBoundingClientRect().top - this.element.getBoundingClientRect().top + this.element.scrollTop;
  }

  // Scrolls to a whole pixel of the screen: between two of them all pictures would be blurred.
  scrollTo(top) {
    const whole = Math.round(top * window.devicePixelRatio) / window.devicePixelRatio;
    if (Math.abs(whole - this.element.scrollTop) >= 0.9 / window.devicePixelRatio) this.element.scrollTop = whole;
  }

  // Puts the anchored point back where it was in the window; if its page is gone, the page that took its place.
  moveTo(anchor, former = []) {
    if (anchor === null) return;
    let view = anchor.view;
    if (!view.element.isConnected) {
      const later = former.slice(former.indexOf(view)).find((one) => one.element.isConnected);
      view = later ?? this.views.at(-1);
      if (!view) return;
    }
    this.scrollTo(this.topOf(view) + anchor.top * view.scale - anchor.line);
  }

  // Does something that changes sizes; a point of the window ({x, y}; without one, the line that is read) stays.
  keepingPoint(point, change) {
    const anchor = this.anchor(point?.x, point?.y);
    change();
    this.moveTo(anchor);
    if (anchor !== null) {
      const view = anchor.view;
      this.element.scrollLeft += view.element.getBoundingClientRect().left + anchor.across * view.scale - anchor.x;
    }
    this.drawNear();
  }

  keepPlace() {
    const anchor = this.anchor();
    if (anchor) rememberInTab("place", { number: anchor.number, top: anchor.top, line: anchor.line });
  }

  restore(place) {
    const view = place && this.views[Math.min(place.number, this.views.length) - 1];
    if (view) this.moveTo({ ...place, view });
  }

  moved() {
    this.showNumber();
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.drawNear();
    });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.tellView();
      this.keepPlace();
    }, SETTLED);
  }

  comeNear(entries) {
    for (const entry of entries) {
      const view = this.views.find((one) => one.element === entry.target);
      if (!view) continue;
      view.near = entry.isIntersecting;
      if (!view.near) view.drop();
    }
    this.drawNear().then(() => this.fillText());
    this.tellView();
  }

  // What of a page the window shows, in CSS pixels from the page's top left; null if nothing.
  seen(view) {
    const box = this.element.getBoundingClientRect();
    const page = view.element.getBoundingClientRect();
    if (page.bottom < box.top || page.top > box.bottom) return null;
    return { left: box.left - page.left, top: box.top - page.top, right: box.right - page.left, bottom: box.bottom - page.top };
  }

  // Draws the pages that are seen, and then those near them; between both, calls `seenDrawn`.
  async drawNear(seenDrawn = () => {}) {
    const seen = this.views.filter((view) => this.seen(view));
    const drawn = (view) => view.draw(this.seen(view) ?? { left: 0, top: 0, right: 1, bottom: 1 }).then((done) => {
      if (done) for (const listener of this.listeners) listener(view);
    });
    await Promise.all(seen.map(drawn));
    seenDrawn();
    const others = this.views.filter((view) => view.near && !this.seen(view)); // the reader may have moved meanwhile
    await Promise.all(others.map(drawn));
  }

  // Fetches the texts: of the near pages at once, of the others while nothing else is to be done.
  async fillText() {
    const near = this.views.filter((view) => view.near && !view.firstPaint && view.layer.content !== view.content);
    await Promise.all(near.map((view) => view.layer.fill(view.content)));
    if (this.filling) return;
    this.filling = true;
    const next = async () => {
      const view = this.views.find((one) => !one.firstPaint && one.layer.content !== one.content);
      if (!view) {
        this.filling = false;
        return;
      }
      if (performance.now() > this.restsAt) await view.layer.fill(view.content);
      setTimeout(() => idle(next), view.layer.content === view.content ? BETWEEN_TEXTS : RESTING);
    };
    idle(next);
  }

  tellView() {
    const tiles = this.views.flatMap((view) => {
      const frame = this.seen(view);
      return frame ? view.tiles(frame).map((tile) => [view.number, ...tile]) : [];
    });
    post("vista", { tab: TAB, tiles: document.hidden ? [] : tiles.slice(0, 32) });
  }

  // Tells the server that the pages are on the screen: it goes on with what would take the time of those who paint.
  tellShown(revision) {
    requestAnimationFrame(() => setTimeout(() => post("visto", { tab: TAB, revision })));
  }

  // The page of which most is seen, the first of those that are seen whole.
  currentNumber() {
    const height = this.element.clientHeight;
    const shares = this.views.map((view) => {
      const frame = this.seen(view);
      const size = view.element.offsetHeight;
      return frame ? (Math.min(frame.bottom, size) - Math.max(frame.top, 0)) / Math.min(size, height) : 0;
    });
    const most = Math.max(...shares);
    return shares.findIndex((share) => share > most - 0.02) + 1;
  }

  showNumber() {
    const input = document.getElementById("page-number");
    if (document.activeElement !== input) input.value = this.currentNumber() || "–";
  }

  turnPage(direction) {
    this.goToPage(this.currentNumber() + direction);
  }

  // Goes to a page (from 1) and a height on it in points from the top; at a height, some room is left above.
  goToPage(number, top = 0, room = MARGIN) {
    const view = this.views[Math.max(1, Math.min(number, this.views.length)) - 1];
    if (!view) return;
    this.scrollTo(this.topOf(view) + top * view.scale - room);
    this.moved();
  }

  async followLink(event) {
    const link = event.target.closest("a[data-link]");
    if (!link) return;
    event.preventDefault();
    const view = this.sheetOf(link);
    const target = await get(`pagina/${view.layer.content}/enlace/${link.dataset.link}`);
    if (target) this.goToPage(target.page, target.top, 40);
  }

  sheetOf(element) {
    const section = element.closest(".page");
    return this.views.find((view) => view.element === section) ?? null;
  }

  focus() {
    this.element.focus({ preventScroll: true });
  }
}
