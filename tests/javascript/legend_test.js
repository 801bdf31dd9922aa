import { DECADES, share } from "../../ui/components/base/color.js"
import { barBackground, decadeMarks } from "../../ui/components/base/legend.js"
import { assertEquals } from "./assert.js"

const PALETTE = { negative: [33, 102, 172], zero: [217, 217, 217], positive: [217, 115, 13] }

Deno.test("the marks of a logarithmic bar stand where the decades have their colors", () => {
  const sizes = Array.from({ length: DECADES - 1 }, (_, k) => 10 ** -(k + 1))
  const wanted = [...sizes.flatMap((size) => [size, -size]), 0]
    .map((value) => 0.5 + share(value, 1, "log") / 2)
    .sort((a, b) => a - b)
  assertEquals(decadeMarks().map((part) => part.toFixed(9)), wanted.map((part) => part.toFixed(9)))
})

Deno.test("a linear bar has no marks, and a bar is built once for a palette", () => {
  const count = (/** @type {string} */ text) => text.split("linear-gradient").length - 1
  assertEquals(count(barBackground(PALETTE, "linear")), 1)
  assertEquals(count(barBackground(PALETTE, "log")), 1 + decadeMarks().length)
  assertEquals(barBackground(PALETTE, "linear") === barBackground({ ...PALETTE }, "linear"), true)
})
