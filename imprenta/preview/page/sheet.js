// One page of the report: its picture at exactly the pixels of the screen, its text and its links.

import { Layer } from "./layer.js";

const PIXELS_AT_ONCE = 9e6; // of a larger page only the tiles are drawn that are seen
const TILE = 1600;
const BAND = 480; // other pages come in bands of about so many rows: one is packed while the next is drawn

export class Sheet {
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

  // Takes what the page is now; returns whether it looks otherwise.
  become([look, kin, width, height, provisional], number) {
    const changed = this.look !== look;
    const former = this.look;
    const formerKin = this.kin;
    Object.assign(this, { look, kin, width, height, number });
    if (changed) {
      this.former = former;
      this.formerKin = formerKin;
      this.wasProvisional = this.provisional;
    }
    this.provisional = Boolean(provisional);
    this.element.classList.toggle("provisional", this.provisional);
    this.element.id = `pagina-${number}`;
    this.element.dataset.look = look;
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

  // The tiles that a window onto the page needs, first those that are seen; the window is given in CSS pixels from the
  // page's top left.
  tiles(view) {
    if (this.pixels * this.rows <= PIXELS_AT_ONCE) {
      const bands = this.bands();
      return [...bands.filter((band) => this.sees(view, band)), ...bands.filter((band) => !this.sees(view, band))];
    }
    const ratio = window.devicePixelRatio;
    const found = [];
    const first = (start) => Math.max(0, Math.floor((start * ratio - TILE / 4) / TILE));
    for (let row = first(view.top); row * TILE < Math.min(this.rows, view.bottom * ratio + TILE / 4); row += 1) {
      for (let column = first(view.left); column * TILE < Math.min(this.pixels, view.right * ratio + TILE / 4); column += 1) {
        const left = column * TILE;
        const top = row * TILE;
        found.push([this.pixels, left, top, Math.min(TILE, this.pixels - left), Math.min(TILE, this.rows - top)]);
      }
    }
    return found;
  }

  // The page in bands as broad as it is.
  bands() {
    const count = Math.max(1, Math.round(this.rows / BAND));
    const edge = (number) => Math.round((this.rows * number) / count);
    return Array.from({ length: count }, (_, number) => [this.pixels, 0, edge(number), this.pixels, edge(number + 1) - edge(number)]);
  }

  // Whether a window shows some of a tile.
  sees(view, [, , top, , down]) {
    const ratio = window.devicePixelRatio;
    return top < view.bottom * ratio && top + down > view.top * ratio;
  }

  // Draws what is seen of the page, if it is not there yet; what was there stays until the new is ready to be painted.
  // What is not seen of it follows.
  async draw(view) {
    const tiles = this.tiles(view);
    const key = `${this.look}/${[...tiles].sort().join(";")}`;
    if (key === this.shownKey || key === this.wantedKey) return false;
    this.wantedKey = key;
    const group = `${this.look}/${this.pixels}`;
    const kept = new Map([...this.picture.children].map((image) => [image.dataset.tile, image]));
    const images = tiles.map((tile) => kept.get(`${group}/${tile}`) ?? this.makeImage(group, tile));
    const seen = images.filter((_, index) => this.sees(view, tiles[index]));
    try {
      await Promise.all((seen.length > 0 ? seen : images).map((image) => image.decode()));
    } catch {
      if (this.wantedKey === key) this.wantedKey = ""; // it changed again, or the server is away: another draw will come
      return false;
    }
    if (this.wantedKey !== key) return false;
    this.picture.replaceChildren(...images);
    this.shownKey = key;
    this.element.dataset.shown = this.look;
    Promise.all(images.map((image) => image.decode())).catch(() => {
      if (this.shownKey === key) this.shownKey = ""; // a part did not come: another draw will bring it
    });
    return true;
  }

  makeImage(group, tile) {
    const [pixels, left, top, across, down] = tile;
    const image = new Image();
    image.alt = "";
    image.decoding = "sync";
    image.draggable = false;
    image.dataset.tile = `${group}/${tile}`;
    image.src = `/pagina/${this.look}/${pixels}${across ? `/${left}-${top}-${across}-${down}` : ""}.png`;
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
    delete this.element.dataset.shown;
  }
}
