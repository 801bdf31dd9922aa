// How the plane is shown: its map in one flat color a class, and without the samples of the test.

import { html } from "../base/dom.js"
import { LEVELS } from "./reel.js"

/** @import { PlaneView } from "./model.d.ts" */
/** @import { Reel } from "./reel.js" */

/** @type {[view: PlaneView, words: string][]} */
const VIEWS = [["discrete", "Discretize output"], ["notest", "Hide test data"]]

/** @typedef {ReturnType<typeof buildPlaneView>} PlaneViewRow */

/** @param {(views: PlaneView[]) => void} changed */
export function buildPlaneView(changed) {
  const boxes = VIEWS.map(([view, words]) => {
    const input = html("input", { type: "checkbox" })
    input.onchange = () => changed(boxes.filter((box) => box.input.checked).map((box) => box.view))
    return { view, input, label: html("label", {}, input, words) }
  })
  return { root: html("div", { class: "view" }, ...boxes.map(({ label }) => label)), boxes }
}

/**
 * Shows what is chosen, of what there is to choose with a run's data.
 * @param {PlaneViewRow} row
 * @param {Reel} reel
 * @param {PlaneView[]} views
 */
export function arrangePlaneView({ boxes }, { two, points }, views) {
  const applies = { discrete: two, notest: points.test.includes(1) }
  for (const { view, input, label } of boxes) {
    label.hidden = !applies[view]
    input.checked = views.includes(view)
  }
}

/**
 * A table of colors for the bytes of a map, with one color below the middle and one from there on.
 * @param {Uint32Array} table
 */
export function flattened(table) {
  return table.map((_, level) => table[level < LEVELS ? 0 : 2 * LEVELS])
}
