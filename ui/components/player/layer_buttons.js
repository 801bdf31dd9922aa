// Below the drawing: the units of each hidden layer with − and +, and a layer more.

import { focusedBeside, html, set, setText } from "../base/dom.js"

/** @import { SentLayers } from "./model.d.ts" */

/** @typedef {ReturnType<typeof buildLayer>} LayerGroup */

/**
 * `widths` are those that are shown, be it that Python does not have them yet; of the groups one more may be there
 * than are shown. `drawn` is where the first input and the last output stand in the drawing, and how wide that is.
 * @typedef {{
 *   root: HTMLElement, more: HTMLElement, groups: LayerGroup[], sent: SentLayers | null, widths: number[],
 *   take: (widths: number[], sentence: string) => void, drawn: { first: number, last: number, width: number } | null,
 * }} LayerButtons
 */

// As many as a layer that is new gets.
const NEW_UNITS = 2
// The width of two buttons with a number between them, and of two with the number above; of the button for a layer more.
const LEAST_COLUMN = 74
const LEAST_TIGHT = 48
const LEAST_LAST = 48

/**
 * @param {(id: string, text: string) => void} change
 * @returns {LayerButtons}
 */
export function buildLayers(change) {
  const more = html(
    "button",
    { type: "button", class: "quiet more", "aria-label": "Add a hidden layer" },
    "+ layer",
  )
  const said = html("p", { class: "said", role: "status" })
  /** @type {LayerButtons} */
  const layers = {
    root: html(
      "div",
      { class: "layers", role: "group", "aria-label": "Hidden layers", hidden: "" },
      more,
      said,
    ),
    more,
    groups: [],
    sent: null,
    widths: [],
    drawn: null,
    take(widths, sentence) {
      layers.widths = widths
      paintLayers(layers)
      setText(said, sentence)
      change("hidden", widths.join("-") || "0")
    },
  }
  more.onclick = () => {
    if (layers.sent && layers.widths.length < layers.sent.max_layers) {
      const widths = [...layers.widths, NEW_UNITS]
      layers.take(widths, unitsText(widths, widths.length - 1))
    }
  }
  return layers
}

/**
 * Shows what Python has sent, unless what was pressed is on its way to it.
 * @param {LayerButtons} layers
 * @param {SentLayers} sent
 * @param {boolean} isOnItsWay
 */
export function fillLayers(layers, sent, isOnItsWay) {
  layers.sent = sent
  if (!isOnItsWay) layers.widths = sent.widths
  paintLayers(layers)
}

/**
 * The widths with a unit more or fewer in a layer; a layer without units is gone.
 * @param {number[]} widths
 * @param {number} layer
 * @param {number} by
 */
export function withUnits(widths, layer, by) {
  return widths.map((width, k) => k === layer ? width + by : width).filter((width) => width > 0)
}

/**
 * @param {number[]} widths
 * @param {number} layer
 */
function unitsText(widths, layer) {
  return `Hidden layer ${layer + 1}: ${widths[layer]} ${widths[layer] === 1 ? "unit" : "units"}.`
}

/** @param {LayerButtons} layers */
function paintLayers(layers) {
  const { widths, sent, root, more } = layers
  if (!sent) return
  while (layers.groups.length < widths.length) {
    const group = buildLayer(layers, layers.groups.length)
    layers.groups.push(group)
    root.insertBefore(group.root, more)
  }
  const focused = focusedBeside(root)
  layers.groups.forEach((group, k) => {
    const { less, plus, count } = group
    group.root.hidden = k >= widths.length
    if (group.root.hidden) return
    setText(count, String(widths[k]))
    set(
      less,
      "aria-label",
      widths[k] > 1 ? `Remove a unit from hidden layer ${k + 1}` : `Remove hidden layer ${k + 1}`,
    )
    set(less, "title", widths[k] > 1 ? "A unit less" : "Remove this layer")
    const isFull = widths[k] >= sent.max_units
    set(plus, "aria-disabled", isFull)
    set(plus, "title", isFull ? `A layer has at most ${sent.max_units} units` : "A unit more")
  })
  const isDeepest = widths.length >= sent.max_layers
  set(more, "aria-disabled", isDeepest)
  set(more, "title", isDeepest ? `A network has at most ${sent.max_layers} hidden layers` : "A layer more")
  arrangeLayers(layers)
  // The layer whose button was pressed is gone: the focus must not be.
  const gone = layers.groups.findIndex(({ root }) => root.hidden && focused && root.contains(focused))
  if (gone >= 0) (layers.groups[widths.length - 1]?.less ?? more).focus()
}

/**
 * @param {Pick<LayerButtons, "sent" | "widths" | "take">} layers
 * @param {number} layer
 */
function buildLayer(layers, layer) {
  const less = html("button", { type: "button", class: "quiet" }, "−")
  const plus = html("button", {
    type: "button",
    class: "quiet",
    "aria-label": `Add a unit to hidden layer ${layer + 1}`,
  }, "+")
  const count = html("span", { class: "count" })
  less.onclick = () => {
    const isGone = layers.widths[layer] === 1
    const widths = withUnits(layers.widths, layer, -1)
    layers.take(widths, isGone ? `Hidden layer ${layer + 1} is gone.` : unitsText(widths, layer))
  }
  plus.onclick = () => {
    const { sent } = layers
    if (!sent || layers.widths[layer] >= sent.max_units) return
    const widths = withUnits(layers.widths, layer, 1)
    layers.take(widths, unitsText(widths, layer))
  }
  return { root: html("div", { class: "layer-units" }, less, count, plus), less, plus, count }
}

/**
 * Puts the buttons below the layers of units.
 * @param {LayerButtons} layers
 * @param {{ x: number }[]} units the places of the first input and the last output
 * @param {number} width of the drawing
 */
export function placeLayers(layers, [first, last], width) {
  layers.drawn = { first: first.x, last: last.x, width }
  arrangeLayers(layers)
}

/** @param {LayerButtons} layers */
function arrangeLayers({ root, drawn, widths }) {
  if (!drawn) return
  const { left, column, more, tight } = layerColumns(widths.length, drawn)
  root.classList.toggle("tight", tight)
  root.style.paddingLeft = `${left}px`
  root.style.setProperty("--column", `${column}px`)
  root.style.setProperty("--last", `${more}px`)
}

/**
 * Where the buttons of some layers stand, in one line: below layers that stand evenly from the inputs to the outputs, be
 * it that others are still drawn; where these are close together, as near to them as there is room.
 * @param {number} count
 * @param {{ first: number, last: number, width: number }} drawn
 */
export function layerColumns(count, { first, last, width }) {
  const tight = count * LEAST_COLUMN + LEAST_LAST > width - 1
  const apart = (last - first) / (count + 1)
  const most = (width - 1 - LEAST_LAST) / Math.max(count, 1)
  const column = Math.floor(Math.min(Math.max(apart, tight ? LEAST_TIGHT : LEAST_COLUMN), most))
  const room = Math.floor(width - 1 - count * column)
  const left = Math.max(Math.min((first + last - count * column) / 2, room - LEAST_LAST), 0)
  return { left, column, more: Math.max(Math.min(column, room - left), LEAST_LAST), tight }
}
