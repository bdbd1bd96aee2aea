/** Something in a package that is not understood: nothing may be guessed, so the whole run ends. */
export class Problem extends Error {}

/** Throws a Problem unless a condition holds. */
export function demand(condition, message) {
  if (!condition) throw new Problem(message);
}
