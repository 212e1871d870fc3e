// What the server tells and what the user does -> the parts of the page.

import { connect } from "./events.js";
import { Viewport } from "./viewport.js";
import { Changes } from "./changes.js";
import { Contents } from "./contents.js";
import { Problems } from "./problems.js";
import { Places } from "./places.js";
import { State } from "./state.js";
import { listenToKeys } from "./keys.js";
import { remember, recall } from "./memory.js";
import * as server from "./requests.js";

const find = (id) => document.getElementById(id);

const viewport = new Viewport(find("viewport"), find("pages"));
const changes = new Changes(viewport);
const contents = new Contents(viewport);
const problems = new Problems();
const places = new Places(viewport);
const state = new State(viewport, problems);

let version = null;

connect({
  hello(message) {
    if (version !== null && version !== message.version) {
      viewport.keepPlace();
      location.reload();
      return;
    }
    version = message.version;
    server.setToken(message.token);
    if (!contents.titled) find("title").textContent = message.project;
    viewport.tellView();
  },
  pages(message) {
    changes.note(viewport.show(message.pages, message.revision));
    contents.refresh(message.revision);
    state.pagesCame();
  },
  state: (message) => state.show(message),
  offline: () => state.showOffline(),
});

const actions = {
  next: () => viewport.turnPage(1),
  previous: () => viewport.turnPage(-1),
  larger: () => viewport.zoom.step(1),
  smaller: () => viewport.zoom.step(-1),
  actualSize: () => viewport.zoom.set(1),
  fitWidth: () => viewport.zoom.set("width"),
  fitPage: () => viewport.zoom.set("page"),
  contents: () => contents.toggle(),
  problems: () => problems.toggle(),
  change: () => changes.go(),
  follow: () => changes.toggleFollow(),
  invert: () => invert(!document.body.classList.contains("inverted")),
  choosePage: () => find("page-number").select(),
  help: () => (find("help").open ? find("help").close() : find("help").showModal()),
  openPlace: () => places.openChosen(),
  close() {
    if (!places.close()) (problems.close() || contents.close()) && viewport.focus();
  },
};

function invert(on) {
  document.body.classList.toggle("inverted", on);
  remember("inverted", on);
}

for (const [id, action] of Object.entries({
  next: "next", previous: "previous", larger: "larger", smaller: "smaller", "contents-button": "contents",
  state: "problems", "change-button": "change", follow: "follow", "help-button": "help", "place-open": "openPlace",
})) {
  find(id).addEventListener("click", () => actions[action]());
}
find("zoom").addEventListener("click", () => viewport.zoom.nextFit());
find("place-close").addEventListener("click", () => places.close());
find("page-number").addEventListener("change", (event) => {
  const number = Number.parseInt(event.target.value, 10);
  if (number > 0) viewport.goToPage(number);
  else viewport.showNumber();
  viewport.focus();
});
for (const panel of document.querySelectorAll(".panel .close")) {
  panel.addEventListener("click", () => {
    (panel.closest("#contents") ? contents : problems).close();
    viewport.focus();
  });
}
listenToKeys(actions);
invert(recall("inverted", false));
viewport.focus();
