// Saves Plotly's charts as they stand, in the colors of paper.

import { isDark, parseColor } from "../base/color.js"
import { svg } from "../base/dom.js"
import { PAPER } from "../base/paper.js"
import { savePicture } from "../base/save_picture.js"

export default function ({ parentElement, data }) {
  const host = parentElement.querySelector(".row")
  for (const button of parentElement.querySelectorAll("button")) {
    button.onclick = async () => {
      const colors = isDark(host) ? data.colors : {}
      const plots = [...document.querySelectorAll(".js-plotly-plot")]
      for (const [k, plot] of plots.entries()) {
        const name = plots.length > 1 ? `${data.name}_${k + 1}` : data.name
        await savePicture(await chartOnPaper(plot, colors), button.dataset.kind, name)
      }
    }
  }
}

/**
 * @param {Element} plot
 * @param {Record<string, string>} colors what stands for each color on paper
 */
async function chartOnPaper(plot, colors) {
  const layers = [...plot.querySelectorAll(".main-svg")]
  const [width, height] = ["width", "height"].map((name) => Number(layers[0].getAttribute(name)))
  const copies = layers.map((layer) => layer.cloneNode(true))
  const root = svg(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}` },
    svg("rect", { width, height, fill: PAPER["--st-background-color"] }),
    ...copies,
  )
  root.querySelectorAll(".draglayer, .hoverlayer, .zoomlayer").forEach((part) => part.remove())
  const known = new Map(
    Object.entries(colors).map(([color, paper]) => [cssOf(parseColor(color)), paper]),
  )
  for (const part of root.querySelectorAll("[style]")) {
    for (const name of ["fill", "stroke"]) {
      const paper = known.get(part.style[name])
      if (paper) part.style[name] = paper
    }
  }
  for (const part of root.querySelectorAll(".bg")) part.style.fill = "none"
  for (const part of root.querySelectorAll(".gridlayer path, .zerolinelayer path")) {
    part.style.stroke = PAPER["--st-border-color"]
  }
  for (const part of root.querySelectorAll("text")) part.style.fill = PAPER["--st-text-color"]
  const heatmap = (plot._fullData ?? []).find(({ type }) => type === "heatmap")
  if (heatmap) {
    const scale = heatmap.colorscale.map(([, color]) => channelsOf(color))
    const paper = scale.map((color) => channelsOf(known.get(cssOf(color)) ?? cssOf(color)))
    for (const image of root.querySelectorAll(".heatmaplayer image")) await cellsOnPaper(image, scale, paper)
    for (const stop of root.querySelectorAll("stop")) {
      const color = stop.style.stopColor || stop.getAttribute("stop-color")
      stop.style.stopColor = cssOf(betweenColors(channelsOf(color), scale, paper))
    }
  }
  return { text: new XMLSerializer().serializeToString(root), width, height }
}

const channelsOf = (color) =>
  color.startsWith("#") ? parseColor(color) : color.match(/[\d.]+/g).slice(0, 3).map(Number)

const cssOf = (channels) => `rgb(${channels.join(", ")})`

/**
 * Gives the cells of a heatmap, which are one image, the colors of paper, and what is written on them one that can
 * be read there.
 * @param {SVGImageElement} image
 * @param {number[][]} scale the colors between which those of the cells lie
 * @param {number[][]} paper what stands for each of them on paper
 */
async function cellsOnPaper(image, scale, paper) {
  const cells = new Image()
  cells.src = image.getAttribute("href") ?? image.getAttribute("xlink:href")
  await cells.decode()
  const canvas = document.createElement("canvas")
  canvas.width = cells.width
  canvas.height = cells.height
  const context = canvas.getContext("2d")
  context.drawImage(cells, 0, 0)
  const picture = context.getImageData(0, 0, canvas.width, canvas.height)
  const pixels = picture.data
  for (let k = 0; k < pixels.length; k += 4) {
    const color = betweenColors([pixels[k], pixels[k + 1], pixels[k + 2]], scale, paper)
    for (let channel = 0; channel < 3; channel += 1) pixels[k + channel] = color[channel]
  }
  context.putImageData(picture, 0, 0)
  image.removeAttribute("xlink:href")
  image.setAttribute("href", canvas.toDataURL())
  const [left, top, width, height] = ["x", "y", "width", "height"].map((name) =>
    Number(image.getAttribute(name))
  )
  for (const label of image.closest(".heatmaplayer").querySelectorAll(".heatmap-label text")) {
    const [x, y] = ["x", "y"].map((name) => Number(label.getAttribute(name)))
    const column = Math.floor(((x - left) / width) * canvas.width)
    const row = Math.floor(((y - top) / height) * canvas.height)
    const at = 4 * (row * canvas.width + column)
    const [red, green, blue] = pixels.subarray(at, at + 3)
    const light = 0.299 * red + 0.587 * green + 0.114 * blue > 140
    label.style.fill = light ? PAPER["--st-text-color"] : PAPER["--st-background-color"]
  }
}

/**
 * The color on a scale of paper that stands where `color` stands on its own scale.
 * @param {number[]} color @param {number[][]} scale @param {number[][]} paper
 * @returns {number[]}
 */
function betweenColors(color, scale, paper) {
  let least = Infinity
  let found = color
  for (let k = 0; k + 1 < scale.length; k += 1) {
    const way = scale[k + 1].map((channel, c) => channel - scale[k][c])
    const along = way.reduce((sum, part, c) => sum + part * (color[c] - scale[k][c]), 0)
    const length = way.reduce((sum, part) => sum + part * part, 0) || 1
    const share = Math.min(Math.max(along / length, 0), 1)
    const off = Math.hypot(...way.map((part, c) => scale[k][c] + share * part - color[c]))
    if (off >= least) continue
    least = off
    found = paper[k].map((channel, c) => Math.round(channel + share * (paper[k + 1][c] - channel)))
  }
  return found
}
