// Saves Plotly's charts as they stand, in the colors of paper.

import { contextOf } from "../base/canvas.js"
import { isDark, parseColor } from "../base/color.js"
import { copyOf, query, svg } from "../base/dom.js"
import { PAPER } from "../base/paper.js"
import { savePicture } from "../base/save_picture.js"

/** @import { Rgb } from "../base/color.js" */
/** @import { Component } from "../base/component.d.ts" */
/** @import { Picture } from "../base/save_picture.js" */

/**
 * The name of the files, and for each color of the dark theme the one that stands for it on paper.
 * @typedef {{ name: string, colors: Record<string, string> }} SaveChartModel
 */

/**
 * The colors of a heatmap from the least to the largest, and those that stand for them on paper.
 * @typedef {{ screen: Rgb[], paper: Rgb[] }} Scales
 */

/**
 * A chart of Plotly, with what it has been drawn from.
 * @typedef {Element & { _fullData?: { type: string, colorscale: [number, string][] }[] }} Plot
 */

/** @param {Component<SaveChartModel>} component */
export default function ({ parentElement, data }) {
  const host = query(parentElement, ".row", HTMLElement)
  for (const button of parentElement.querySelectorAll("button")) {
    button.disabled = false
    button.onclick = async () => {
      const colors = isDark(host) ? data.colors : {}
      const plots = /** @type {Plot[]} */ ([...document.querySelectorAll(".js-plotly-plot")])
      for (const [k, plot] of plots.entries()) {
        const name = plots.length > 1 ? `${data.name}_${k + 1}` : data.name
        await savePicture(await chartOnPaper(plot, colors), button.dataset.kind ?? "png", name)
      }
    }
  }
}

/**
 * The elements that a selector finds in an SVG.
 * @param {Element} parent
 * @param {string} selector
 */
function findAll(parent, selector) {
  return /** @type {NodeListOf<SVGElement>} */ (parent.querySelectorAll(selector))
}

/** @param {Element} element @param {string[]} names of attributes */
function numbersOf(element, ...names) {
  return names.map((name) => Number(element.getAttribute(name)))
}

/**
 * @param {Plot} plot
 * @param {Record<string, string>} colors what stands for each color on paper
 * @returns {Promise<Picture>}
 */
async function chartOnPaper(plot, colors) {
  const layers = [...findAll(plot, ".main-svg")]
  const [width, height] = numbersOf(layers[0], "width", "height")
  const root = svg(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}` },
    svg("rect", { width, height, fill: PAPER["--st-background-color"] }),
    ...layers.map(copyOf),
  )
  for (const part of findAll(root, ".draglayer, .hoverlayer, .zoomlayer")) part.remove()
  const known = new Map(
    Object.entries(colors).map(([color, paper]) => [cssOf(parseColor(color)), paper]),
  )
  for (const { style } of findAll(root, "[style]")) {
    style.fill = known.get(style.fill) ?? style.fill
    style.stroke = known.get(style.stroke) ?? style.stroke
  }
  for (const { style } of findAll(root, ".bg")) style.fill = "none"
  for (const { style } of findAll(root, ".gridlayer path, .zerolinelayer path")) {
    style.stroke = PAPER["--st-border-color"]
  }
  for (const { style } of findAll(root, "text")) style.fill = PAPER["--st-text-color"]
  const heatmap = plot._fullData?.find(({ type }) => type === "heatmap")
  if (heatmap) {
    const screen = heatmap.colorscale.map(([, color]) => channelsOf(color))
    const paper = screen.map((color) => channelsOf(known.get(cssOf(color)) ?? cssOf(color)))
    for (const image of findAll(root, ".heatmaplayer image")) await cellsOnPaper(image, { screen, paper })
    for (const stop of findAll(root, "stop")) {
      const color = stop.style.stopColor || stop.getAttribute("stop-color") || "#000000"
      stop.style.stopColor = cssOf(betweenColors(channelsOf(color), { screen, paper }))
    }
  }
  return { text: new XMLSerializer().serializeToString(root), width, height }
}

/**
 * @param {string} color #rrggbb or rgb(…)
 * @returns {Rgb}
 */
function channelsOf(color) {
  return color.startsWith("#") ? parseColor(color) : (color.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number)
}

/** @param {Rgb} channels */
function cssOf(channels) {
  return `rgb(${channels.join(", ")})`
}

/**
 * Gives the cells of a heatmap, which are one image, the colors of paper, and what is written on them one that can
 * be read there.
 * @param {SVGElement} image
 * @param {Scales} scales
 */
async function cellsOnPaper(image, scales) {
  const cells = new Image()
  cells.src = image.getAttribute("href") ?? image.getAttribute("xlink:href") ?? ""
  await cells.decode()
  const canvas = document.createElement("canvas")
  canvas.width = cells.width
  canvas.height = cells.height
  const context = contextOf(canvas)
  context.drawImage(cells, 0, 0)
  const picture = context.getImageData(0, 0, canvas.width, canvas.height)
  const pixels = picture.data
  for (let k = 0; k < pixels.length; k += 4) {
    pixels.set(betweenColors([pixels[k], pixels[k + 1], pixels[k + 2]], scales), k)
  }
  context.putImageData(picture, 0, 0)
  image.removeAttribute("xlink:href")
  image.setAttribute("href", canvas.toDataURL())
  const layer = image.closest(".heatmaplayer")
  if (!layer) return
  const [left, top, width, height] = numbersOf(image, "x", "y", "width", "height")
  for (const label of findAll(layer, ".heatmap-label text")) {
    const [x, y] = numbersOf(label, "x", "y")
    const column = Math.floor(((x - left) / width) * canvas.width)
    const row = Math.floor(((y - top) / height) * canvas.height)
    const at = 4 * (row * canvas.width + column)
    const [red, green, blue] = pixels.subarray(at, at + 3)
    const light = 0.299 * red + 0.587 * green + 0.114 * blue > 140
    label.style.fill = light ? PAPER["--st-text-color"] : PAPER["--st-background-color"]
  }
}

/**
 * The color on paper that stands where `color` stands on the screen's scale.
 * @param {Rgb} color
 * @param {Scales} scales
 */
export function betweenColors(color, { screen, paper }) {
  let least = Infinity
  let found = color
  for (let k = 0; k + 1 < screen.length; k += 1) {
    const way = screen[k + 1].map((channel, c) => channel - screen[k][c])
    const along = way.reduce((sum, part, c) => sum + part * (color[c] - screen[k][c]), 0)
    const length = way.reduce((sum, part) => sum + part * part, 0) || 1
    const share = Math.min(Math.max(along / length, 0), 1)
    const off = Math.hypot(...way.map((part, c) => screen[k][c] + share * part - color[c]))
    if (off >= least) continue
    least = off
    found = paper[k].map((channel, c) => Math.round(channel + share * (paper[k + 1][c] - channel)))
  }
  return found
}
