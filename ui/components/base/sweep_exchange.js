// Where the player gets films of several runs, which another component brings.

const SWEEP = Symbol.for("backprop-explorer.sweep")
const SWEEP_BROUGHT = "backprop-explorer-sweep-brought"

// As in pending.js: one for all components of a page.
const exchanges = /** @type {Record<symbol, Uint8Array | undefined>} */ (/** @type {unknown} */ (globalThis))

/** @param {Uint8Array} packed as `pack` in arrays.py has made it */
export function bringSweep(packed) {
  exchanges[SWEEP] = packed
  document.dispatchEvent(new CustomEvent(SWEEP_BROUGHT, { detail: packed }))
}

/**
 * Calls `take` with each that is brought, at once with the newest that has been.
 * @param {(packed: Uint8Array) => void} take
 * @returns {() => void} what ends it
 */
export function followSweeps(take) {
  /** @param {Event} event */
  const listen = (event) => event instanceof CustomEvent && take(event.detail)
  document.addEventListener(SWEEP_BROUGHT, listen)
  const newest = exchanges[SWEEP]
  if (newest) take(newest)
  return () => document.removeEventListener(SWEEP_BROUGHT, listen)
}
