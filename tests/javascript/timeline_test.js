import { stepTicks, ticks } from "../../ui/components/base/ticks.js"
import { bestLabel, partAt, pixelOf } from "../../ui/components/player/timeline_axes.js"
import { assert, assertEquals } from "./assert.js"

const TRACK = { left: 50, span: 800, last: 200 }

Deno.test("a step is where the pointer has to be for it", () => {
  for (const step of [0, 1, 99, 200]) {
    assertEquals(Math.round(partAt(TRACK, pixelOf(TRACK, step)) * TRACK.last * 1e9) / 1e9, step)
  }
})

Deno.test("beyond its ends the timeline stands at its ends", () => {
  assertEquals([-500, 49, 851, 5000].map((x) => partAt(TRACK, x)), [0, 0, 1, 1])
})

Deno.test("a film of one key frame lies at the left end", () => {
  assertEquals(pixelOf({ ...TRACK, last: 0 }, 0), 50)
  assertEquals(stepTicks(0, 800), [0])
})

Deno.test("the first and the last step are named, whole steps in between, and none too close to the last", () => {
  for (const span of [230, 800, 1800]) {
    for (const last of [1, 2, 7, 99, 101, 600, 1000, 4999, 1e6]) {
      const steps = stepTicks(last, span)
      assertEquals([steps[0], steps.at(-1)], [0, last])
      assert(steps.every(Number.isInteger), steps.join())
      const round = steps.slice(1, -1)
      const gap = Math.min(...round.map((step) => ((last - step) / last) * span))
      // A last step that is round itself is one of an even row.
      assert(gap >= 64 || steps[1] * (steps.length - 1) === last, `${last} on ${span}: ${steps}`)
    }
  }
})

Deno.test("ticks are multiples of 1, 2 or 5 times a power of ten, within the axis, about as many as wanted", () => {
  for (const [low, high] of [[-6, 6], [0, 1], [-0.003, 0.0041], [1e6, 3.3e6], [-1, 1.7e9]]) {
    for (const wanted of [4, 6, 9]) {
      const marks = ticks(low, high, wanted)
      const size = marks[1] - marks[0]
      const digit = size / 10 ** Math.floor(Math.log10(size * 1.0001))
      assert([1, 2, 5, 10].some((round) => Math.abs(round - digit) < 1e-6), `${size} between ticks`)
      assert(marks.length > wanted / 3 && marks.length <= wanted + 1, `${marks.length} of ${wanted}`)
      const slack = (high - low) * 1e-9
      assert(marks.every((mark) => mark >= low - slack && mark <= high + slack), marks.join())
    }
  }
})

Deno.test("the label of the lowest test loss stands where it fits, and is shorter where it fits nowhere", () => {
  assertEquals(bestLabel(100, 52, 900, 182), { x: 108, anchor: "start", words: "lowest test loss, step 182" })
  assertEquals(bestLabel(880, 52, 900, 182), { x: 872, anchor: "end", words: "lowest test loss, step 182" })
  assertEquals(bestLabel(120, 52, 340, 182), { x: 128, anchor: "start", words: "lowest, step 182" })
  assertEquals(bestLabel(240, 52, 340, 1820), { x: 232, anchor: "end", words: "lowest, step 1,820" })
})
