import { makeReel } from "../../ui/components/player/reel.js"
import { placeOf } from "../../ui/components/player/reel.js"
import { lowestAt, makeSweep, reelAt } from "../../ui/components/player/sweep.js"
import { assertEquals } from "./assert.js"
import { filmOf, STEPS } from "./player_film.js"

const PRECISION = { digits: 6, decimals: null }

/** @param {Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>} numbers */
const sent = (numbers) => ({ bytes: new Uint8Array(numbers.buffer) })

/**
 * A run of so many key frames; θ is its number everywhere.
 * @param {number} number
 * @param {number[]} losses
 * @param {boolean} [diverged]
 */
function runOf(number, losses, diverged = false) {
  const count = losses.length
  return {
    steps: STEPS.slice(0, count),
    epochs: STEPS.slice(0, count),
    frames: [0, count - 1],
    best: null,
    diverged,
    theta: sent(new Float32Array(9 * count).fill(number)),
    gradient: sent(new Float32Array(9 * count).fill(1)),
    loss: { train: sent(Float64Array.from(losses)), test: null },
    accuracy: { train: null, test: null },
    hidden: { bytes: new Uint8Array(2 * 2 * 4) },
    surface: { bytes: new Uint8Array(2 * 9) },
    predictions: sent(new Float32Array(4)),
    points: number < 3 ? null : {
      x: sent(Float64Array.of(9, 9, 9, 9)),
      y: sent(Float64Array.of(1, 0)),
      test: { bytes: Uint8Array.of(1, 0) },
    },
  }
}

/** @param {Partial<import("../../ui/components/player/model.d.ts").SentSweep>} [changes] */
function sweepOf(changes = {}) {
  return makeSweep({
    key: "s",
    of: "a",
    name: "eta",
    values: [0.1, 0.2, 0.3],
    symbol: "η",
    texts: ["η = 0.1", "η = 0.2", "η = 0.3"],
    numbers: ["0.1", "0.2", "0.3"],
    present: 1,
    is_own: true,
    number: "<f4",
    center: [1, 2, 3, 4, 5],
    span: [5, 4, 3, 2, 1],
    runs: [runOf(1, [0.7, 0.6, 0.5]), runOf(2, [0.7, 0.5, 0.2]), runOf(3, [0.7, 0.1], true)],
    ...changes,
  }, makeReel(filmOf(), PRECISION))
}

Deno.test("each value is a reel of its own numbers, with the rest of the run's own", () => {
  const sweep = sweepOf()
  const reel = reelAt(sweep, 2)
  assertEquals([...new Set(reel.theta)], [3])
  assertEquals([reel.center, reel.span], [[1, 2, 3, 4, 5], [5, 4, 3, 2, 1]])
  assertEquals([reel.count, reel.last, reel.diverged], [2, 10, true])
  assertEquals([...reel.loss.train], [0.7, 0.1])
  assertEquals([reel.key, reel.nodes], [sweep.own.key, sweep.own.nodes])
  assertEquals([...reel.points.x], [9, 9, 9, 9])
  assertEquals(reelAt(sweep, 0).points.x, sweep.own.points.x)
  assertEquals(reelAt(sweep, 2) === reel, true)
})

Deno.test("the curves of all others are faint, and the timeline is the same for each value", () => {
  const sweep = sweepOf()
  for (const index of [null, 0, 1, 2]) {
    const { left, end, common } = reelAt(sweep, index)
    assertEquals(left.length, 2)
    assertEquals(end, 40)
    assertEquals(common, sweep.common)
  }
  assertEquals(reelAt(sweepOf({ is_own: false }), null).left.length, 3)
})

Deno.test("a playhead goes to the same step of another run, or to its end where that is before", () => {
  const steps = { steps: [0, 10, 40] }
  assertEquals([0, 5, 10, 25, 40, 99].map((step) => placeOf(steps, step)), [0, 0.5, 1, 1.5, 2, 2])
})

Deno.test("the lowest loss at a step is of a run that has not diverged before it", () => {
  const sweep = sweepOf()
  assertEquals(lowestAt(sweep, 10).text, "η = 0.3")
  assertEquals(lowestAt(sweep, 40).text, "η = 0.2")
  assertEquals(lowestAt(sweep, 40).kind, "training")
  const gone = sweepOf({ runs: [runOf(1, [0.7], true)] })
  assertEquals(lowestAt(gone, 40).loss, Infinity)
})

Deno.test("the lowest loss is of the step that goes with it, one of all runs", () => {
  const sweep = sweepOf({
    runs: [runOf(1, [0.7, 0.6, 0.5]), runOf(2, [0.7, 0.8], true), runOf(3, [0.7, 0.4])],
  })
  for (let step = 0; step <= 50; step += 1) {
    const { step: there, loss, index } = lowestAt(sweep, step)
    const at = STEPS.indexOf(there)
    assertEquals(at >= 0, true)
    assertEquals(loss, sweep.curves[index].loss[Math.min(at, sweep.curves[index].steps.length - 1)])
  }
  assertEquals([4, 6, 24, 26].map((step) => lowestAt(sweep, step).step), [0, 10, 10, 40])
})

Deno.test("a run that explodes does not press the others to the floor", () => {
  const sweep = sweepOf({ runs: [runOf(1, [0.7, 1e9, 1e300], true), runOf(2, [0.7, 0.5, 0.2])] })
  assertEquals(Math.max(...sweep.common.train), 0.7)
})
