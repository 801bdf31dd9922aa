// A drawing as a picture that stands alone: an SVG with its styles written into it, on white, with its legend.

import { copyOf, svg } from "./dom.js"
import { PAPER } from "./paper.js"

/** @import { Picture } from "./save_picture.js" */

/** @typedef {{ title: string, low: string, high: string, stops: string[] }} PictureLegend the bar's ends and colors */

const STYLES = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-opacity",
  "stroke-linejoin",
  "fill-opacity",
  "opacity",
  "visibility",
  "font-family",
  "font-size",
  "font-style",
  "font-weight",
  "text-anchor",
]
const OWN = ["class", "tabindex", "role", "data-id", "data-item", "aria-label", "aria-hidden"]
const LEGEND = { height: 40, bar: 130, left: 16 }

/**
 * @param {SVGSVGElement} drawing
 * @param {PictureLegend} legend
 * @param {SVGElement[]} below what is drawn below all else
 * @returns {Picture}
 */
export function standalone(drawing, legend, below = []) {
  const copy = copyOf(drawing)
  const shown = elementsOf(drawing)
  elementsOf(copy).forEach((node, k) => {
    const style = getComputedStyle(shown[k])
    for (const name of STYLES) node.style.setProperty(name, style.getPropertyValue(name))
    for (const name of OWN) node.removeAttribute(name)
  })
  const width = Math.max(Number(drawing.getAttribute("width")), 470)
  const height = Number(drawing.getAttribute("height")) + LEGEND.height
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg")
  copy.setAttribute("viewBox", `0 0 ${width} ${height}`)
  copy.setAttribute("width", String(width))
  copy.setAttribute("height", String(height))
  copy.style.removeProperty("visibility")
  copy.prepend(svg("rect", { width, height, fill: PAPER["--st-background-color"] }), ...below)
  copy.append(buildPictureLegend(legend, height - LEGEND.height / 2))
  return { text: new XMLSerializer().serializeToString(copy), width, height }
}

/**
 * @param {SVGSVGElement} drawing
 * @returns {SVGElement[]}
 */
function elementsOf(drawing) {
  return [drawing, .../** @type {NodeListOf<SVGElement>} */ (drawing.querySelectorAll("*"))]
}

/**
 * @param {PictureLegend} legend
 * @param {number} y
 */
function buildPictureLegend({ title, low, high, stops }, y) {
  const gradient = svg(
    "linearGradient",
    { id: "colors" },
    ...stops.map((color, k) => svg("stop", { offset: k / (stops.length - 1), "stop-color": color })),
  )
  /** @type {(x: number, words: string, anchor?: string) => SVGElement} */
  const text = (x, words, anchor = "start") => svg("text", { x, y: y + 4, "text-anchor": anchor }, words)
  const from = LEGEND.left + 6.2 * title.length + 70
  const to = from + LEGEND.bar
  /** @type {(x: number, look?: import("./dom.js").Attributes) => SVGElement} */
  const line = (x, look) =>
    svg("line", { x1: x, x2: x + 24, y1: y, y2: y, stroke: "currentColor", "stroke-width": 1.6, ...look })
  return svg(
    "g",
    {
      style: `font: 12px Arial, sans-serif; fill: ${PAPER["--st-text-color"]}; color: ${
        PAPER["--st-text-color"]
      }; stroke-width: 0`,
    },
    gradient,
    text(LEGEND.left, title),
    text(from - 6, low, "end"),
    svg("rect", { x: from, y: y - 4, width: LEGEND.bar, height: 8, rx: 4, fill: "url(#colors)" }),
    text(to + 6, high),
    line(to + 62, { "stroke-dasharray": "6 4" }),
    text(to + 92, "negative"),
    text(to + 152, "width |weight|"),
  )
}

/**
 * Lets others have the drawing within `host` as a picture: they dispatch the event "picture" on it.
 * @param {HTMLElement} host
 * @param {() => Picture} read
 */
export function offerPicture(host, read) {
  host.addEventListener("picture", (event) => {
    if (event instanceof CustomEvent) event.detail.take(read())
  })
}
