import { placeOfStage, readStage } from "../../ui/components/live_network/stages.js"
import { linksOf, readStep } from "../../ui/components/live_network/step.js"
import { assertEquals } from "./assert.js"
import { dataOf } from "./live_data.js"

/** @import { StageText } from "../../ui/components/live_network/model.d.ts" */

// One input, one unit with a bias: w = 2, b = −1, x = 0.3, δ = 0.5.
const data = dataOf("none", {
  layers: 2,
})
data.drawing.nodes = [
  { id: "n0.1", layer: 0, unit: 0, label: "x1" },
  { id: "n1.1", layer: 1, unit: 0, label: "ŷ" },
]
data.drawing.edges = [{ id: "w1.1.1", label: "w", index: 0, from: 0, to: 1 }]
data.drawing.biases = [{ id: "b1.1", label: "b", index: 1, node: 1 }]
Object.assign(data.layout, {
  ...{ loss: 0, loss_after: 1, loss_predicted: 2, a: 3, z: 5, derivative: 7, da: 9, delta: 11 },
  ...{ gradient: 13, length: 15 },
})
/** @type {Record<string, number>} */
const VALUES = { x1: 0.3, "w1.1.1": 2, "b1.1": -1, y1: 1, eta: 0.5 }
const FRAME = [0, 0, 0, 0.3, -0.4, 0, -0.4, 0, 1, 0, 0.5, 0, 0.5, 0.15, 0.5]
const LINKS = linksOf(data.drawing)

/** @type {StageText[]} */
const STAGES = [["x", "x", 0], ["z1", "z", 1], ["a1", "a", 1], ["dW1", "dW", 1], ["step", "step_W", 1]].map((
  [id, name, layer],
) => ({
  ...{
    id: String(id),
    name: String(id).replace(/\d/, ""),
    layer: Number(layer),
    symbol: "",
    title: "",
    sentence: "",
    shapes: [],
    code: [],
  },
  writes: [[String(name), Number(layer)]],
}))

/**
 * @param {string} id
 */
function at(id) {
  return readStage(STAGES, id, readStep(data, data.view, FRAME, (name) => VALUES[name]))
}

Deno.test("the whole step is no stage", () => {
  assertEquals(placeOfStage(STAGES, "all"), -1)
  assertEquals(at("all"), null)
})

Deno.test("what a stage and those before it write has been computed, and nothing else", () => {
  const stage = at("a1")
  assertEquals(["x", "z", "a", "dW"].map((name) => stage?.isComputed(name, name === "x" ? 0 : 1)), [
    ...[true, true, true, false],
  ])
  assertEquals([stage?.isWritten("a", 1), stage?.isWritten("z", 1)], [true, false])
  assertEquals(stage?.carried, null)
})

Deno.test("edges carry contributions forward, gradients back, and then the weight deltas", () => {
  const carried = (/** @type {string} */ id) => LINKS.map((link) => at(id)?.carried?.of(link))
  assertEquals(carried("z1"), [0.6, -1])
  assertEquals(carried("dW1"), [0.15, 0.5])
  assertEquals(carried("step"), [-0.075, -0.25])
  assertEquals(["z1", "dW1", "step"].map((id) => at(id)?.carried?.backward), [false, true, false])
  assertEquals(LINKS.map((link) => at("z1")?.isLit(link)), [true, true])
  assertEquals(LINKS.map((link) => at("a1")?.isLit(link)), [false, false])
})
