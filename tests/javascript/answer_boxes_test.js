// Where the boxes of a network stand, for all the widths that a window can have.

import { assertEquals } from "./assert.js"
import { arrange, placeNumbers } from "../../ui/components/answer_boxes/layout.js"

const WIDTHS = [300, 390, 560, 700, 900, 1100, 1400, 2000]

/**
 * A network with so many boxes at each unit, or one at the end of each weight.
 * @param {number[]} widths
 * @param {number | "weights"} boxes
 */
function network(widths, boxes) {
  const units = widths.flatMap((width, layer) =>
    Array.from({ length: width }, () => ({
      layer,
      boxes: layer ? (boxes === "weights" ? widths[layer - 1] : boxes) : 0,
      given: layer ? 0 : 1,
    }))
  )
  const first = widths.map((_, layer) => widths.slice(0, layer).reduce((sum, each) => sum + each, 0))
  const edges = widths.slice(1).flatMap((width, layer) =>
    Array.from({ length: widths[layer] }, (_, row) => row).flatMap((row) =>
      Array.from({ length: width }, (_, column) => ({
        from: first[layer] + row,
        to: first[layer + 1] + column,
        row: boxes === "weights" ? row : -1,
      }))
    )
  )
  return { units, edges, rows: edges.map(({ row }) => row) }
}

/** @typedef {import("../../ui/components/answer_boxes/layout.js").Card} Card */

/** @param {Card} one @param {Card} two */
function areApart(one, two) {
  return one.x + one.width <= two.x || two.x + two.width <= one.x || one.y + one.height <= two.y ||
    two.y + two.height <= one.y
}

/** @type {[number[], number | "weights"][]} */
const NETWORKS = [
  [[3, 2, 1], 3],
  [[3, 2, 1], "weights"],
  [[2, 2], 2],
  [[6, 6, 6, 6], 2],
  [[6, 6, 6, 6], "weights"],
  [[1, 6, 6, 6, 6, 1], 4],
]

for (const [widths, boxes] of NETWORKS) {
  Deno.test(`units of ${widths.join("-")} with ${boxes} boxes stand apart and within the drawing`, () => {
    const { units, edges, rows } = network(widths, boxes)
    for (const width of WIDTHS) {
      const { cards, height, lines } = arrange(units, edges, rows, width)
      cards.forEach((card, k) => {
        const isWithin = card.x >= 0 && card.y >= 0 && card.x + card.width <= width &&
          card.y + card.height <= height
        assertEquals([width, k, isWithin], [width, k, true])
        for (const other of cards.slice(k + 1)) {
          assertEquals([width, k, areApart(card, other)], [width, k, true])
        }
      })
      for (const { x1, x2 } of lines) assertEquals([width, x2 > x1], [width, true])
    }
  })
}

Deno.test("a weight with a box ends at its box", () => {
  const { units, edges, rows } = network([3, 2, 1], "weights")
  const { lines, cards, isFolded } = arrange(units, edges, rows, 1100)
  assertEquals(isFolded, false)
  const into = lines.filter((_, k) => edges[k].to === 3).map(({ y2 }) => y2)
  assertEquals(into.every((y, k) => !k || y > into[k - 1]), true)
  assertEquals(into.every((y) => y > cards[3].y && y < cards[3].y + cards[3].height), true)
})

Deno.test("units are folded on a phone, and where all boxes would be higher than a screen", () => {
  const small = network([3, 2, 1], 3)
  assertEquals(arrange(small.units, small.edges, small.rows, 360).isFolded, true)
  assertEquals(arrange(small.units, small.edges, small.rows, 1100).isFolded, false)
  const large = network([6, 6, 6, 6], "weights")
  assertEquals(arrange(large.units, large.edges, large.rows, 1900).isFolded, true)
})

Deno.test("the numbers of weights cover one another nowhere", () => {
  for (const [widths, boxes] of NETWORKS) {
    const { units, edges, rows } = network(widths, boxes)
    const { lines } = arrange(units, edges, rows, 1366)
    const places = placeNumbers(lines, edges.map(({ to }) => units[to].layer))
    const placed = places.filter((place) => place !== null)
    placed.forEach((one, k) =>
      placed.slice(k + 1).forEach((two) =>
        assertEquals(Math.abs(one.x - two.x) >= 52 || Math.abs(one.y - two.y) >= 16, true)
      )
    )
  }
})
