// The text of a page, unseen above its picture: to be selected, found and read aloud; and its links.

import { get } from "./requests.js";

const measure = document.createElement("canvas").getContext("2d");
const FONT = "serif";

export class Layer {
  constructor() {
    this.element = document.createElement("div");
    this.element.className = "layer";
    this.content = "";
  }

  // The layer is laid out in points and scaled as a whole.
  resize(width, height, scale) {
    this.element.style.width = `${width}px`;
    this.element.style.height = `${height}px`;
    this.element.style.transform = `scale(${scale})`;
  }

  // Fetches the text of a page, if it is another than the one that is there.
  async fill(content) {
    if (this.content === content) return;
    this.content = content;
    let found = null;
    try {
      found = await get(`pagina/${content}/texto`);
    } catch {
      found = null;
    }
    if (this.content !== content) return;
    if (found === null) {
      this.content = "";
      return;
    }
    const lines = found.text.map(makeLine);
    const links = found.links.map((link, number) => makeLink(link, number, found.text));
    this.element.replaceChildren(...lines.flatMap((line) => [line, document.createElement("br")]), ...links);
  }
}

function makeLine([words, left, top, width, height]) {
  const line = document.createElement("span");
  line.textContent = words;
  const size = Math.max(1, height);
  measure.font = `100px ${FONT}`;
  const natural = (measure.measureText(words).width * size) / 100;
  line.style.cssText =
    `left:${left}px;top:${top}px;font-size:${size}px;transform:scaleX(${natural > 0 ? width / natural : 1})`;
  return line;
}

function makeLink([left, top, width, height, address], number, text) {
  const link = document.createElement("a");
  link.style.cssText = `left:${left}px;top:${top}px;width:${width}px;height:${height}px`;
  if (address) {
    link.href = address;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    link.title = address;
    link.setAttribute("aria-label", `Abrir ${address}`);
  } else {
    link.href = "#";
    link.dataset.link = number;
    const under = text.filter(([, x, y, across, down]) => {
      const middle = [x + across / 2, y + down / 2];
      return middle[0] >= left && middle[0] <= left + width && middle[1] >= top && middle[1] <= top + height;
    });
    link.setAttribute("aria-label", `Ir a ${under.map(([words]) => words).join(" ") || "el lugar enlazado"}`);
  }
  return link;
}
