// The server's messages -> functions, for as long as the page is seen; after a silence it connects again by itself.

const RETRY = 700; // milliseconds
const HIDDEN = 5000; // a tab hidden for so long lets go: a browser grants six connections to a server

export function connect(handlers) {
  let source = null;
  let timer = 0;

  function open() {
    clearTimeout(timer);
    if (source !== null) return;
    source = new EventSource("eventos");
    for (const kind of ["hello", "pages", "state"]) {
      source.addEventListener(kind, (event) => handlers[kind](JSON.parse(event.data)));
    }
    source.onerror = () => {
      handlers.offline();
      close(); // some browsers give up for good when a server is not there
      timer = setTimeout(open, RETRY);
    };
  }

  function close() {
    source?.close();
    source = null;
  }

  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(close, HIDDEN);
    else open();
  });
  open();
}
