// What the page asks of the server. To ask for something to be done it needs the word that the server gave it.

let token = "";

export function setToken(word) {
  token = word;
}

export async function get(path) {
  const answer = await fetch(path);
  return answer.ok ? answer.json() : null;
}

// Returns the answer, or an object with `error`: words for the user.
export async function post(path, asked) {
  try {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Imprenta": token },
      body: JSON.stringify(asked),
    });
    return await answer.json();
  } catch {
    return { error: "no hay conexión con Imprenta" };
  }
}

// Opens a place in the editor; returns words on what went wrong, or nothing.
export async function openPlace(place) {
  const answer = await post("abrir", place);
  if (answer.error) return `No se pudo abrir: ${answer.error}.`;
  if (answer.link) {
    const link = document.createElement("a");
    link.href = answer.link;
    link.click();
  }
  return "";
}
