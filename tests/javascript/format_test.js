import { exact, fitNumber, formatColumn, formatNumber } from "../../ui/components/base/format.js"
import cases from "../cases/numbers.json" with { type: "json" }
import { assertEquals } from "./assert.js"

Deno.test("numbers are written by the one rule", () => {
  for (const { value, digits, decimals, text } of cases.numbers) {
    const shown = formatNumber(Number(value), { digits, decimals })
    assertEquals(shown, text, `${value} with ${digits} digits, ${decimals} decimals`)
  }
})

Deno.test("numbers of a column have one notation", () => {
  for (const { values, digits, decimals, texts } of cases.columns) {
    assertEquals(formatColumn(values.map(Number), { digits, decimals }), texts)
  }
})

Deno.test("every digit of a number is written as in Python", () => {
  for (const { value, text } of cases.exact) assertEquals(exact(Number(value)), text)
})

Deno.test("where there is little room as many of the chosen digits show as fit", () => {
  for (const { value, digits, decimals, characters, text } of cases.fits) {
    assertEquals(fitNumber(Number(value), { digits, decimals }, characters), text, value)
  }
})

Deno.test("what was not sent as a number is an overflow", () => {
  /** @type {number[]} */
  const nothing = []
  for (const value of [null, nothing[0]]) {
    assertEquals(formatNumber(value, { digits: 6, decimals: null }), "overflow")
  }
})
