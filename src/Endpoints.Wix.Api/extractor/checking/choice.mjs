/** So many of a list, by a seed. */
export function chosen(list, count, seed) {
  let state = Number(seed) >>> 0;
  const next = () => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32);
  const rest = [...list];
  const picked = [];
  while (picked.length < count && rest.length > 0) picked.push(...rest.splice(Math.floor(next() * rest.length), 1));
  return picked;
}
