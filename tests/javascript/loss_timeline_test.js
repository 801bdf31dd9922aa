import { begin, dataOf, sentArray } from "./live_data.js"
import { assert, assertEquals } from "./assert.js"
import { lossCurveOf, readLossAlong, readLosses } from "../../ui/components/live_network/loss_ahead.js"
import {
  divergence,
  extentOf,
  grownRange,
  heightOf,
  lossAt,
  lossRange,
  lossTicks,
  pixelOfStep,
  stepAtPixel,
  tracePath,
} from "../../ui/components/live_network/loss_timeline_axis.js"
import {
  clearBaseline,
  endText,
  endWords,
  lossOfStep,
} from "../../ui/components/live_network/loss_timeline_canvas.js"
import { stepOfKey } from "../../ui/components/live_network/loss_timeline_moves.js"
import { stepWords } from "../../ui/components/live_network/loss_timeline.js"

const AXIS = { left: 50, span: 800, last: 200 }
const NOTHING = extentOf([])
const PRECISION = { digits: 3, decimals: null }
/** @param {number[]} loss */
const curve = (...loss) => readLosses({ steps: loss.map((_, k) => k), loss })

const SENT = {
  steps: [0, 1, 2],
  positions: [-1, 0, 1],
  codes: sentArray("<u2", Uint16Array.from([0, 65534, 65535, 32767, 0, 65535, 65534, 65535, 65535]), 3),
  low: sentArray("<f4", Float32Array.from([0, -4, 0])),
  high: sentArray("<f4", Float32Array.from([2, -1, 0])),
  last: sentArray("<f8", Float64Array.from([4, NaN, NaN])),
}

Deno.test("the future of a film is that of the position nearest to the slider", () => {
  const along = readLossAlong(SENT)
  assertEquals(Array.from(along.at(-0.7).loss, (loss) => Number(loss.toFixed(3))), [1, 2, 4])
  assertEquals(lossCurveOf(along.at(0.1)), { steps: [0, 1, 2], loss: [0.5, 0.0625, null] })
  assertEquals(along.at(-2).last, 4)
  assertEquals(lossCurveOf(along.at(1)).loss, [null, null, null])
})

Deno.test("a step is where the pointer has to be for it, and no further than can be reached", () => {
  for (const step of [0, 1, 99, 200]) assertEquals(stepAtPixel(AXIS, pixelOfStep(AXIS, step), 200), step)
  assertEquals([-500, 49, 851, 5000].map((x) => stepAtPixel(AXIS, x, 150)), [0, 0, 150, 150])
  assertEquals(stepAtPixel(AXIS, pixelOfStep(AXIS, 20) + 1.9, 200), 20)
  assertEquals(stepAtPixel(AXIS, pixelOfStep(AXIS, 20) + 2.1, 200), 21)
})

Deno.test("a linear scale begins at 0, holds all losses, and has a round end", () => {
  for (const most of [0.00661556, 0.12, 1, 3.7e5, 2.3e-9]) {
    const range = lossRange(NOTHING, [most, most / 3], "linear")
    assertEquals([range.low, range.beyond], [0, null])
    assert(range.high >= most && range.high <= 1.5 * most, `${range.high} for ${most}`)
    const lines = lossTicks(range)
    assert(lines[0] === 0 && Math.abs(lines[lines.length - 1] / range.high - 1) < 1e-9, lines.join())
    assert(lines.length >= 3 && lines.length <= 6, lines.join())
  }
})

Deno.test("what diverges runs along the ceiling, and how far it goes is known", () => {
  const range = lossRange(extentOf([[0.5, 0.4]]), [0.4, 20, 1e9, NaN], "linear")
  assert(range.high <= 60 && range.high >= 20, String(range.high))
  assertEquals(range.beyond, 1e9)
  assertEquals(heightOf(range, 1e9), 1)
  assert(Number.isNaN(heightOf(range, NaN)), "no number has no height")
})

Deno.test("a logarithmic scale has powers of ten at its ends, and 0 at its floor", () => {
  const range = lossRange(NOTHING, [0.0066, 3e-5, 0], "log")
  assertEquals([range.low, range.high], [1e-5, 1e-2])
  assertEquals(lossTicks(range).sort(), [1e-5, 1e-4, 1e-3, 1e-2].sort())
  assertEquals([heightOf(range, 0), heightOf(range, 1e-2)], [0, 1])
  assert(Math.abs(heightOf(range, 1e-3) - 2 / 3) < 1e-9, "evenly by powers of ten")
  const deep = lossTicks(lossRange(NOTHING, [1, 1e-40], "log"))
  assert(deep.length <= 6 && Math.min(...deep) >= 1e-16, deep.join())
  assertEquals(lossRange(NOTHING, [0, 0], "log").low > 0, true)
})

