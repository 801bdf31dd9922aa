// The network as SVG for a picture: edges and curves as lines, and a small image for each unit's map.

import { contextOf } from "../base/canvas.js"
import { html, svg } from "../base/dom.js"
import { curveOf, pictureOf } from "./maps.js"
import { bundleLook, curveColor, curvePoint, edgeLook } from "./network.js"
import { rgb } from "./palette.js"
import { paintingsOf } from "./pixels.js"

/** @import { Maps, Pictures } from "./maps.js" */
/** @import { NetworkPicture, UnitItem } from "./network.js" */
/** @import { Colors } from "./palette.js" */
/** @import { Pixels } from "./pixels.js" */
/** @import { Reel } from "./reel.js" */

/**
 * @param {NetworkPicture} picture
 * @param {Maps} maps
 * @param {Reel} reel
 * @param {Colors} colors
 * @param {number} index the key frame
 */
export function vectorParts(picture, maps, reel, colors, index) {
  const edges = picture.edges.map((edge) => {
    const { color, width, dash } = edgeLook(picture, reel, colors, index, edge)
    return svg("path", {
      d: edge.d,
      fill: "none",
      stroke: color,
      "stroke-width": width.toFixed(2),
      ...(dash.length ? { "stroke-dasharray": dash.join(" ") } : {}),
    })
  })
  const tiles = picture.nodes.map((node) =>
    maps.pictures ? imageTile(maps.pictures, reel, node) : curveTile(maps, reel, colors, node)
  )
  return [...(picture.pixels ? pixelTiles(picture.pixels, colors) : []), ...edges, ...tiles]
}

/** @param {Pixels} pixels @param {Colors} colors */
function pixelTiles(pixels, colors) {
  const { stroke, width } = bundleLook(colors)
  return [
    ...pixels.bundle.map(({ d }) => svg("path", { d, fill: "none", stroke, "stroke-width": width })),
    ...paintingsOf(pixels).map(({ sheet, x, y, width, height }) =>
      svg("image", {
        x,
        y,
        width,
        height,
        preserveAspectRatio: "none",
        href: sheet.canvas.toDataURL(),
        style: "image-rendering: pixelated",
      })
    ),
  ]
}

/** @param {Pictures} pictures @param {Reel} reel @param {UnitItem} node */
function imageTile(pictures, reel, node) {
  const { canvas, top, side } = pictureOf(pictures, reel, node)
  const tile = html("canvas", { width: side, height: side })
  contextOf(tile).drawImage(canvas, 0, top, side, side, 0, 0, side, side)
  const { x, y, width, rx } = node.box
  return svg("image", {
    x,
    y,
    width,
    height: width,
    preserveAspectRatio: "none",
    href: tile.toDataURL(),
    style: `clip-path: inset(0 round ${rx}px)`,
  })
}

/** @param {Maps} maps @param {Reel} reel @param {Colors} colors @param {UnitItem} node */
function curveTile(maps, reel, colors, node) {
  const curve = curveOf(maps, reel, node)
  const points = Array.from(curve, (value, k) => {
    const { x, y } = curvePoint(reel, node, value, k / (curve.length - 1))
    return `${x.toFixed(2)} ${y.toFixed(2)}`
  })
  const { x, y, width } = node.box
  return svg(
    "g",
    {},
    svg("rect", { x, y, width, height: width, fill: rgb(colors.background) }),
    svg("path", { d: `M${x} ${y + width / 2}h${width}`, stroke: rgb(colors.text, 0.18) }),
    svg("path", {
      d: `M${points.join("L")}`,
      fill: "none",
      stroke: curveColor(reel, colors, node),
      "stroke-width": 1.6,
    }),
  )
}
