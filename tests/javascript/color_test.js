import {
  colorOf,
  inkOf,
  legendStops,
  makePalette,
  mix,
  parseColor,
  roundUp,
  share,
} from "../../ui/components/base/color.js"
import { assertEquals } from "./assert.js"

const PALETTE = makePalette({
  negative: "#0000ff",
  zero: "#808080",
  positive: "#ff8000",
  positive_text: "#804000",
})

Deno.test("a color is read as red, green and blue, and mixed channel by channel", () => {
  assertEquals(parseColor("#2166ac"), [33, 102, 172])
  assertEquals(mix([0, 100, 200], [100, 0, 200], 0.25), "rgb(25,75,200)")
})

Deno.test("on the linear scale a share is the part of the largest, and never beyond it", () => {
  assertEquals([5, -5, 0, 20].map((value) => share(value, 10, "linear")), [0.5, -0.5, 0, 1])
})

Deno.test("on the logarithmic scale a share falls by a third a power of ten, down to what can still be seen", () => {
  const shares = [10, 1, -0.1, 1e-9].map((value) => share(value, 10, "log").toFixed(6))
  assertEquals(shares, ["1.000000", "0.666667", "-0.333333", "0.060000"])
})

Deno.test("what is no number has no share and no ink, nor has 0", () => {
  for (const value of [null, NaN, Infinity, 0]) {
    assertEquals([share(value, 1, "log"), inkOf(value, PALETTE)], [0, null])
    assertEquals(colorOf(value, 1, "log", PALETTE), "rgb(128,128,128)")
  }
})

Deno.test("sign decides the color, size how far it is from that of 0", () => {
  assertEquals(colorOf(-1, 1, "linear", PALETTE), "rgb(0,0,255)")
  assertEquals(colorOf(1, 1, "linear", PALETTE), "rgb(255,128,0)")
  assertEquals(colorOf(0.5, 1, "linear", PALETTE), "rgb(192,128,64)")
  assertEquals([inkOf(-2, PALETTE), inkOf(2, PALETTE)], ["#0000ff", "#804000"])
})

Deno.test("a change of less than a shade leaves the color as it is", () => {
  assertEquals(colorOf(0.509, 1, "linear", PALETTE), colorOf(0.5, 1, "linear", PALETTE))
})

Deno.test("a legend goes from the most negative color over that of 0 to the most positive", () => {
  const stops = legendStops(PALETTE)
  assertEquals([stops[0], stops[3], stops[6]], ["rgb(0,0,255)", "rgb(128,128,128)", "rgb(255,128,0)"])
})

Deno.test("the end of a scale is the next of 1, 2, 5, 10, …", () => {
  assertEquals([0.3, 1, 1.1, 4, 7, 200].map(roundUp), [0.5, 1, 2, 5, 10, 200])
  assertEquals([0, NaN].map(roundUp), [1, 1])
})
