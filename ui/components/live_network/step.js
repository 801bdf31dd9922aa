// The numbers of one frame by name, as the panel, the marks and the readings look them up.

/** @import { Drawing, Frame, NetworkModel, NodeArray, Scalar, View } from "./model.d.ts" */

/**
 * A weight or bias, with the numbers of the nodes at its ends; a bias comes from none.
 * @typedef {{
 *   id: string, label: string, index: number, bias: boolean, anchors: { from: number | null, to: number },
 * }} Link
 */

/** @typedef {ReturnType<typeof readStep>} StepNumbers */

/**
 * @param {Pick<Drawing, "edges" | "biases">} drawing
 * @returns {Link[]}
 */
export function linksOf({ edges, biases }) {
  return [
    ...edges.map(({ id, label, index, from, to }) => ({
      id,
      label,
      index,
      bias: false,
      anchors: { from, to },
    })),
    ...biases.map(({ id, label, index, node }) => ({
      id,
      label,
      index,
      bias: true,
      anchors: { from: null, to: node },
    })),
  ]
}

/**
 * Numbers that overflow are NaN, ∞ or −∞.
 * @param {Pick<NetworkModel, "drawing" | "convention" | "layout" | "biases_fixed">} data
 * @param {Pick<View, "color" | "scale" | "labels" | "selected" | "answers">} view
 * @param {Frame} frame
 * @param {(id: string) => number} value of a control
 */
export function readStep({ drawing, convention, layout, biases_fixed }, view, frame, value) {
  // Of null arithmetic would make 0.
  const at = (/** @type {number} */ place) => frame[place] ?? NaN
  // A film holds what the reader has entered in 32 bits only.
  const node = (/** @type {NodeArray} */ name, /** @type {number} */ k) =>
    name === "a" && !drawing.nodes[k].layer ? value(`x${drawing.nodes[k].unit + 1}`) : at(layout[name] + k)
  const gradient = (/** @type {Link} */ link) => at(layout.gradient + link.index)
  const isTrained = (/** @type {Link} */ link) => !(link.bias && biases_fixed)
  const eta = value("eta")
  // 0 - x and not -x, so that a gradient of 0 never shows as −0.
  const weightDelta = (/** @type {Link} */ link) => (isTrained(link) ? 0 - eta * gradient(link) : 0)
  const weight = (/** @type {Link} */ link) => value(link.id)
  const contribution = (/** @type {Link} */ link) =>
    weight(link) * (link.anchors.from === null ? 1 : node("a", link.anchors.from))
  const { sign, symbol: deltaSymbol, name: deltaName } = convention.delta
  return {
    drawing,
    view,
    value,
    node,
    gradient,
    isTrained,
    eta,
    weightDelta,
    contribution,
    isErrorTerm: sign < 0,
    quantity: { gradient, weight_delta: weightDelta, weight, contribution }[view.color],
    scalar: (/** @type {Scalar} */ name) => at(layout[name]),
    target: (/** @type {number} */ unit) => value(`y${unit + 1}`),
    delta: (/** @type {number} */ k) => 0 + sign * node("delta", k),
    deltaSign: sign,
    deltaSymbol,
    deltaName,
  }
}
