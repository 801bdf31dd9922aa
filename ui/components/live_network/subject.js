// What the panel explains, and the control whose loss curve belongs beside it.

/**
 * The control that a selectable item or a control is moved by: a weight's or bias's own slider, an input's, a
 * unit's bias, along which the slope is its δ. A unit without a bias has none.
 * @param {string | null} id
 * @param {{ nodes: { id: string, layer: number, unit: number }[], biases: { id: string, node: number }[] }} drawing
 * @param {(id: string) => boolean} isControl
 * @returns {string | null}
 */
export function controlOf(id, drawing, isControl) {
  if (id === null || isControl(id)) return id
  const index = drawing.nodes.findIndex((node) => node.id === id)
  if (index < 0) return null
  const { layer, unit } = drawing.nodes[index]
  if (!layer) return `x${unit + 1}`
  return drawing.biases.find((bias) => bias.node === index)?.id ?? null
}

/**
 * The item of the drawing that shows a control's number; a target and the learning rate have none.
 * @param {string} control
 * @param {{ nodes: { id: string, layer: number, unit: number }[] }} drawing
 * @returns {string | null}
 */
export function itemOf(control, drawing) {
  if (control === "eta" || control.startsWith("y")) return null
  if (!control.startsWith("x")) return control
  return drawing.nodes.find((node) => !node.layer && `x${node.unit + 1}` === control)?.id ?? null
}

/**
 * The controls that belong to an item of the drawing: a weight's or bias's own; of a unit all weights that lead into
 * it, with its bias and target; of an input its own and all weights that lead out of it.
 */
export function controlsOf(item, links, layers) {
  if (!item) return []
  if (!item.circle) return [item.id]
  const own = item.layer ? [] : [`x${item.unit + 1}`]
  const target = item.layer === layers - 1 ? [`y${item.unit + 1}`] : []
  const beside = links.filter(({ anchors }) => (item.layer ? anchors.to : anchors.from) === item.index)
  return [...own, ...beside.map(({ id }) => id), ...target]
}
