import { readFormulas } from "../../ui/components/live_network/formulas.js"
import { passOf, readNudge, relativeErrorOf } from "../../ui/components/live_network/nudge.js"
import { sameDigits } from "../../ui/components/live_network/nudge_view.js"
import { assert, assertEquals } from "./assert.js"
import { dataOf } from "./live_data.js"

/** @import { Expression } from "../../ui/components/live_network/model.d.ts" */

/** @type {Expression} */
const Z = ["z", 1]
/** @type {Expression} */
const A = ["a", 1]
/** @type {Expression} */
const Y = ["y", 0]
/** @type {Expression} */
const ZERO = { value: 0 }
/** @type {Expression} */
const ERROR = ["subtract", A, Y]
/** @type {Expression} */
const HALF_SQUARE = ["multiply", { value: 0.5 }, ["power", ERROR, { value: 2 }]]
/** @type {Expression} */
const SIZE = ["abs", ERROR]

/** @type {Record<string, Expression>} */
const ACTIVATIONS = {
  identity: Z,
  relu: ["maximum", ZERO, Z],
  leaky_relu: ["where_greater", Z, ZERO, Z, ["multiply", { value: 0.01 }, Z]],
  elu: ["where_greater", Z, ZERO, Z, ["subtract", ["exp", Z], { value: 1 }]],
}

/** @type {Record<string, Expression>} */
const LOSSES = {
  squared: ["sum_all", HALF_SQUARE],
  Huber: ["sum_all", ["where_greater", SIZE, { value: 1 }, ["subtract", SIZE, { value: 0.5 }], HALF_SQUARE]],
}

/**
 * A network of one weight: ŷ = f(x w).
 * @param {string} activation
 * @param {string} loss
 */
function networkOf(activation, loss) {
  const { drawing, convention, code } = dataOf("none")
  return readFormulas({
    convention,
    code,
    drawing: {
      ...drawing,
      nodes: [
        { id: "n0.1", layer: 0, unit: 0, label: "x1" },
        { id: "n1.1", layer: 1, unit: 0, label: "ŷ" },
      ],
      edges: [{ id: "w1.1.1", label: "x1→ŷ", index: 0, from: 0, to: 1 }],
      activations: [activation],
      loss,
    },
    formulas: [
      { left: ["z", 1], right: ["matmul", ["a", 0], ["W", 1]], because: [], code: [] },
      { left: ["a", 1], right: ACTIVATIONS[activation], because: [], code: [] },
      { left: ["loss", 0], right: LOSSES[loss], because: [], code: [] },
    ],
  })
}

/**
 * @typedef {{
 *   activation?: string, loss?: string, x?: number, w: number, y?: number, h: number, gradient: number, id?: string,
 *   known?: number, all?: number[],
 * }} Case
 */

/** @param {Case} numbers */
function nudged(
  { activation = "identity", loss = "squared", x = 1, w, y = 0, h, gradient, id = "w1.1.1", known, all },
) {
  /** @type {Record<string, number>} */
  const values = { x1: x, "w1.1.1": w, y1: y }
  const step = { value: (/** @type {string} */ name) => values[name], scalar: () => 0 }
  return readNudge(networkOf(activation, loss), step, id, { h, gradient, known, all })
}

