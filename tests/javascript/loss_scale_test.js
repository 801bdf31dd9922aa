import { clippedStretches, lossScale } from "../../ui/components/player/loss_scale.js"
import { assertEquals } from "./assert.js"

/** @import { LossScaleName, TrainAndTest } from "../../ui/components/player/model.d.ts" */

/** @type {LossScaleName[]} */
const SCALES = ["linear", "log"]
/** @type {Record<string, TrainAndTest<number[]>>} */
const RUNS = {
  usual: { train: [0.7, 0.4, 0.2], test: [0.75, 0.5, 0.3] },
  "one spike": { train: [0.7, ...Array(60).fill(0.2), 900, ...Array(60).fill(0.1)], test: null },
  "test alone explodes": { train: Array(50).fill(0.5), test: [...Array(49).fill(0.5), 3e5] },
  overflow: { train: [0.5, 0.4, Infinity], test: null },
  "no number": { train: [0.5, NaN, 0.4], test: null },
  zero: { train: [0, 0, 0], test: null },
  "one frame": { train: [0.7], test: null },
}

Deno.test("a future that was left is to be seen, but one that explodes does not press the run to the floor", () => {
  const losses = { train: [0.5, 0.4, 0.3], test: null }
  /** @type {(loss: number) => { loss: number[] }[]} */
  const left = (loss) => [{ loss: [0.5, loss] }]
  for (const scale of SCALES) {
    assertEquals(lossScale(losses, scale, 16, 85, left(0.9)).high, 0.9)
    assertEquals(lossScale(losses, scale, 16, 85, left(1e9)).high, 0.5)
  }
})

for (const [name, losses] of Object.entries(RUNS)) {
  for (const scale of SCALES) {
    Deno.test(`what is clipped is marked, and nothing else: ${name}, ${scale}`, () => {
      const { low, high, beyond, y } = lossScale(losses, scale, 16, 85)
      const all = [...losses.train, ...(losses.test ?? [])].filter((loss) => !Number.isNaN(loss))
      const largest = Math.max(...all)
      assertEquals(beyond, largest > high ? largest : null)
      assertEquals(y(NaN), null)
      /** @param {number} loss */
      const height = (loss) => y(loss) ?? NaN
      const ceiling = height(high)
      for (const loss of all) {
        const at = height(loss)
        assertEquals(Number.isFinite(at) && at >= ceiling && at <= height(low), true)
        if (loss < high) assertEquals(at > ceiling, true)
      }
      const marked = new Set(
        clippedStretches(losses, high, (from, to) => to === from + 1).flatMap(([from, to]) =>
          Array.from({ length: to - from + 1 }, (_, k) => from + k)
        ),
      )
      losses.train.forEach((loss, k) =>
        assertEquals(marked.has(k), loss > high || (losses.test?.[k] ?? -1) > high)
      )
    })
  }
}

Deno.test("stretches that are near are one", () => {
  const losses = { train: [9, 0, 9, 0, 0, 0, 9], test: null }
  assertEquals(clippedStretches(losses, 1, (from, to) => to - from < 3), [[0, 2], [6, 6]])
})
