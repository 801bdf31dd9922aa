// Where everything in the drawing stands, for a network and a width in pixels.

/** @import { Drawing } from "./model.d.ts" */

/** @typedef {{ x: number, y: number }} Point */
/** @typedef {Point & { radius: number }} Circle */
/** @typedef {{ from: Point, to: Point }} Line */
/** @typedef {Line & { place: Point }} Stub where a bias comes in, and its number */
/** @typedef {Point & { width: number, height: number }} Box a rectangle by its center */

/** @typedef {ReturnType<typeof layOut>} DrawingLayout */

/**
 * What a layout depends on.
 * @typedef {{
 *   layers: number,
 *   nodes: Pick<Drawing["nodes"][number], "layer" | "unit">[],
 *   edges: Pick<Drawing["edges"][number], "from" | "to">[],
 *   biases: Pick<Drawing["biases"][number], "node">[],
 * }} Shape
 */

export const LABEL_HEIGHT = 18
const ALONG = Array.from({ length: 13 }, (_, k) => 0.17 + 0.055 * k)
const PREFERRED = 0.34
const LEAST_SPACING = 46
// On a phone all layers are in sight: units and the edges between them are as small as that takes.
const LEAST_RADIUS = 15
const LEAST_EDGE = 12
const NAME_SIZE = 16
const LEAST_NAME_SIZE = 11
// Of the monospaced face, in parts of its size.
export const CHARACTER_WIDTH = 0.6

/**
 * @param {Shape} drawing
 * @param {number} width
 * @param {number} room the most that the drawing may be high, as far as its texts stay apart
 */
export function layOut(drawing, width, room = Infinity) {
  const columns = Array.from({ length: drawing.layers }, () => /** @type {number[]} */ ([]))
  drawing.nodes.forEach((node, index) => columns[node.layer].push(index))
  const rows = Math.max(...columns.map((column) => column.length))
  const narrow = width < 560
  const usual = rows <= 3 ? 100 : rows === 4 ? 82 : 61
  const spacing = Math.min(usual, Math.max((room - 44) / rows, LEAST_SPACING))
  const labelWidth = narrow ? 56 : 72
  const labelSize = narrow ? 9.5 : 11
  const margin = narrow ? 4 : 20
  const beside = narrow ? 50 : 70
  const usualRadius = Math.min(rows <= 3 ? 38 : rows === 4 ? 29 : 21, narrow ? 24 : 38, 0.38 * spacing)
  const fitting = (width - margin - beside - LEAST_EDGE * (drawing.layers - 1)) / (2 * drawing.layers)
  const radius = narrow ? Math.min(usualRadius, Math.max(fitting, LEAST_RADIUS)) : usualRadius
  const left = radius + margin
  const gapFor = (/** @type {number} */ right) => (width - left - right) / (drawing.layers - 1)
  const reach = radius + (rows > 4 ? 9 : 14)
  const besideBias = drawing.biases.length ? radius * 0.5 + labelWidth + 18 : 0
  // A bias's number goes where it would cover the name of the next unit.
  const biasLabeled = !narrow ||
    gapFor(Math.max(besideBias, radius + beside)) >= 0.5 * reach + labelWidth + 22
  const right = Math.max(biasLabeled ? besideBias : 0, radius + beside)
  const gap = Math.max(gapFor(right), 2 * radius + (narrow ? LEAST_EDGE : labelWidth * 0.8))
  const nameSize = Math.min(NAME_SIZE, Math.max(spacing - 2 * radius - 4, LEAST_NAME_SIZE))
  const height = Math.max(rows * spacing + 44, Math.min(230, room))
  const middle = (height + 10) / 2
  const nodes = drawing.nodes.map((node) => {
    const count = columns[node.layer].length
    const step = Math.min(spacing * (rows - 1) / Math.max(count - 1, 1), spacing * 1.25)
    return { x: left + gap * node.layer, y: middle + (node.unit - (count - 1) / 2) * step, radius }
  })
  const stubs = drawing.biases.map(({ node }) => {
    const { x, y } = nodes[node]
    return {
      from: { x: x + radius * 0.5, y: y - radius * 0.87 },
      to: { x: x + reach * 0.5, y: y - reach * 0.87 },
      place: { x: x + reach * 0.5 + labelWidth / 2 + 7, y: y - reach * 0.87 },
    }
  })
  const edges = drawing.edges.map((edge) => ends(nodes[edge.from], nodes[edge.to]))
  return {
    width: Math.ceil(left + right + gap * (drawing.layers - 1)),
    height,
    rows,
    nodes,
    edges,
    stubs,
    biasLabeled,
    nameSize,
    labelWidth,
    labelSize,
    labelCharacters: charactersIn(labelWidth - 6, labelSize),
  }
}

/**
 * How many characters of the monospaced face a width has room for.
 * @param {number} width
 * @param {number} size
 */
export function charactersIn(width, size) {
  return Math.floor(width / (CHARACTER_WIDTH * size))
}

/**
 * The line between two circles.
 * @param {Circle} from
 * @param {Circle} to
 * @returns {Line}
 */
function ends(from, to) {
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  const dx = (to.x - from.x) / length
  const dy = (to.y - from.y) / length
  return {
    from: { x: from.x + dx * from.radius, y: from.y + dy * from.radius },
    to: { x: to.x - dx * to.radius, y: to.y - dy * to.radius },
  }
}

/**
 * @param {Box} a
 * @param {Box} b
 */
function overlaps(a, b) {
  return Math.abs(a.x - b.x) < (a.width + b.width) / 2 + 3 &&
    Math.abs(a.y - b.y) < (a.height + b.height) / 2 + 2
}

/**
 * How far a point is from the line through an edge, where the edge runs above or below it.
 * @param {Point} point
 * @param {Line} edge
 */
function distance(point, { from, to }) {
  if (point.x < from.x || point.x > to.x) return Infinity
  const y = from.y + ((to.y - from.y) * (point.x - from.x)) / (to.x - from.x)
  return Math.abs(point.y - y)
}

/**
 * A place for the label of each given edge, on its edge and clear of all others; null where there is none.
 * @param {DrawingLayout} layout
 * @param {Iterable<number>} chosen
 */
export function placeLabels(layout, chosen) {
  const box = (/** @type {Point} */ point) => ({
    x: point.x,
    y: point.y,
    width: layout.labelWidth,
    height: LABEL_HEIGHT,
  })
  const taken = [
    ...layout.nodes.map(({ x, y, radius }) => ({ x, y, width: 2 * radius, height: 2 * radius })),
    ...layout.nodes.map(({ x, y, radius }) => ({
      x,
      y: y - radius - 0.7 * layout.nameSize,
      width: 26,
      height: layout.nameSize,
    })),
    ...(layout.biasLabeled ? layout.stubs.map((stub) => box(stub.place)) : []),
  ]
  /** @type {Map<number, Point | null>} */
  const places = new Map()
  for (const index of chosen) {
    const { from, to } = layout.edges[index]
    const others = layout.edges.filter((_, k) => k !== index)
    const candidates = ALONG.map((share) => {
      const place = box({ x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share })
      const room = Math.min(LABEL_HEIGHT + 4, ...others.map((other) => distance(place, other)))
      return { ...place, score: room - 12 * Math.abs(share - PREFERRED) }
    }).sort((a, b) => b.score - a.score)
    const free = candidates.find((candidate) => !taken.some((other) => overlaps(candidate, other)))
    if (free) taken.push(free)
    places.set(index, free ?? null)
  }
  return places
}