/** @type {[string, Case, string][]} */
const VERDICTS = [
  [
    "exact",
    { w: 3, loss: "Huber", h: 0.1, gradient: 1 },
    "Exact: along w the loss is a straight line over this step.",
  ],
  [
    "exact",
    { activation: "relu", w: -1, h: 0.1, gradient: 0 },
    "Exact: both are 0, as the loss is the same at w and w + h.",
  ],
  ["digits", { w: 1, h: 1e-3, gradient: 1 }, "Agrees to 3 digits; at a smaller h the loss bends less."],
  [
    "digits",
    { w: 1, h: 1e-8, gradient: 1 },
    "Agrees to 8 digits; at a larger h less of L(w) and L(w + h) cancels.",
  ],
  ["digits", { w: 1, h: 1e-8, gradient: 1, known: 6 }, "Agrees to 6 digits"],
  // No h beyond the ends is recommended.
  [
    "digits",
    { w: 1000, x: 1e3, h: 1e-8, gradient: 1e9, all: [1e-8, 0.1] },
    "Agrees to 5 digits; at a larger h",
  ],
  [
    "digits",
    { w: 1e-6, h: 1e-8, gradient: 1.0051e-6, all: [1e-9, 0.1] },
    "Agrees to 4 digits; at a smaller h",
  ],
  ["digits", { w: 1e-6, h: 1e-8, gradient: 1.0051e-6, all: [1e-8, 0.1] }, "Agrees to 4 digits."],
  ["digits", { w: 1, y: 1e6, x: 1e-6, h: 0.1, gradient: -1, all: [0.1] }, "Agrees to 3 digits."],
  [
    "curve",
    { w: 1e-9, h: 1e-8, gradient: 1e-9, all: [1e-8, 0.1] },
    "The loss bends within the step. (L(w + h)",
  ],
  [
    "rounding",
    { x: 1e-6, w: 1, y: 1e9, h: 0.1, gradient: -1e3, all: [1e-8, 0.1] },
    "Rounding: most digits of L(w) and L(w + h) cancel.",
  ],
  // Below w is the parabola; the step itself is on the straight line.
  [
    "digits",
    { w: 2, y: 1, loss: "Huber", h: 1e-4, gradient: 1 },
    "Agrees to 11 digits; at a larger h less of L(w) and L(w + h) cancels.",
  ],
  [
    "rounding",
    { x: 1e-6, w: 1, y: 1000, h: 1e-8, gradient: -1e-3 },
    "Rounding: h is too small, L(w) and L(w + h) are the same in 64 bits.",
  ],
  [
    "rounding",
    { x: 1e-6, w: 1, y: 1000, h: 1e-6, gradient: -1e-3 },
    "Rounding: h is too small, most digits of L(w) and L(w + h) cancel.",
  ],
  [
    "curve",
    { w: 0.1, h: 0.1, gradient: 0.1 },
    "h is too large: the loss bends within the step. (L(w + h) − L(w − h)) / 2h is 0.100000.",
  ],
  [
    "kink",
    { activation: "relu", w: -0.05, y: 1, h: 0.1, gradient: 0 },
    "A kink: within the step z of ŷ crosses 0, where ReLU changes its slope.",
  ],
  [
    "kink",
    { activation: "leaky_relu", w: -0.05, y: 1, h: 0.1, gradient: -0.010005 },
    "A kink: within the step z of ŷ crosses 0, where leaky ReLU changes its slope.",
  ],
  [
    "kink",
    { activation: "relu", w: 0, y: 1, h: 0.1, gradient: 0 },
    "A kink: z of ŷ stands at 0, where ReLU changes its slope.",
  ],
  [
    "kink",
    { activation: "leaky_relu", w: 0, y: 1, h: 0.1, gradient: -0.01 },
    "A kink: z of ŷ stands at 0, where leaky ReLU changes its slope.",
  ],
  [
    "kink",
    { activation: "relu", x: -1, w: -0.5, y: 1, h: 0.5, gradient: 1.5 },
    "A kink: within the step z of ŷ reaches 0, where ReLU changes its slope.",
  ],
  [
    "kink",
    { loss: "Huber", w: 0.95, h: 0.1, gradient: 0.95 },
    "A kink: within the step |ŷ − y| is 1, where Huber’s parabola becomes a line.",
  ],
  // Both sides of ELU have the same slope at 0.
  ["curve", { activation: "elu", w: -0.05, y: 1, h: 0.1, gradient: -0.998 }, "h is too large"],
  ["overflow", { w: 1e200, h: 0.1, gradient: 1 }, "A number on the way overflowed"],
  ["unknown", { w: 1, h: 0.1, gradient: NaN }, ""],
  ["digits", { id: "y1", w: 1, h: 1e-3, gradient: -1 }, "Agrees to 3 digits"],
  ["digits", { id: "n1.1", w: 1, h: 1e-3, gradient: 1 }, "Agrees to 3 digits"],
  ["digits", { id: "n0.1", w: 2, h: 1e-3, gradient: 4 }, "Agrees to 3 digits"],
]

for (const [kind, numbers, sentence] of VERDICTS) {
  Deno.test(`${kind}: ${JSON.stringify(numbers)}`, () => {
    const verdict = nudged(numbers)?.verdict
    assertEquals(verdict?.kind, kind, verdict?.sentence)
    assert(verdict?.sentence.replaceAll("\u00a0", " ").startsWith(sentence) ?? false, verdict?.sentence ?? "")
  })
}

Deno.test("only across a kink there is a pass at half of h", () => {
  const movesOf = (/** @type {number} */ w) => {
    const network = networkOf("relu", "squared")
    const pass = passOf(network)
    const { run } = pass
    /** @type {number[]} */
    const moves = []
    pass.run = (value, place, by = 0) => {
      moves.push(by)
      return run(value, place, by)
    }
    const values = new Map([["x1", 1], ["w1.1.1", w], ["y1", 0]])
    const step = { value: (/** @type {string} */ id) => values.get(id) ?? NaN, scalar: () => 0 }
    readNudge(network, step, "w1.1.1", { h: 0.1, gradient: w })
    return moves.toSorted((one, other) => one - other)
  }
  assertEquals(movesOf(1), [-0.1, 0, 0.1])
  assertEquals(movesOf(0.05), [-0.1, 0, 0.05, 0.1])
})

Deno.test("a nudge changes what is behind it, and nothing else", () => {
  const unit = { layer: 1, unit: 0 }
  const found = ["w1.1.1", "n0.1", "n1.1", "y1"].map((id) => {
    const nudge = nudged({ id, x: 2, w: 0.5, h: 0.1, gradient: 1 })
    return nudge && [nudge.reaches(unit), nudge.aChange(unit).toFixed(6), nudge.lossChange.toFixed(6)]
  })
  assertEquals(found, [
    [true, "0.200000", "0.220000"],
    [true, "0.050000", "0.051250"],
    [true, "0.100000", "0.105000"],
    [false, "0.000000", "-0.095000"],
  ])
})

Deno.test("what is in no forward pass is not nudged", () => {
  assertEquals(["eta", "none"].map((id) => nudged({ id, w: 1, h: 0.1, gradient: 1 })), [null, null])
})

Deno.test("the relative error is 0 for equal numbers, 1 at most, and a number for two zeros", () => {
  assertEquals([[1, 1], [1, -1], [0, 0], [1, 3]].map(([a, b]) => relativeErrorOf(a, b)), [0, 1, 0, 0.5])
})

Deno.test("the digits that two losses have in common end where they begin to differ", () => {
  assertEquals([["0.123", "0.129"], ["1", "1"], ["2", "−2"]].map(([a, b]) => sameDigits(a, b)), [4, 1, 0])
})
