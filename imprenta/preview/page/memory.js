// What the user chose stays: for all reports of this browser, or for this tab alone.

export function remember(name, value) {
  store(localStorage, name, value);
}

export function recall(name, otherwise) {
  return fetchFrom(localStorage, name, otherwise);
}

export function rememberInTab(name, value) {
  store(sessionStorage, name, value);
}

export function recallInTab(name, otherwise) {
  return fetchFrom(sessionStorage, name, otherwise);
}

function store(where, name, value) {
  try {
    where.setItem(`imprenta.${name}`, JSON.stringify(value));
  } catch {
    // No room, or forbidden: it lasts as long as the page.
  }
}

function fetchFrom(where, name, otherwise) {
  try {
    const text = where.getItem(`imprenta.${name}`);
    return text === null ? otherwise : JSON.parse(text);
  } catch {
    return otherwise;
  }
}
