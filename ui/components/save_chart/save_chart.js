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
        await savePicture(chartOnPaper(plot, colors), button.dataset.kind, name)
      }
    }
  }
}

/**
 * @param {Element} plot
 * @param {Record<string, string>} colors what stands for each color on paper
 */
function chartOnPaper(plot, colors) {
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
    Object.entries(colors).map(([color, paper]) => [`rgb(${parseColor(color).join(", ")})`, paper]),
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
  // What is written on a colored cell has the color that can be read there.
  for (const part of root.querySelectorAll("text")) {
    if (!part.closest(".plot")) part.style.fill = PAPER["--st-text-color"]
  }
  return { text: new XMLSerializer().serializeToString(root), width, height }
}
