// Which run of the whole page has ended. Python names each such run; the component that it draws last brings the name
// of the run that ends there, and each other one that of the run that it was drawn in.
//
// Streamlit runs a part of the page right behind the run of the whole, and under load one browser in some hundred and
// fifty was then left without the blocks that the part stands in ("Bad delta path index"; seen with Streamlit 1.67). So
// nothing is sent before the first run has ended. This can go when a part may run at any time.

const ENDED = Symbol.for("backprop-explorer.ended-run")
const ENDS = "backprop-explorer-run-ends"
const LEFT_PAGE = Symbol.for("backprop-explorer.left-page")

// As in pending.js: one for all components of a page.
const runs = /** @type {Record<symbol, string | undefined>} */ (/** @type {unknown} */ (globalThis))
const leaving = /** @type {Record<symbol, boolean | undefined>} */ (/** @type {unknown} */ (globalThis))

/** @param {string} run the name of the run that has ended */
export function endRun(run) {
  runs[ENDED] = run
  document.dispatchEvent(new CustomEvent(ENDS))
}

/** The name of the run that has ended last, "" before the first. */
export function newestEndedRun() {
  return runs[ENDED] ?? ""
}

/** @param {string} run */
export function hasEnded(run) {
  return runs[ENDED] === run
}

/**
 * Calls `then` whenever a run of the whole page ends.
 * @param {() => void} then
 * @returns {() => void} what ends it
 */
export function followRuns(then) {
  document.addEventListener(ENDS, then)
  return () => document.removeEventListener(ENDS, then)
}

/**
 * Notes whether another page has been requested and is not there yet. What the page that is left sends meanwhile would
 * open it again.
 * @param {boolean} isLeaving
 */
export function setLeaving(isLeaving) {
  leaving[LEFT_PAGE] = isLeaving
}

export function isLeavingPage() {
  return leaving[LEFT_PAGE] === true
}
