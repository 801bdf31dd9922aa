import { placeLabels } from "../../ui/components/player/timeline_labels.js"
import { assert, assertEquals } from "./assert.js"

const AT = { x: 100, ys: [25, 12, 38], words: "η → 0.3" }

Deno.test("words stand beside their mark, at the first height", () => {
  assertEquals(placeLabels([AT], [], 50, 900), [{ x: 104, y: 25, anchor: "start", words: "η → 0.3" }])
})

Deno.test("words stand on the side where they do not stick out", () => {
  const [label] = placeLabels([{ ...AT, x: 880 }], [], 50, 900)
  assertEquals([label.x, label.anchor], [876, "end"])
})

Deno.test("words rather stand where they cover no curve", () => {
  /** @type {[number, number][]} */
  const curve = Array.from({ length: 90 }, (_, k) => [10 * k, 24])
  const [label] = placeLabels([AT], [], 50, 900, [], curve)
  assertEquals(label.y, 12)
  assertEquals(placeLabels([{ ...AT, ys: [25] }], [], 50, 900, [], curve).length, 1)
})

Deno.test("words cover no others, and those without a place are left out", () => {
  const many = Array.from({ length: 20 }, (_, k) => ({ ...AT, x: 100 + 15 * k }))
  const labels = placeLabels(many, [{ x: 90, y: 12, anchor: "start", words: "lowest test loss" }], 50, 420)
  assert(labels.length > 3 && labels.length < 20, `${labels.length} labels`)
  labels.forEach((one, k) => {
    for (const other of labels.slice(k + 1)) {
      const apart = Math.abs(one.x - other.x)
      assert(one.y !== other.y || one.anchor !== other.anchor || apart >= 40, `${one.x} and ${other.x}`)
    }
  })
})

Deno.test("words cross no mark but stand above its upper end, or on the other side of their own", () => {
  const marks = [{ x: 100, top: 16 }, { x: 130, top: 16 }]
  assertEquals(placeLabels([{ ...AT, ys: [25] }], [], 20, 900, marks)[0].anchor, "end")
  assertEquals(placeLabels([{ ...AT, ys: [25, 12] }], [], 60, 900, marks), [
    { x: 104, y: 12, anchor: "start", words: "η → 0.3" },
  ])
  assertEquals(placeLabels([{ ...AT, ys: [25] }], [], 60, 900, marks), [])
  assertEquals(placeLabels([{ ...AT, ys: [12] }], [], 60, 900, [{ x: 130, top: 0 }]), [])
})

Deno.test("words for which their own place has no room stand at the next one", () => {
  const wanted = {
    ...AT,
    x: 300,
    ys: [25],
    anchor: /** @type {"end"} */ ("end"),
    more: [{ x: 280, ys: [30] }],
  }
  assertEquals(placeLabels([wanted], [], 20, 300, [{ x: 280, top: 0 }]), [
    { x: 276, y: 30, anchor: "end", words: "η → 0.3" },
  ])
})
