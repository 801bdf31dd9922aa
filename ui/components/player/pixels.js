// Inputs that are pixels: one picture of the sample in their place, and below it dL/dx, what flows back to each pixel.

import { decode } from "../base/arrays.js"
import { set, setText, svg } from "../base/dom.js"
import { atMost, fitNumber } from "../base/format.js"
import { edgePath } from "./network_layout.js"
import { LEVELS } from "./reel.js"
import { makeSheet, paintSheet } from "./sheets.js"

/** @import { SentPicture } from "./model.d.ts" */
/** @import { PixelPlaces, UnitPlace } from "./network_layout.js" */
/** @import { Colors } from "./palette.js" */
/** @import { Reel } from "./reel.js" */
/** @import { Sheet } from "./sheets.js" */

const BAR = 2 * LEVELS + 1
const BAR_HEIGHT = 8
// The room that the number beside the bar takes.
const LETTERS = 56
const SCALE_CHARACTERS = 6
const SCALE_DIGITS = 2

/** @typedef {ReturnType<typeof readPicture>} Sample */
/** @typedef {ReturnType<typeof buildPixels>} Pixels */

/**
 * What is painted where: a sheet, and its box.
 * @typedef {{ sheet: Sheet, x: number, y: number, width: number, height: number }} Painting
 */

/** @param {SentPicture} sent */
export function readPicture({ number, samples, label, ink, gradient, largest }) {
  return {
    number,
    samples,
    label,
    ink: decode(ink, Uint8Array),
    /** (K, pixels) */
    gradient: decode(gradient, Uint8Array),
    /** (K,) what the ends of the bytes stand for */
    largest: decode(largest, Float64Array),
  }
}

/**
 * @param {[rows: number, columns: number]} size in pixels
 * @param {PixelPlaces} places
 * @param {UnitPlace[]} units the first layer of units
 */
export function buildPixels([rows, columns], { side, x, sample, gradient }, units) {
  /** @param {number} y @param {string} words */
  const caption = (y, words) => svg("text", { x, y: y - 7, class: "name", "font-size": 15 }, words)
  const scaleY = gradient + side + 18
  const scale = svg("text", { x: x + side, y: scaleY, class: "scale", "text-anchor": "end" }, "")
  const [drawn, flown] = [sample, gradient].map((y) =>
    svg("rect", { x, y, width: side, height: side, class: "unit", role: "img" })
  )
  /** @type {(sheet: Sheet, y: number, width?: number, height?: number) => Painting} */
  const painting = (sheet, y, width = side, height = side) => ({ sheet, x, y, width, height })
  const from = { x: x + side / 2, y: sample + side / 2, size: side, target: side }
  return {
    root: svg("g", {}, caption(sample, "x"), caption(gradient, "dL/dx"), drawn, flown, scale),
    drawn,
    flown,
    scale,
    bundle: units.map((unit) => edgePath(from, unit)).map((d) => ({ d, path: new Path2D(d) })),
    ink: painting(makeSheet(columns, rows), sample),
    gradient: painting(makeSheet(columns, rows), gradient),
    bar: painting(makeSheet(BAR, 1), scaleY - BAR_HEIGHT, side - LETTERS, BAR_HEIGHT),
  }
}

/** @param {Pixels} pixels */
export function paintingsOf({ ink, gradient, bar }) {
  return [ink, gradient, bar]
}

/**
 * Brings the pictures to a key frame.
 * @param {Pixels} pixels
 * @param {Sample} sample
 * @param {Colors} colors
 * @param {number} index the key frame
 */
export function preparePixels(pixels, sample, colors, index) {
  const count = sample.ink.length
  paintSheet(pixels.ink.sheet, sample.ink, colors.ink)
  paintSheet(
    pixels.gradient.sheet,
    sample.gradient.subarray(index * count, (index + 1) * count),
    colors.table,
  )
  paintSheet(pixels.bar.sheet, Array.from({ length: BAR }, (_, level) => level), colors.table)
}

/**
 * Writes what the ends of the gradient's colors stand for.
 * @param {Pixels} pixels
 * @param {Sample} sample
 * @param {Reel} reel
 * @param {number} index the key frame
 */
export function writeScale(pixels, sample, reel, index) {
  const precision = atMost(reel.precision, SCALE_DIGITS)
  const size = sample.largest[index]
  setText(pixels.scale, size ? `±${fitNumber(size, precision, SCALE_CHARACTERS)}` : "0")
}

/**
 * What a screen reader reads of the two pictures.
 * @param {Pixels} pixels
 * @param {Sample} sample
 * @param {Reel} reel
 * @param {number} index the key frame
 */
export function describePixels(pixels, sample, reel, index) {
  set(pixels.drawn, "aria-label", `Sample ${sample.number} as a picture: ${sample.label}`)
  const [, columns] = reel.pixels ?? [1, 1]
  const levels = sample.gradient.subarray(index * sample.ink.length, (index + 1) * sample.ink.length)
  const place = levels.reduce((best, level, k) => {
    return Math.abs(level - LEVELS) > Math.abs(levels[best] - LEVELS) ? k : best
  }, 0)
  const size = fitNumber(
    (sample.largest[index] * (levels[place] - LEVELS)) / LEVELS,
    atMost(reel.precision, SCALE_DIGITS),
    SCALE_CHARACTERS,
  )
  const where = `row ${Math.floor(place / columns) + 1}, column ${place % columns + 1}`
  set(pixels.flown, "aria-label", `dL/dx of each of its pixels; the largest is ${size}, in ${where}`)
}
