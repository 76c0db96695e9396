/** A promise that somebody else keeps, by `resolve` and `reject`. */
export function deferred() {
  const parts = {};
  parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  parts.promise.catch(() => {}); // Whoever awaits it hears of it; nobody has to.
  return parts;
}
