import {
  continueReel,
  cutReel,
  extendReel,
  growReel,
  roundLength,
  tailBehind,
} from "../../ui/components/player/growth.js"
import { hasAllOf, LEVELS, makeReel } from "../../ui/components/player/reel.js"
import { assert, assertEquals } from "./assert.js"
import { encode, filmOf } from "./player_film.js"

/** @import { NextSteps } from "../../ui/components/player/model.d.ts" */

const PARAMETERS = 9
const PRECISION = { digits: 6, decimals: null }

/**
 * Next steps whose numbers are all `value`, and their maps `level`.
 * @param {number[]} steps
 * @param {number} value
 * @param {number} level
 * @param {Partial<NextSteps>} changes
 * @returns {NextSteps}
 */
function stepsOf(steps, value, level, changes = {}) {
  const { length } = steps
  return {
    steps,
    epochs: steps.map((step) => step / 10),
    theta: encode(new Float32Array(length * PARAMETERS).fill(value)),
    gradient: encode(new Float32Array(length * PARAMETERS).fill(value / 100)),
    loss: { train: encode(new Float64Array(length).fill(value)), test: null },
    accuracy: { train: null, test: null },
    frames: [length - 1],
    hidden: encode(new Uint8Array(2 * 4).fill(level)),
    surface: encode(new Uint8Array(9).fill(level)),
    span: [6, 3, 1, 1, 0.5],
    predictions: encode(new Float32Array(2).fill(value)),
    picture: null,
    ...changes,
  }
}

function start() {
  return makeReel(filmOf(), PRECISION)
}

Deno.test("next steps stand behind those of the film, with their numbers and maps", () => {
  const { reel } = growReel(start(), stepsOf([44, 48], 7, 200))
  assertEquals([...reel.steps], [0, 10, 40, 44, 48])
  assertEquals([reel.count, reel.last, reel.reached, reel.grown], [5, 48, 40, true])
  assertEquals([...reel.theta.slice(-PARAMETERS)], new Array(PARAMETERS).fill(7))
  assertEquals([...reel.theta.slice(0, 3 * PARAMETERS)], [...start().theta])
  assertEquals([...reel.frames], [0, 2, 4])
  assertEquals([reel.hiddenMaps.length, reel.hiddenMaps.at(-1)], [3 * 2 * 4, 200])
  assertEquals([reel.surface.length, reel.surface.at(-1)], [3 * 9, 200])
  assertEquals([...reel.loss.train], [0.7, 0.5, 0.2, 7, 7])
  assertEquals(reel.largest.length, 5)
})

Deno.test("a film whose steps have come is the reel that has them, and no other", () => {
  const { reel } = growReel(start(), stepsOf([44, 48], 7, 200))
  const film = { key: "b", run: "r", still: "alike", last: 44, best: 10, diverged: false }
  assert(hasAllOf(reel, film), "not all are here")
  for (const changes of [{ run: "s" }, { still: "other" }, { last: 52 }, { last: 46 }]) {
    assert(!hasAllOf(reel, { ...film, ...changes }), JSON.stringify(changes))
  }
  const continued = continueReel(reel, film)
  assertEquals([continued.key, continued.best, continued.sent, continued.last], ["b", 10, 44, 44])
  assertEquals([continued.end, continued.count], [44, reel.count])
  assert(continued.theta === reel.theta, "the numbers are others")
  assertEquals(continueReel({ ...reel, sent: 48 }, film).sent, 48)
})

Deno.test("what is there beyond a step stands as it was behind a film that ends there, and can be cut off", () => {
  const { reel } = growReel(start(), stepsOf([44, 48], 7, 200))
  const tail = tailBehind(reel, 40)
  if (!tail) throw new Error("there are steps beyond")
  const again = extendReel(start(), tail).reel
  for (
    const name
      of /** @type {const} */ (["steps", "epochs", "theta", "gradient", "frames", "hiddenMaps", "surface"])
  ) {
    assertEquals([...again[name]], [...reel[name]])
  }
  assertEquals([...again.points.predictions], [...reel.points.predictions])
  const cut = cutReel(again, 40)
  for (
    const name of /** @type {const} */ (["steps", "theta", "frames", "hiddenMaps", "surface", "largest"])
  ) {
    assertEquals(cut[name].length, start()[name].length)
  }
  assertEquals([cut.count, cut.last], [3, 40])
  assertEquals(tailBehind(start(), 40), null)
})

