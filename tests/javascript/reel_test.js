import { between, blend, makeReel, NO_GRADIENT, stepAt } from "../../ui/components/player/reel.js"
import { assert, assertEquals } from "./assert.js"
import { encode, filmOf, GRADIENT, STEPS, THETA } from "./player_film.js"

const PRECISION = { digits: 6, decimals: null }

Deno.test("every weight and bias has its own place in θ, layer by layer, row by row", () => {
  const { nodes, edges, parameters } = makeReel(filmOf(), PRECISION)
  assertEquals(parameters, 9)
  // W1 (2, 2), b1 (2,), W2 (2, 1), b2 (1,)
  assertEquals(edges.map(({ from, to, index }) => [from, to, index]), [
    [0, 2, 0],
    [0, 3, 1],
    [1, 2, 2],
    [1, 3, 3],
    [2, 4, 6],
    [3, 4, 7],
  ])
  assertEquals(nodes.map(({ biasIndex }) => biasIndex), [null, null, 4, 5, 8])
  assertEquals(nodes.map(({ activation }) => activation), [null, null, "tanh", "tanh", "sigmoid"])
  assertEquals(nodes.map(({ output }) => output), [false, false, false, false, true])
})

Deno.test("without biases the weights of a layer follow those of the one before", () => {
  const theta = encode(new Float32Array(3 * 6))
  const reel = makeReel(filmOf({ bias: false, theta, gradient: theta }), PRECISION)
  assertEquals(reel.edges.map(({ index }) => index), [0, 1, 2, 3, 4, 5])
  assertEquals(reel.nodes.map(({ biasIndex }) => biasIndex), [null, null, null, null, null])
})

Deno.test("the numbers of a film are read in the type that they were sent in", () => {
  const own = makeReel(filmOf(), PRECISION)
  assertEquals([...own.theta], THETA)
  const wide = THETA.map((value) => value * 1e200)
  const film = filmOf({
    number: "<f8",
    theta: encode(Float64Array.from(wide)),
    points: { ...filmOf().points, predictions: encode(Float64Array.of(0.5, 0.5, 0.1, 0.9)) },
  })
  const reel = makeReel({ ...film, gradient: film.theta }, PRECISION)
  assertEquals([...reel.theta], wide)
  assertEquals([...reel.points.predictions], [0.5, 0.5, 0.1, 0.9])
  assertEquals([reel.cell, reel.field, reel.hiddenUnits, reel.last], [4, 9, 2, 40])
})

Deno.test("the scale of the colors is that of the weights, without biases and overflows", () => {
  const { heaviest, largest, edges } = makeReel(filmOf(), PRECISION)
  const sizes = STEPS.flatMap((_, k) => edges.map(({ index }) => Math.abs(THETA[9 * k + index])))
  assertEquals(heaviest, Math.max(...sizes))
  const steepest = Math.max(...edges.map(({ index }) => Math.abs(GRADIENT[index])))
  assert(largest.every((size) => size > 0 && size <= steepest), largest.join())
  const overflowing = encode(Float32Array.from(GRADIENT, (value, k) => (k === 0 ? Infinity : value)))
  const clear = makeReel(filmOf({ gradient: overflowing }), PRECISION)
  assert(clear.largest.every(Number.isFinite), clear.largest.join())
})

Deno.test("a run without any gradient or weight has a scale all the same", () => {
  const none = encode(new Float32Array(27))
  const { heaviest, largest } = makeReel(filmOf({ theta: none, gradient: none }), PRECISION)
  assertEquals(heaviest, 1)
  assert(largest.every((size) => Math.abs(size / NO_GRADIENT - 1) < 1e-9), largest.join())
})

Deno.test("a playhead lies between the maps on both sides of it", () => {
  const reel = { frames: [0, 2, 10] }
  assertEquals(between(reel, 0), { from: 0, to: 1, share: 0 })
  assertEquals(between(reel, 1.5), { from: 0, to: 1, share: 0.75 })
  assertEquals(between(reel, 4), { from: 1, to: 2, share: 0.25 })
  assertEquals(between(reel, 10), { from: 2, to: 2, share: 0 })
  assertEquals(between(reel, 11), { from: 2, to: 2, share: 0 })
  assertEquals(between({ frames: [0] }, 0), { from: 0, to: 0, share: 0 })
})

Deno.test("numbers between two frames lie between theirs", () => {
  const values = [0, 10, 4, 30]
  const into = new Float32Array(2)
  blend(values, 2, { from: 0, to: 1, share: 0.25 }, into)
  assertEquals([...into], [1, 15])
  blend(values, 2, { from: 1, to: 1, share: 0 }, into)
  assertEquals([...into], [4, 30])
})

Deno.test("the step under a playhead moves evenly from key frame to key frame", () => {
  const reel = { steps: STEPS }
  assertEquals([0, 0.5, 1, 1.5, 2].map((playhead) => stepAt(reel, playhead)), [0, 5, 10, 25, 40])
  assertEquals(stepAt({ steps: [0] }, 0), 0)
})

Deno.test("inputs that are pixels have no edges, and the biases of the first layer are the first numbers", () => {
  const parameters = 5
  const theta = encode(Float32Array.from({ length: STEPS.length * parameters }, (_, k) => k))
  const { edges, nodes } = makeReel(filmOf({ pixels: [1, 2], theta, gradient: theta }), PRECISION)
  assertEquals(edges, [{ from: 2, to: 4, index: 2 }, { from: 3, to: 4, index: 3 }])
  assertEquals(nodes.map(({ biasIndex }) => biasIndex), [null, null, 0, 1, 4])
})
