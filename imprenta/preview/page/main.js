// What the server tells and what the user does -> the parts of the page.

import { connect } from "./events.js";
import { Desk } from "./desk.js";
import { Changes } from "./changes.js";
import { Contents } from "./contents.js";
import { Problems } from "./problems.js";
import { Places } from "./places.js";
import { State } from "./state.js";
import { listenToKeys } from "./keys.js";
import { remember, recall } from "./memory.js";
import * as server from "./requests.js";

const find = (id) => document.getElementById(id);

const desk = new Desk(find("desk"), find("pages"));
const changes = new Changes(desk);
const contents = new Contents(desk);
const problems = new Problems();
const places = new Places(desk);
const state = new State(desk, problems);

let version = null;

connect({
  hello(message) {
    if (version !== null && version !== message.version) {
      desk.keepPlace();
      location.reload();
      return;
    }
    version = message.version;
    server.setToken(message.token);
    if (!contents.titled) find("title").textContent = message.project;
    desk.tellView();
  },
  pages(message) {
    changes.note(desk.show(message.pages, message.revision));
    contents.refresh(message.revision);
    state.pagesCame();
  },
  state: (message) => state.show(message),
  offline: () => state.showOffline(),
});

const actions = {
  next: () => desk.turnPage(1),
  previous: () => desk.turnPage(-1),
  larger: () => desk.zoom.step(1),
  smaller: () => desk.zoom.step(-1),
  actualSize: () => desk.zoom.set(1),
  fitWidth: () => desk.zoom.set("width"),
  fitPage: () => desk.zoom.set("page"),
  contents: () => contents.toggle(),
  problems: () => problems.toggle(),
  change: () => changes.go(),
  follow: () => changes.toggleFollow(),
  invert: () => invert(!document.body.classList.contains("inverted")),
  choosePage: () => find("page-number").select(),
  help: () => (find("help").open ? find("help").close() : find("help").showModal()),
  openPlace: () => places.openChosen(),
  close() {
    if (!places.close()) (problems.close() || contents.close()) && desk.focus();
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
find("zoom").addEventListener("click", () => desk.zoom.nextFit());
find("place-close").addEventListener("click", () => places.close());
find("page-number").addEventListener("change", (event) => {
  const number = Number.parseInt(event.target.value, 10);
  if (number > 0) desk.goToPage(number);
  else desk.showNumber();
  desk.focus();
});
for (const panel of document.querySelectorAll(".panel .close")) {
  panel.addEventListener("click", () => {
    (panel.closest("#contents") ? contents : problems).close();
    desk.focus();
  });
}
listenToKeys(actions);
invert(recall("inverted", false));
desk.focus();
