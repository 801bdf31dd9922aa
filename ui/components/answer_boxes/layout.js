// Where the units stand with their boxes, and how the weights run between them.

/** @import { Edge, Unit } from "./model.d.ts" */

/**
 * What a unit holds: so many boxes, and numbers that are given.
 * @typedef {{ layer: number, boxes: number, given: number }} Holding
 */
/** @typedef {{ x: number, y: number, width: number, height: number }} Card */
/** @typedef {{ x1: number, y1: number, x2: number, y2: number }} Line */
/** @typedef {ReturnType<typeof arrange>} Arrangement */

export const HEAD = 22
export const ROW = 28
export const GIVEN_ROW = 20
const PADDING = 6
// With a word beside the box, and with a sign alone.
const WORDED = 224
const SIGNED = 174
const BARE = 92
const LEAST_GAP = 44
const BETWEEN = 12
const FOLDED_HEIGHT = 34
const MOST_FOLDED = 76
// What is higher is not seen at once with what was found about it.
const MOST_HEIGHT = 560
const NUMBER_WIDTH = 52
const NUMBER_HEIGHT = 16
const ALONG = [0.3, 0.22, 0.4, 0.5, 0.6, 0.7, 0.78, 0.14]

/** @param {Holding} holding */
function heightOf({ boxes, given }) {
  return HEAD + boxes * ROW + (given ? GIVEN_ROW : 0) + PADDING
}

/**
 * The boxes stand at their units where there is room for all of them; else units are folded, and one of them has its
 * boxes below the drawing.
 * @param {Holding[]} units
 * @param {Pick<Edge, "from" | "to">[]} edges
 * @param {number[]} rows of each edge the row at its unit that it ends at; −1 where it has none
 * @param {number} width
 */
export function arrange(units, edges, rows, width) {
  const layers = Math.max(...units.map(({ layer }) => layer)) + 1
  const columns = Array.from(
    { length: layers },
    (_, layer) => units.map((_, k) => k).filter((k) => units[k].layer === layer),
  )
  const heights = columns.map((column) =>
    column.reduce((sum, k) => sum + heightOf(units[k]) + BETWEEN, -BETWEEN)
  )
  const widthsWith = (/** @type {number} */ boxed) =>
    columns.map((column) => column.some((k) => units[k].boxes) ? boxed : BARE)
  const gapWith = (/** @type {number[]} */ widths) =>
    (width - 2 - widths.reduce((sum, each) => sum + each, 0)) / Math.max(layers - 1, 1)
  const fitting = [WORDED, SIGNED].find((boxed) => gapWith(widthsWith(boxed)) >= LEAST_GAP)
  const isFolded = !fitting || Math.max(...heights) > MOST_HEIGHT
  const folded = Math.min(MOST_FOLDED, (width - 2 - 14 * (layers - 1)) / layers)
  const widths = isFolded ? columns.map(() => folded) : widthsWith(fitting)
  const height = isFolded
    ? Math.max(...columns.map((column) => column.length * (FOLDED_HEIGHT + BETWEEN) - BETWEEN))
    : Math.max(...heights)
  const gap = Math.min(gapWith(widths), 220)
  const spare = gapWith(widths) - gap
  /** @type {Card[]} */
  const cards = []
  let x = 1 + (spare * (layers - 1)) / 2
  columns.forEach((column, layer) => {
    const own = column.map((k) => isFolded ? FOLDED_HEIGHT : heightOf(units[k]))
    const total = own.reduce((sum, each) => sum + each, 0)
    // Units of a short column stand as far apart as looks like one column still.
    const between = Math.min(Math.max((height - total) / Math.max(column.length, 1), BETWEEN), 40)
    let y = (height - total - between * (column.length - 1)) / 2
    column.forEach((k, place) => {
      cards[k] = { x, y, width: widths[layer], height: own[place] }
      y += own[place] + between
    })
    x += widths[layer] + gap
  })
  const lines = edges.map(({ from, to }, k) => {
    const [start, end] = [cards[from], cards[to]]
    const row = isFolded ? -1 : rows[k]
    return {
      x1: start.x + start.width,
      y1: start.y + start.height / 2,
      x2: end.x,
      y2: row < 0 ? end.y + end.height / 2 : rowMiddle(end, units[to], row),
    }
  })
  return { isFolded, hasWords: fitting === WORDED, cards, lines, height: height + 2 }
}

/**
 * @param {Card} card
 * @param {Holding} unit
 * @param {number} row
 */
function rowMiddle({ y }, { given }, row) {
  return y + HEAD + (given ? GIVEN_ROW : 0) + row * ROW + ROW / 2
}

/**
 * A place on its line for the number of each weight; null for all between two layers of which one finds none.
 * @param {Line[]} lines
 * @param {number[]} layers the layer that each line leads to
 */
export function placeNumbers(lines, layers) {
  /** @type {{ x: number, y: number }[]} */
  const taken = []
  const places = lines.map(({ x1, y1, x2, y2 }) => {
    if (x2 - x1 < NUMBER_WIDTH + 8) return null
    const half = NUMBER_WIDTH / 2 / (x2 - x1)
    const free = ALONG.filter((share) => share >= half && share <= 1 - half)
      .map((share) => ({ x: x1 + (x2 - x1) * share, y: y1 + (y2 - y1) * share }))
      .find((at) =>
        !taken.some((other) =>
          Math.abs(other.x - at.x) < NUMBER_WIDTH && Math.abs(other.y - at.y) < NUMBER_HEIGHT
        )
      )
    if (free) taken.push(free)
    return free ?? null
  })
  const crowded = new Set(layers.filter((_, k) => places[k] === null))
  return places.map((place, k) => (crowded.has(layers[k]) ? null : place))
}
