// A choice of the panel among pictures: radio buttons for one, checkboxes for many, and a menu for what has no picture.

import { decode } from "../base/arrays.js"
import { contextOf } from "../base/canvas.js"
import { html, set } from "../base/dom.js"
import { markerPath } from "./markers.js"
import { css, rgb } from "./palette.js"
import { LEVELS } from "./reel.js"
import { takeAtRest } from "./rest.js"
import { makeSheet, paintSheet } from "./sheets.js"

/** @import { SentTilePicture, SentTiles } from "./model.d.ts" */
/** @import { Colors } from "./palette.js" */

const PIXELS = 72
const DOT = 3.4

/** @typedef {ReturnType<typeof buildTile>} Tile */
/** @typedef {ReturnType<typeof buildTiles>} Tiles */

/**
 * @param {SentTiles} field
 * @param {(id: string, text: string) => void} change
 */
export function buildTiles(field, change) {
  const { id, name, many, options, more } = field
  const tiles = options.map((option) => buildTile(field, option))
  const menu = html("select", { "aria-label": `More ${name.toLowerCase()}`, "data-control": `${id}-more` })
  menu.append(
    html("option", { value: "", disabled: "", hidden: "" }, "more …"),
    ...more.map(([value, label]) => html("option", { value }, label)),
  )
  const message = html("p", { class: "rejected", role: "alert" })
  const pictures = html(
    "div",
    { class: many ? "tiles many" : "tiles", role: many ? "group" : "radiogroup", "aria-label": name },
    ...tiles.map((tile) => tile.root),
  )
  const root = html(
    "div",
    { class: "tiles-row" },
    pictures,
    ...(more.length ? [menu] : []),
    message,
  )
  const chosen = () => tiles.filter(({ input }) => input.checked).map(({ value }) => value)
  const rests = [
    takeAtRest(pictures, () => change(id, chosen()[0])),
    takeAtRest(menu, () => change(id, menu.value)),
  ]
  for (const { input } of tiles) {
    input.onchange = () => many ? change(id, chosen().join(".")) : rests[0].choose()
  }
  menu.onchange = () => rests[1].choose()
  return { root, tiles, menu, message, rests, look: "" }
}

/**
 * @param {SentTiles} field
 * @param {SentTiles["options"][number]} option
 */
function buildTile({ id, many }, { value, label, picture }) {
  const input = html("input", {
    type: many ? "checkbox" : "radio",
    name: id,
    value,
    "aria-label": label,
    "data-control": `${id}-${value}`,
  })
  const canvas = html("canvas", { width: PIXELS, height: PIXELS, "aria-hidden": "true" })
  const caption = many ? [html("span", { class: "caption", "aria-hidden": "true" }, label)] : []
  const root = html("label", { class: "tile", title: label }, input, canvas, ...caption)
  return { root, input, value, label, picture, context: contextOf(canvas) }
}

/**
 * Shows what is chosen, unless the reader is on the way to something else.
 * @param {Tiles} row
 * @param {SentTiles} field
 */
export function fillTiles({ tiles, menu, rests }, { chosen, more }) {
  if (rests.some(({ isWaiting }) => isWaiting)) return
  for (const { input, value } of tiles) input.checked = chosen.includes(value)
  const other = more.find(([value]) => chosen.includes(value))
  menu.value = other?.[0] ?? ""
  set(menu, "class", other ? "chosen" : "")
}

/**
 * Paints the pictures in the colors of the page.
 * @param {Tiles} row
 * @param {string} look what stands for the colors
 * @param {(several: boolean) => Colors} colorsOf
 */
export function paintTiles(row, look, colorsOf) {
  if (row.look === look) return
  row.look = look
  for (const { context, picture } of row.tiles) paintTile(context, picture, colorsOf)
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {SentTilePicture} picture
 * @param {(several: boolean) => Colors} colorsOf
 */
function paintTile(context, picture, colorsOf) {
  context.clearRect(0, 0, PIXELS, PIXELS)
  if (picture.kind === "map") {
    const sheet = makeSheet(picture.side, picture.side)
    paintSheet(sheet, decode(picture.cells, Uint8Array), colorsOf(false).table)
    context.drawImage(sheet.canvas, 0, 0, PIXELS, PIXELS)
    return
  }
  const { classes, strong } = colorsOf(picture.several)
  const points = decode(picture.points, Uint8Array)
  for (let k = 0; k < points.length; k += 3) {
    const [across, up, color] = points.subarray(k, k + 3)
    context.fillStyle = picture.several ? rgb(classes[color]) : css(strong[color])
    const x = (across / LEVELS / 2) * PIXELS
    const y = (1 - up / LEVELS / 2) * PIXELS
    context.fill(new Path2D(markerPath("circle", x, y, DOT)))
  }
}
