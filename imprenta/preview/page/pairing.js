// The pages before and after a build -> which page became which.

// Takes the layouts of both (the same for pages that differ in numbers alone), in order; returns for each new page the
// index of the old one that it was, or -1. Pages keep their order. What lies between pages that are surely the same
// is paired one by one from its start.
export function pairPages(before, after) {
  const pairs = new Array(after.length).fill(-1);
  let head = 0;
  while (head < Math.min(before.length, after.length) && before[head] === after[head]) {
    pairs[head] = head;
    head += 1;
  }
  let tail = 0;
  while (tail < Math.min(before.length, after.length) - head && before.at(-1 - tail) === after.at(-1 - tail)) {
    tail += 1;
    pairs[after.length - tail] = before.length - tail;
  }
  const places = new Map();
  for (let index = head; index < before.length - tail; index += 1) {
    if (!places.has(before[index])) places.set(before[index], index);
  }
  let last = head - 1;
  for (let index = head; index < after.length - tail; index += 1) {
    const place = places.get(after[index]);
    if (place !== undefined && place > last) {
      pairs[index] = place;
      last = place;
    }
  }
  fillGaps(pairs, before.length);
  return pairs;
}

function fillGaps(pairs, total) {
  let free = 0;
  for (let index = 0; index < pairs.length; index += 1) {
    if (pairs[index] >= 0) {
      free = pairs[index] + 1;
      continue;
    }
    const next = pairs.slice(index).find((pair) => pair >= 0) ?? total;
    if (free < next) {
      pairs[index] = free;
      free += 1;
    }
  }
}
