// What the panel explains, and the control whose loss curve belongs beside it.

/** @import { DrawnLink, DrawnNode } from "./drawing.js" */
/** @import { Drawing } from "./model.d.ts" */
/** @import { LiveState } from "./state.js" */

/**
 * What the panel explains while the pointer rests nowhere: an item of the drawing, or a control that is none.
 * @param {LiveState} state
 */
export function subjectOf({ attended, data, view }) {
  return attended ? itemOf(attended, data.drawing) ?? attended : view.selected
}

/**
 * The control whose loss curve belongs beside what is explained.
 * @param {LiveState} state
 * @param {string} explained
 */
export function plottedControl(state, explained) {
  const { attended, data, ranges } = state
  const id = attended && explained === subjectOf(state) ? attended : explained
  return controlOf(id, data.drawing, (name) => ranges.has(name))
}

/**
 * The control that a selectable item or a control is moved by: a weight's or bias's own slider, an input's, a
 * unit's bias, along which the slope is its δ. A unit without a bias has none.
 * @param {string} id
 * @param {Pick<Drawing, "nodes" | "biases">} drawing
 * @param {(id: string) => boolean} isControl
 * @returns {string | null}
 */
function controlOf(id, drawing, isControl) {
  if (isControl(id)) return id
  const index = drawing.nodes.findIndex((node) => node.id === id)
  if (index < 0) return null
  const { layer, unit } = drawing.nodes[index]
  if (!layer) return `x${unit + 1}`
  return drawing.biases.find((bias) => bias.node === index)?.id ?? null
}

/**
 * The item of the drawing that shows a control's number; a target and the learning rate have none.
 * @param {string} control
 * @param {Pick<Drawing, "nodes">} drawing
 * @returns {string | null}
 */
function itemOf(control, drawing) {
  if (control === "eta" || control.startsWith("y")) return null
  if (!control.startsWith("x")) return control
  return drawing.nodes.find((node) => !node.layer && `x${node.unit + 1}` === control)?.id ?? null
}

/**
 * The controls that belong to an item of the drawing: a weight's or bias's own; of a unit all weights that lead into
 * it, with its bias and target; of an input its own and all weights that lead out of it.
 * @param {DrawnLink | DrawnNode | undefined} item
 * @param {DrawnLink[]} links
 * @param {number} layers
 */
export function controlsOf(item, links, layers) {
  if (!item) return []
  if ("anchors" in item) return [item.id]
  const own = item.layer ? [] : [`x${item.unit + 1}`]
  const target = item.layer === layers - 1 ? [`y${item.unit + 1}`] : []
  const beside = links.filter(({ anchors }) => (item.layer ? anchors.to : anchors.from) === item.index)
  return [...own, ...beside.map(({ id }) => id), ...target]
}
