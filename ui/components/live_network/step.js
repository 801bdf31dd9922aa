// The numbers of one frame by name, as the panel, the marks and the readings look them up.

/** Edges and biases as links, each with the nodes at its ends. */
export function linksOf({ edges, biases }) {
  return [
    ...edges.map((edge) => ({ ...edge, anchors: { from: edge.from, to: edge.to } })),
    ...biases.map((bias) => ({ ...bias, bias: true, anchors: { from: undefined, to: bias.node } })),
  ]
}

export function readStep({ drawing, layout, biases_fixed }, view, frame, value) {
  // A film holds what the reader has entered in 32 bits only.
  const node = (name, k) =>
    name === "a" && !drawing.nodes[k].layer ? value(`x${drawing.nodes[k].unit + 1}`) : frame[layout[name] + k]
  const gradient = (link) => frame[layout.gradient + link.index]
  const isTrained = (link) => !(link.bias && biases_fixed)
  const eta = value("eta")
  // 0 - x and not -x, so that a gradient of 0 never shows as −0.
  const weightDelta = (link) => (isTrained(link) ? 0 - eta * gradient(link) : 0)
  const sign = view.sign === "error_term" ? -1 : 1
  const quantity = {
    gradient,
    weight_delta: weightDelta,
    weight: (link) => value(link.id),
    contribution: (link) => value(link.id) * (link.bias ? 1 : node("a", link.anchors.from)),
  }[view.color]
  return {
    drawing,
    view,
    value,
    node,
    gradient,
    isTrained,
    eta,
    weightDelta,
    quantity,
    scalar: (name) => frame[layout[name]],
    target: (unit) => value(`y${unit + 1}`),
    delta: (k) => 0 + sign * node("delta", k),
    deltaSign: sign,
    deltaSymbol: sign < 0 ? "−δ" : "δ",
    deltaName: sign < 0 ? "−δ (error term)" : "δ",
  }
}
