// What is going on -> the words and the lamp of the button at the top, and the message of an empty viewport.

const PATIENCE = 350; // milliseconds before a build is told: a shorter one would only flicker

export class State {
  constructor(viewport, problems) {
    this.viewport = viewport;
    this.problems = problems;
    this.button = document.getElementById("state");
    this.words = document.getElementById("state-words");
    this.last = null;
  }

  show(state) {
    this.last = state;
    clearTimeout(this.timer);
    if (state.building && state.ever) this.timer = setTimeout(() => this.write("building", "Componiendo…"), PATIENCE);
    else this.write(...describe(state));
    document.body.classList.toggle("building", state.building);
    this.problems.show(state.problems, state.stop); // of the last build that came to its end
    if (!state.building) {
      this.problems.showKept(!state.built && this.viewport.views.length > 0);
      this.announce(describe(state)[1]);
    }
    this.showNothing();
  }

  pagesCame() {
    this.showNothing();
    if (this.last === null) return;
    this.problems.showKept(!this.last.building && !this.last.built && this.viewport.views.length > 0);
  }

  showOffline() {
    clearTimeout(this.timer);
    document.body.classList.remove("building");
    this.write("offline", "Sin conexión");
    this.announce("Sin conexión con Imprenta. La vista se pone al día sola cuando vuelva.");
  }

  write(kind, words) {
    this.button.dataset.kind = kind;
    this.words.textContent = words;
    this.button.setAttribute("aria-label", `${words}. Problemas`);
  }

  announce(words) {
    const news = document.getElementById("news");
    if (news.textContent !== words) news.textContent = words;
  }

  showNothing() {
    const empty = this.viewport.views.length === 0;
    document.getElementById("nothing").hidden = !empty;
    if (!empty || this.last === null) return;
    document.getElementById("nothing-words").textContent = this.last.building
      ? "Se compone el informe por primera vez…"
      : "Todavía no hay ningún PDF: hay problemas que corregir.";
    document.getElementById("nothing-step").textContent = this.last.building ? this.last.step : "";
  }
}

function describe(state) {
  if (!state.ever) return ["building", "Componiendo…"];
  if (state.stop) return ["error", "No se puede construir"];
  const errors = state.problems.filter((problem) => problem.severity === "error").length;
  const warnings = state.problems.length - errors;
  const parts = [];
  if (errors) parts.push(errors === 1 ? "1 error" : `${errors} errores`);
  if (warnings) parts.push(warnings === 1 ? "1 aviso" : `${warnings} avisos`);
  if (parts.length > 0) return [errors ? "error" : "warning", parts.join(", ")];
  return ["good", "Al día"];
}
