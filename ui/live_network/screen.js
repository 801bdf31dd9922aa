// The canvas that films are played on: SVG is at its best when it stands still, and too slow for 60 frames a second
// of a hundred edges with their numbers. What moves is hidden in the SVG and drawn here, at the same places.

const DASH = [10, 6]
const SOLID = []
const SOURCE_RADIUS = 3
const LABEL_SIZE = 11

function buildScreen({ width, height }) {
  const canvas = html("canvas", { class: "screen", "aria-hidden": "true" })
  return { canvas, width, height, inks: null }
}

// From here on frames are drawn on the canvas, in the colors and fonts that the SVG has now.
function startFilm({ screen, root, nodes, links }) {
  const style = (node) => getComputedStyle(node)
  screen.inks = {
    text: style(root).fill,
    muted: style(nodes.at(-1).target).fill,
    chosen: style(root).getPropertyValue("--st-primary-color"),
    ground: style(links[0].tag.box).fill,
    border: style(root).getPropertyValue("--st-border-color"),
    family: style(nodes[0].activation).fontFamily,
  }
  screen.context = fitCanvas(screen.canvas, screen.width, screen.height)
  root.classList.add("playing")
}

function endFilm({ screen, root }) {
  if (!screen.inks) return
  screen.inks = null
  root.classList.remove("playing")
  screen.context.clearRect(0, 0, screen.width, screen.height)
}

function drawMarks(picture, marks) {
  const { context, width, height, inks } = picture.screen
  context.clearRect(0, 0, width, height)
  picture.links.forEach((link, k) => drawLink(context, link, marks.links[k], inks))
  drawTexts(picture, marks, "activation", "700", "center", () => inks.text)
  drawTexts(picture, marks, "delta", "400", "center", ({ deltaColor }) => deltaColor ?? inks.text)
  drawTexts(picture, marks, "target", "400", "left", () => inks.muted)
  setFont(context, inks, "400", LABEL_SIZE, "center")
  picture.links.forEach((link, k) => link.labelAt && drawLabel(context, link.labelAt, picture.layout.labelWidth, marks.links[k], inks))
}

// All texts of a kind at once, as a canvas takes longer to change the font than to write.
function drawTexts({ screen, nodes }, marks, kind, weight, align, colorOf) {
  const { context, inks } = screen
  setFont(context, inks, weight, nodes[0].at[kind].size, align)
  nodes.forEach(({ at }, k) => {
    context.fillStyle = colorOf(marks.nodes[k])
    context.fillText(marks.nodes[k][kind], at[kind].x, at[kind].y)
  })
}

function setFont(context, { family }, weight, size, align) {
  context.font = `${weight} ${size}px ${family}`
  context.textAlign = align
}

function drawLink(context, { from, to, bias }, { color, width, dashed }, inks) {
  context.beginPath()
  context.moveTo(from.x, from.y)
  context.lineTo(to.x, to.y)
  context.setLineDash(dashed ? DASH : SOLID)
  context.lineWidth = width
  context.strokeStyle = color
  context.stroke()
  if (!bias) return
  context.beginPath()
  context.arc(to.x, to.y, SOURCE_RADIUS, 0, 2 * Math.PI)
  context.fillStyle = inks.muted
  context.fill()
}

function drawLabel(context, { x, y }, width, { label, chosen }, inks) {
  context.beginPath()
  context.roundRect(x - width / 2, y - LABEL_HEIGHT / 2, width, LABEL_HEIGHT, LABEL_HEIGHT / 2)
  context.fillStyle = inks.ground
  context.fill()
  context.setLineDash(SOLID)
  context.lineWidth = chosen ? 1.8 : 1
  context.strokeStyle = chosen ? inks.chosen : inks.border
  context.stroke()
  context.fillStyle = inks.text
  context.fillText(label, x, y + 4)
}
