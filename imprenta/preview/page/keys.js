// Keys -> actions. Keys with Ctrl, Alt or Meta are the browser's; those in a field are the field's.

const KEYS = {
  ArrowRight: "next", n: "next", ArrowLeft: "previous", p: "previous",
  "+": "larger", "=": "larger", "-": "smaller", "−": "smaller", 0: "actualSize", w: "fitWidth", t: "fitPage",
  c: "contents", e: "problems", ".": "change", s: "follow", i: "invert", g: "choosePage", "?": "help",
  Escape: "close", Enter: "openPlace",
};

export function listenToKeys(actions) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const name = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (name === undefined) return;
    const target = event.target;
    const typing = target.matches("input, textarea, select");
    if (typing && event.key !== "Escape") return;
    if (document.getElementById("help").open && name !== "help") return;
    if (event.key.startsWith("Arrow") && isWide()) return; // they move what is wider than the window
    if (event.key === "Enter" && target.closest("button, a, dialog")) return;
    event.preventDefault();
    if (typing) target.blur();
    actions[name]();
  });
}

function isWide() {
  const viewport = document.getElementById("viewport");
  return viewport.scrollWidth > viewport.clientWidth + 1;
}
