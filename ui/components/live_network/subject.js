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
 * All that a control's film depends on: a film that was made of the same is still true.
 * @param {{ drawing: object, biases_fixed: boolean, controls: { id: string, value: number }[] }} data
 * @param {string} control
 * @returns {string}
 */
export function circumstances({ drawing, biases_fixed, controls }, control) {
  const others = controls.filter(({ id }) => id !== control).map(({ value }) => value)
  return JSON.stringify([control, drawing, biases_fixed, others])
}