Deno.test("what lies below a logarithmic scale is written at its end, with how far down it goes", () => {
  const words = (/** @type {number[]} */ ...loss) => endWords(lossRange(NOTHING, loss, "log")).low
  assertEquals(words(1, 1e-12), "")
  assertEquals(words(1, 1e-15), "")
  assertEquals(words(1, 1e-40), "▼ below 1e−16, down to 1e−40")
  assertEquals(words(0.0066, 3e-31), "▼ below 1e−18, down to 1e−31")
  assertEquals(words(0.5, 0), "▼ below 0.1, down to 0")
  assertEquals(endWords(lossRange(NOTHING, [1, 0], "linear")).low, "")
  const deep = lossRange(NOTHING, [1e-20, 1e-50], "log")
  assertEquals(grownRange(lossRange(NOTHING, [1, 1e-30], "log"), deep).below, null)
  assertEquals(grownRange(deep, lossRange(NOTHING, [1, 1e-30], "log")).below, 1e-50)
})

Deno.test("while a slider moves its scale only grows, unless another one is chosen", () => {
  const wide = lossRange(NOTHING, [1, 0.01], "linear")
  const small = lossRange(NOTHING, [0.1], "linear")
  assertEquals(grownRange(small, wide).high, wide.high)
  assertEquals(grownRange(wide, small).high, wide.high)
  assertEquals(grownRange(lossRange(NOTHING, [0.1], "log"), wide).scale, "log")
  assertEquals(grownRange(small, null), small)
})

Deno.test("the past ends at the present step, and what lies ahead begins there", () => {
  const range = lossRange(NOTHING, [4], "linear")
  const steps = (/** @type {number} */ first, /** @type {{ from?: number, to?: number }} */ part) => {
    /** @type {number[]} */
    const found = []
    tracePath(curve(4, 3, NaN, 1), first, AXIS, range, part, (x) => found.push(stepAtPixel(AXIS, x, 200)))
    return found
  }
  assertEquals(steps(0, { to: 1 }), [0, 1])
  assertEquals(steps(0, { from: 1 }), [1])
  assertEquals(steps(40, {}), [40, 41])
})

Deno.test("the loss between two kept steps lies between theirs", () => {
  const thinned = { steps: [0, 5, 10], loss: [4, 2, 1], last: 1 }
  assertEquals(lossAt(thinned, 5), { loss: 2, kept: true })
  assertEquals(lossAt(thinned, 9), { loss: 1.2, kept: false })
  assert(Number.isNaN(lossAt(thinned, 11).loss), "beyond its end it has none")
  assertEquals(lossAt(curve(3), 0).loss, 3)
})

Deno.test("a step that was taken has the loss it had, and one ahead the one it would have", () => {
  const timed = { curve: curve(4, 3, 2), ahead: curve(3, 2, 1, 0.5), position: 1 }
  assertEquals([0, 2, 3, 4].map((step) => lossOfStep(timed, step).loss), [4, 2, 1, 0.5])
})

Deno.test("the end of the curve is written, or after how many steps it diverges", () => {
  assertEquals(endText({ ...curve(1, 0.5), last: 0.000366998 }, PRECISION, 0), "0.000367 after 1 step")
  assertEquals(
    endText({ steps: [0, 5, 10], loss: [1, 9, NaN], last: NaN }, PRECISION, 0),
    "diverges after 5 steps",
  )
  assertEquals(endText({ ...curve(1, 0.5), last: 0.5 }, PRECISION, 100), "0.500 at step 101")
  assertEquals(divergence(curve(1, 2)), null)
  assertEquals(divergence(curve(NaN)), 0)
})

Deno.test("words at the end of a curve stand where it does not run through them", () => {
  const end = 60
  const usual = clearBaseline([60, 60, 60], end)
  assertEquals(usual < end, true)
  const falling = clearBaseline([usual - 4, usual - 2, end], end)
  assertEquals(falling === usual, false)
  assertEquals(clearBaseline([NaN, NaN], end), usual)
})

Deno.test("the steps that would be taken are counted from the last one taken", () => {
  const timed = {
    ...{ curve: curve(4, 3, 2), old: [], ahead: curve(3, 2, 1, 0.5), position: 1, axis: AXIS },
    ...{ range: lossRange(NOTHING, [4], "linear"), precision: PRECISION },
  }
  const words = (/** @type {number | null} */ target) => stepWords({ ...timed, target })
  assertEquals(words(null), "step 1")
  assertEquals(words(2), "step 2: loss 2.00")
  assertEquals(words(3), "step 3: loss 1.00, 1 step to take")
  assertEquals(words(4), "step 4: loss 0.500, 2 steps to take")
})

Deno.test("keys move along the timeline, and not beyond its ends", () => {
  const keys = ["ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown", "PageUp", "PageDown", "Home", "End", "a"]
  assertEquals(keys.map((key) => stepOfKey(key, 50, 100)), [51, 51, 49, 49, 60, 40, 0, 100, null])
  assertEquals([stepOfKey("PageUp", 95, 100), stepOfKey("ArrowLeft", 0, 100)], [100, 0])
})

Deno.test("a step that was gone to is shown until the response has come", async () => {
  const { takeData, takeValues } = await import("../../ui/components/live_network/state.js")
  const state = begin()
  state.seeking = { step: 7, committed: false }
  takeValues(state, [])
  assertEquals(state.seeking?.step, 7)
  state.seeking = { step: 7, committed: true }
  takeValues(state, [])
  assertEquals(state.seeking, null)
  state.seeking = { step: 7, committed: false }
  takeData(state, dataOf("none", { layers: 3 }))
  assertEquals(state.seeking, null)
})
