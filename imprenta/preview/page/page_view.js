// One page of the report: its picture at exactly the pixels of the screen, its text and its links.

import { Layer } from "./layer.js";

const PIXELS_AT_ONCE = 9e6; // a larger page is drawn in tiles, those that are seen
const TILE = 1600;
const PATCHED = 1200; // milliseconds after which a picture that was mended in place is fetched whole

export class PageView {
  constructor(page, number) {
    this.element = document.createElement("section");
    this.element.className = "page";
    this.picture = document.createElement("div");
    this.picture.className = "picture";
    this.marks = document.createElement("div");
    this.marks.className = "marks";
    this.layer = new Layer();
    this.element.append(this.picture, this.marks, this.layer.element);
    this.near = false;
    this.shownKey = "";
    this.wantedKey = "";
    this.become(page, number);
  }

  // Takes what the page is now, and in which rows of a picture it differs from what it was, if that is known; returns
  // whether it looks otherwise.
  become({ content, layout, width, height, provisional, firstPaint, patch }, number) {
    const changed = this.content !== content;
    const former = this.content;
    const formerLayout = this.layout;
    Object.assign(this, { content, layout, width, height, number });
    if (changed && !this.firstPaint) { // a first paint is part of the change that follows
      this.former = former;
      this.formerLayout = formerLayout;
      this.wasProvisional = this.provisional;
    }
    this.firstPaint = firstPaint;
    this.patch = patch;
    this.provisional = provisional;
    this.element.classList.toggle("provisional", this.provisional);
    this.element.id = `pagina-${number}`;
    this.element.dataset.content = content;
    this.element.setAttribute("aria-label", `Página ${number}`);
    return changed;
  }

  // Sets the size: `scale` is CSS pixels for a point. The picture is a whole number of the screen's pixels wide.
  resize(scale) {
    const ratio = window.devicePixelRatio;
    this.pixels = Math.max(1, Math.round(this.width * scale * ratio));
    this.rows = Math.max(1, Math.round((this.pixels * this.height) / this.width));
    this.element.style.width = `${this.pixels / ratio}px`;
    this.element.style.height = `${this.rows / ratio}px`;
    this.scale = this.pixels / ratio / this.width;
    this.layer.resize(this.width, this.height, this.scale);
  }

  // The tiles that a window onto the page needs; the window is given in CSS pixels from the page's top left.
  tiles(frame) {
    if (this.pixels * this.rows <= PIXELS_AT_ONCE) return [[this.pixels, 0, 0, 0, 0]];
    const ratio = window.devicePixelRatio;
    const found = [];
    const first = (start) => Math.max(0, Math.floor((start * ratio - TILE / 4) / TILE));
    for (let row = first(frame.top); row * TILE < Math.min(this.rows, frame.bottom * ratio + TILE / 4); row += 1) {
      for (let column = first(frame.left); column * TILE < Math.min(this.pixels, frame.right * ratio + TILE / 4); column += 1) {
        const left = column * TILE;
        const top = row * TILE;
        found.push([this.pixels, left, top, Math.min(TILE, this.pixels - left), Math.min(TILE, this.rows - top)]);
      }
    }
    return found;
  }

  // Draws what is seen of the page, if it is not there yet; what was there stays until the new is ready to be painted.
  // Returns whether it drew.
  draw(frame) {
    const tiles = this.tiles(frame);
    const key = `${this.content}/${tiles.join(";")}`;
    if (key === this.shownKey) return Promise.resolve(false);
    if (key !== this.wantedKey) {
      this.wantedKey = key;
      this.drawing = this.fetchTiles(key, tiles);
    }
    return this.drawing;
  }

  async fetchTiles(key, tiles) {
    const group = `${this.content}/${this.pixels}`;
    const strip = this.stripFor(tiles);
    const kept = new Map([...this.picture.children].map((image) => [image.dataset.tile, image]));
    const wanted = strip ? [strip].filter(([, , , , down]) => down > 0) : tiles;
    const images = wanted.map((tile) => kept.get(`${group}/${tile}`) ?? this.makeImage(group, tile));
    try {
      await Promise.all(images.map((image) => image.decode()));
    } catch {
      if (this.wantedKey === key) this.wantedKey = ""; // it changed again, or the server is away: another draw will come
      return false;
    }
    if (this.wantedKey !== key) return false;
    if (strip) this.picture.append(...images);
    else this.picture.replaceChildren(...images);
    this.shownKey = key;
    this.shownGroup = group;
    this.element.dataset.shown = this.content;
    clearTimeout(this.timer);
    if (strip) this.timer = setTimeout(() => this.makeWhole(key, group, tiles), PATCHED);
    return true;
  }

  // The rows that changed, as a tile, if the picture that is there differs from the new one in them alone.
  stripFor(tiles) {
    const { before, pixels, top, down } = this.patch ?? {};
    if (tiles.length !== 1 || pixels !== this.pixels || this.shownGroup !== `${before}/${pixels}` || !this.shownKey) return null;
    return [pixels, 0, top, pixels, down];
  }

  // Puts one picture in the place of one with strips over it.
  async makeWhole(key, group, tiles) {
    const images = tiles.map((tile) => this.makeImage(group, tile));
    await Promise.all(images.map((image) => image.decode())).catch(() => images.splice(0));
    if (this.shownKey === key && this.wantedKey === key && images.length > 0) this.picture.replaceChildren(...images);
  }

  makeImage(group, tile) {
    const [pixels, left, top, across, down] = tile;
    const image = new Image();
    image.alt = "";
    image.decoding = "sync";
    image.draggable = false;
    image.dataset.tile = `${group}/${tile}`;
    image.src = `pagina/${this.content}/${pixels}${across ? `/${left}-${top}-${across}-${down}` : ""}.png`;
    const part = (value, whole) => `${(100 * value) / whole}%`;
    image.style.left = part(left, pixels);
    image.style.top = part(top, this.rows);
    image.style.width = part(across || pixels, pixels);
    image.style.height = part(down || this.rows, this.rows);
    return image;
  }

  // Lets the picture go: the page is far from what is seen.
  drop() {
    this.picture.replaceChildren();
    this.shownKey = "";
    this.wantedKey = "";
    clearTimeout(this.timer);
    delete this.element.dataset.shown;
  }
}