Deno.test("maps from before are those of the same activations where a unit's scale has widened", () => {
  const film = filmOf()
  const hidden = encode(new Uint8Array(2 * 2 * 4).fill(2 * LEVELS))
  const before = makeReel({ ...film, maps: { ...film.maps, hidden } }, PRECISION)
  const { reel } = growReel(before, stepsOf([44], 1, LEVELS, { span: [6, 3, 2, 1, 0.5] }))
  // The first unit's map is at its largest, which is the middle of the way on a scale twice as wide.
  assertEquals([...reel.hiddenMaps.slice(0, 8)], [...new Array(4).fill(191), ...new Array(4).fill(254)])
  assertEquals(reel.span[2], 2)
})

Deno.test("next steps on a narrower scale are shown on the wider one of before", () => {
  const before = growReel(start(), stepsOf([44], 1, 2 * LEVELS, { span: [6, 3, 4, 4, 1] })).reel
  const { reel } = growReel(before, stepsOf([48], 1, 2 * LEVELS, { span: [6, 3, 1, 4, 0.5] }))
  assertEquals([...reel.span], [6, 3, 4, 4, 1])
  const [length, whole] = [4, 2 * LEVELS]
  const quarter = Math.round(LEVELS * 1.25)
  assertEquals([...reel.hiddenMaps.slice(-2 * length)], [
    ...Array(length).fill(quarter),
    ...Array(length).fill(whole),
  ])
  assertEquals(reel.surface.at(-1), Math.round(LEVELS * 1.5))
  // What was there already stays as it was.
  assertEquals([...reel.hiddenMaps.slice(-4 * length, -2 * length)], new Array(2 * length).fill(whole))
})

Deno.test("however long a run goes on, its reel stays small, whole and in order, and newest steps stay dense", () => {
  let reel = start()
  for (let k = 0; k < 200; k += 1) {
    const after = reel.steps[reel.count - 1]
    const steps = Array.from({ length: 50 }, (_, place) => after + 1 + place)
    const frames = Array.from({ length: 12 }, (_, place) => place === 11 ? 49 : place * 4)
    const hidden = encode(new Uint8Array(12 * 2 * 4))
    const surface = encode(new Uint8Array(12 * 9))
    const predictions = encode(new Float32Array(12 * 2))
    reel = growReel(reel, stepsOf(steps, k, 0, { frames, hidden, surface, predictions })).reel
  }
  assert(reel.count < 700, `${reel.count} key frames`)
  assert(reel.frames.length < 250, `${reel.frames.length} frames with maps`)
  assertEquals([reel.steps[0], reel.last], [0, 10_040])
  assert(reel.steps.every((step, k) => !k || step > reel.steps[k - 1]), "not in order")
  assert(reel.frames.every((frame, k) => !k || frame > reel.frames[k - 1]), "maps not in order")
  assertEquals([reel.frames[0], reel.frames.at(-1)], [0, reel.count - 1])
  assertEquals(reel.steps.slice(-100)[0], 10_040 - 99)
  assertEquals(reel.theta.length, reel.count * PARAMETERS)
  assertEquals(reel.hiddenMaps.length, reel.frames.length * 2 * 4)
  assertEquals(reel.points.predictions.length, reel.frames.length * 2)
})

Deno.test("the timeline gets longer by round lengths, and never shorter", () => {
  let length = 0
  const lengths = new Set()
  for (let last = 1; last < 100_000; last += 7) {
    const longer = roundLength(last, length)
    assert(longer >= length && longer >= last, `${longer} for ${last}`)
    length = longer
    lengths.add(length)
  }
  assert(lengths.size < 30, `${lengths.size} lengths`)
})
