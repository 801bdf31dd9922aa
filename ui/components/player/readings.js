// The readings on top, in fixed places.

import { html, set, setText } from "../base/dom.js"
import { exactOnScreen, formatNumber } from "../base/format.js"

/** @import { Reel } from "./reel.js" */

const USUAL_DIGITS = 8

/**
 * A number of a key frame: its name with a note, its text, and where all its digits can be read the numbers.
 * @typedef {{ name: string, note: string, read: (index: number) => string, exact: Float64Array | null }} Reading
 */

/** @typedef {ReturnType<typeof buildReadings>} Readings */

export function buildReadings() {
  return {
    root: html("dl", { class: "readings" }),
    /** What the places were made for. */
    of: "",
    /** @type {{ note: HTMLElement, value: HTMLElement }[]} */
    places: [],
    /** @type {Reading[]} */
    shown: [],
    /** @type {number | null} the key frame that is shown */
    index: null,
  }
}

/**
 * @param {Reel} reel
 * @returns {Reading[]}
 */
function readingsOf({ steps, epochs, last, reached, loss, accuracy, standardized, precision }) {
  const decimals = epochs[epochs.length - 1] < 10 ? 2 : 1
  const scale = standardized.outputs.some(Boolean) ? "standardized" : ""
  /** @type {(name: string, losses: Float64Array | null) => Reading[]} */
  const losses = (name, of) =>
    of ? [{ name, note: scale, read: (k) => formatNumber(of[k], precision), exact: of }] : []
  /** @type {(name: string, shares: Float64Array | null) => Reading[]} */
  const shares = (name, of) => of ? [{ name, note: "", read: (k) => percent(of[k]), exact: null }] : []
  return [
    {
      name: "Step",
      note: reached < last ? "" : `of ${grouped(last)}`,
      read: (k) => grouped(steps[k]),
      exact: null,
    },
    { name: "Epoch", note: "", read: (k) => grouped(epochs[k], decimals), exact: null },
    ...losses("Train loss", loss.train),
    ...losses("Test loss", loss.test),
    ...shares("Train accuracy", accuracy.train),
    ...shares("Test accuracy", accuracy.test),
  ]
}

/** @param {number} number @param {number} decimals */
function grouped(number, decimals = 0) {
  return number.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
}

/** @param {number} part */
function percent(part) {
  return `${(100 * part).toFixed(1)} %`
}

/** @param {Readings} readings @param {Reel} reel */
export function arrangeReadings(readings, reel) {
  const shown = readingsOf(reel)
  const of = shown.map(({ name }) => name).join()
  if (readings.of !== of) {
    readings.of = of
    readings.places = shown.map(() => ({ note: html("span", { class: "note" }), value: html("span") }))
    readings.root.replaceChildren(
      ...readings.places.map(({ note, value }, k) =>
        html("div", { class: "reading" }, html("dt", {}, shown[k].name, " ", note), html("dd", {}, value))
      ),
    )
  }
  readings.places.forEach(({ note }, k) => setText(note, shown[k].note))
  readings.shown = shown
  readings.index = null
  // So that as many digits as are chosen fit into a column.
  const { digits, decimals } = reel.precision
  set(readings.root, "style", (decimals ?? digits) > USUAL_DIGITS ? "--number: 12px" : "")
}

/** @param {Readings} readings @param {number} index the key frame */
export function paintReadings(readings, index) {
  if (readings.index === index) return
  readings.index = index
  readings.shown.forEach(({ read, exact }, k) => {
    const { value } = readings.places[k]
    setText(value, read(index))
    if (exact) set(value, "title", exactOnScreen(exact[index]))
  })
}
