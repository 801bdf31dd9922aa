// Words on the timeline: the changes of settings and the futures that were left, none over another.

/**
 * Words at a place, as SVG anchors them.
 * @typedef {{ x: number, y: number, anchor: "start" | "end", words: string }} Label
 */

/**
 * Where a label may stand: beside x, at one of the heights.
 * @typedef {{ x: number, ys: number[] }} Place
 */

/** @typedef {Place & { words: string, anchor?: "start" | "end", more?: Place[] }} Wanted */

// In the monospaced face of the axes, whose letters are all as wide.
const LETTER_WIDTH = 6.7
const LABEL_LINE = 12
// How far letters reach above and below their line.
const ASCENT = 11
const DESCENT = 3

/**
 * A vertical line that no words may cross, by its upper end.
 * @typedef {{ x: number, top: number }} Mark
 */

/**
 * @param {Label} label
 * @returns {[left: number, right: number]}
 */
export function extentOf({ x, anchor, words }) {
  const width = words.length * LETTER_WIDTH
  return anchor === "start" ? [x, x + width] : [x - width, x]
}

/**
 * Whether two labels touch.
 * @param {Label} one
 * @param {Label} other
 */
function overlap(one, other) {
  const [left, right] = extentOf(one)
  const [from, to] = extentOf(other)
  return Math.abs(one.y - other.y) < LABEL_LINE && left < to && from < right
}

/**
 * Whether words stand across a mark.
 * @param {Label} label
 * @param {Mark} mark
 */
function crosses(label, { x, top }) {
  const [from, to] = extentOf(label)
  return x > from - 2 && x < to + 2 && top < label.y + DESCENT
}

/**
 * Whether words hide a part of a curve.
 * @param {Label} label
 * @param {[x: number, y: number][]} curves
 */
function covers(label, curves) {
  const [from, to] = extentOf(label)
  return curves.some(([x, y]) => x > from && x < to && y > label.y - ASCENT && y < label.y + DESCENT)
}

/**
 * The labels that find a place, in their order: each at the first of its heights where it covers no other and no mark,
 * and on the side of its own mark where it does not stick out; rather where it covers no curve. One that has `more` places
 * takes the first of these where its own has no room.
 * @param {Wanted[]} wanted
 * @param {Label[]} taken labels that have their places
 * @param {number} left where the drawing begins
 * @param {number} right where it ends
 * @param {Mark[]} marks
 * @param {[x: number, y: number][]} curves points of them
 * @returns {Label[]}
 */
export function placeLabels(wanted, taken, left, right, marks = [], curves = []) {
  /** @type {Label[]} */
  const placed = []
  /** @param {Label} place */
  const isFree = (place) => {
    const [from, to] = extentOf(place)
    return from >= left && to <= right && !marks.some((mark) => crosses(place, mark)) &&
      ![...taken, ...placed].some((other) => overlap(place, other))
  }
  for (const label of wanted) {
    for (const at of [label, ...(label.more ?? [])]) {
      const free = placesOf(label, at).filter(isFree)
      const best = free.find((place) => !covers(place, curves)) ?? free.at(0)
      if (!best) continue
      placed.push(best)
      break
    }
  }
  return placed
}

/**
 * @param {Wanted} label
 * @param {Place} at
 * @returns {Label[]}
 */
function placesOf({ words, anchor = "start" }, { x, ys }) {
  return ys.flatMap((y) =>
    [anchor, anchor === "start" ? "end" : "start"].map((side) => ({
      x: side === "start" ? x + 4 : x - 4,
      y,
      anchor: side === "start" ? "start" : "end",
      words,
    }))
  )
}
