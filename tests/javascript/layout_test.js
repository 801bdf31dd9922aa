import { layOut } from "../../ui/components/live_network/layout.js"
import { assert } from "./assert.js"

/**
 * @param {number[]} widths
 * @param {boolean} biased
 */
function drawingOf(widths, biased) {
  const nodes = widths.flatMap((units, layer) =>
    Array.from({ length: units }, (_, unit) => ({ layer, unit }))
  )
  const first = widths.map((_, layer) => widths.slice(0, layer).reduce((a, b) => a + b, 0))
  const edges = widths.slice(1).flatMap((units, layer) =>
    Array.from({ length: widths[layer] * units }, (_, k) => ({
      from: first[layer] + Math.floor(k / units),
      to: first[layer + 1] + k % units,
    }))
  )
  const biases = biased ? nodes.flatMap(({ layer }, node) => (layer ? [{ node }] : [])) : []
  return { layers: widths.length, nodes, edges, biases }
}

const NETWORKS = [2, 3, 4, 5, 6].flatMap((layers) =>
  [1, 2, 3, 4, 5, 6].map((units) => Array(layers).fill(units))
)

Deno.test("a phone shows every network whole, its units apart", () => {
  for (const widths of NETWORKS) {
    for (const biased of [false, true]) {
      const layout = layOut(drawingOf(widths, biased), 349)
      assert(layout.width <= 349, `${widths} is ${layout.width} pixels wide`)
      const [first, other] = [layout.nodes[0], layout.nodes[widths[0]]]
      assert(other.x - first.x > 2 * first.radius + 8, `units of ${widths} touch`)
    }
  }
})

Deno.test("names have room between the units of a layer", () => {
  for (const widths of NETWORKS.filter(([units]) => units > 1)) {
    for (const width of [349, 780]) {
      for (const room of [Infinity, 280]) {
        const { nodes: [first, second], nameSize } = layOut(drawingOf(widths, true), width, room)
        const between = second.y - first.y - first.radius - second.radius
        assert(
          nameSize <= between,
          `${widths} in ${width} × ${room}: names of ${nameSize} in ${between} pixels`,
        )
      }
    }
  }
})
