// Below the drawing: the units of each hidden layer with − and +, and a layer more.

import { focusedBeside, html, set, setText } from "../base/dom.js"

/** @import { SentLayers } from "./model.d.ts" */

/** @typedef {ReturnType<typeof buildLayer>} LayerGroup */

/**
 * `widths` are those that are shown, be it that Python does not have them yet; of the groups one more may be there
 * than are shown.
 * @typedef {{
 *   root: HTMLElement, more: HTMLElement, groups: LayerGroup[], sent: SentLayers | null, widths: number[],
 *   take: (widths: number[]) => void,
 * }} LayerButtons
 */

// As many as a layer that is new gets.
const NEW_UNITS = 2
// The width of two buttons with a number between them.
const LEAST_COLUMN = 64

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
  /** @type {LayerButtons} */
  const layers = {
    root: html("div", { class: "layers", role: "group", "aria-label": "Hidden layers", hidden: "" }, more),
    more,
    groups: [],
    sent: null,
    widths: [],
    take(widths) {
      layers.widths = widths
      paintLayers(layers)
      change("hidden", widths.join("-") || "0")
    },
  }
  more.onclick = () => {
    if (layers.sent && layers.widths.length < layers.sent.max_layers) {
      layers.take([...layers.widths, NEW_UNITS])
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
    set(plus, "aria-disabled", widths[k] >= sent.max_units)
  })
  set(more, "aria-disabled", widths.length >= sent.max_layers)
  root.style.setProperty("--layers", String(widths.length))
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
    title: "A unit more",
  }, "+")
  const count = html("output", { "aria-label": `Units in hidden layer ${layer + 1}` })
  less.onclick = () => layers.take(withUnits(layers.widths, layer, -1))
  plus.onclick = () => {
    const { sent, widths } = layers
    if (sent && widths[layer] < sent.max_units) layers.take(withUnits(widths, layer, 1))
  }
  return { root: html("div", { class: "layer-units" }, less, count, plus), less, plus, count }
}

/**
 * Puts the buttons below the layers of units, which stand evenly from the inputs to the outputs; where these are close
 * together, as near to them as there is room.
 * @param {LayerButtons} layers
 * @param {{ x: number }[]} units the places of the first input and the last output
 * @param {number} width of the drawing
 */
export function placeLayers({ root, widths }, [first, last], width) {
  const apart = (last.x - first.x) / (widths.length + 1)
  const column = Math.max(apart, LEAST_COLUMN)
  // Less than a pixel too many would begin another line.
  const room = Math.floor(width - widths.length * column) - 1
  const left = Math.max(Math.min(first.x + apart / 2, room - LEAST_COLUMN), 0)
  root.style.paddingLeft = `${left}px`
  root.style.setProperty("--column", `${column}px`)
  root.style.setProperty("--last", `${Math.max(Math.min(column, room - left), LEAST_COLUMN)}px`)
}
