// The live network: what Python sends comes in through `update`, what the reader does goes out through
// `setStateValue`. While a control moves, frames come from its film; nothing is computed here.

import { announce, endOfTraining, makeAnnouncer } from "../base/announcer.js"
import { isDark, legendStops, makePalette } from "../base/color.js"
import { html, set, setText } from "../base/dom.js"
import { nearest } from "../base/film.js"
import { exact } from "../base/format.js"
import { isFramed } from "../base/frame.js"
import { makeOutbox } from "../base/outbox.js"
import { drawnOnPaper, followPrinting } from "../base/paper.js"
import { replaceDrawing } from "../base/roving.js"
import { offerPicture, standalone } from "../base/standalone.js"
import { byPointer } from "../base/touch.js"
import { buildDrawing, describeDrawing, showLabels } from "./drawing.js"
import { buildExplain, paintExplain } from "./explain.js"
import { canRequest, dropFilms, filmAlong, makeFilms, takeFilm } from "./films.js"
import { buildGiven } from "./given.js"
import { makeMarks, showMarks } from "./marks.js"
import {
  arrangePanel,
  buildPanel,
  describeRow,
  highlightRow,
  showAcknowledged,
  slideRow,
  updatePanel,
} from "./panel.js"
import { buildPlot, describePlot, paintPlot } from "./plot.js"
import { arrangeReadings, buildReadings, paintReadings } from "./readings.js"
import { readScene } from "./scene.js"
import { drawMarks, hideScreen, isShown } from "./screen.js"
import { controlOf, controlsOf, itemOf } from "./subject.js"
import { buildToolbar, paintToolbar } from "./toolbar.js"

const instances = new WeakMap()
const COMPACT_WIDTH = 720
const REST_MS = 300
const TURNS = 3
const CROWDED = "Crowded edges show numbers at the unit you select or hover."
const CROWDED_TOUCH = "Crowded edges show numbers at the unit you select."
const UNLABELED = "The numbers of the selected edge or unit are below."

export default function mount(component) {
  const root = component.parentElement
  if (!instances.has(root)) instances.set(root, createLive(root))
  instances.get(root).update({ ...component, data: readData(component.data) })
  return () => {
    instances.get(root)?.stop()
    instances.delete(root)
  }
}

// Python sends bytes; a saved page has its data at hand.
function readData(data) {
  return data instanceof Uint8Array ? JSON.parse(new TextDecoder().decode(data)) : data
}

function createLive(root) {
  const host = root.querySelector(".live-network")
  const films = makeFilms()
  const model = {
    films,
    values: new Map(),
    ranges: new Map(),
    attended: null,
    moving: null,
    turn: 0,
    due: 0,
    hover: null,
    sentSelection: undefined,
  }
  const outbox = makeOutbox(host, "values", "changes")
  const readings = buildReadings()
  const announcer = makeAnnouncer()
  const plot = buildPlot()
  const explain = buildExplain()
  const stage = html("div", { class: "stage" })
  const drawingBox = html("div", { class: "drawing" })
  const card = html("div", { class: "card" })
  const foot = html("div", { class: "foot" }, explain.root, html("div", { class: "plot-box" }, plot.root))
  const note = html("p", { class: "hint crowded" })
  let toolbar = null
  let panel = null
  let picture = null
  let frameRequest = null
  let painted = false
  let resting = null

  // To read a width inside a frame would make the browser lay everything out for it.
  const observer = new ResizeObserver(() => {
    if (!model.data) return
    model.compact = host.clientWidth < COMPACT_WIDTH
    buildPicture()
    paint()
  })

  // The film of a control is requested when the pointer or the focus enters it. What is pressed is also selected;
  // that is sent when the control is let go, as the film comes first. An input, a target and the learning rate
  // cannot be selected: they are explained until something is.
  function grab(id, pressed) {
    if (pressed && model.attended !== id) {
      if (picture.byId.has(id)) model.view.selected = id
      model.attended = picture.byId.has(id) ? null : id
      requestPaint()
    }
    if (films.playing?.control === id || films.requested === id || !model.view.answers) return
    films.requested = id
    const { low, high } = model.ranges.get(id)
    outbox.request("grabbed", { id, low, high, held: films.playing?.key ?? null })
  }

  function move(id, value) {
    const film = films.playing?.control === id ? films.playing : null
    const index = film ? nearest(film.positions, value) : null
    model.moving = { id, value: film ? film.positions[index] : value, committed: false }
    model.due = TURNS
    requestPaint()
  }

  function release(id) {
    if (model.moving?.id !== id) return
    model.moving.committed = true
    commit(id, exact(model.moving.value))
  }

  // The page scrolls: what was dragged goes back to where it was.
  function cancel(id) {
    if (model.moving?.id !== id || model.moving.committed) return
    model.moving = null
    slideRow(panel.rows.get(id), model.values.get(id))
    describeRow(panel.rows.get(id))
    requestPaint()
  }

  function commit(id, text) {
    if (films.playing?.control !== id) films.playing = null
    const { selected } = model.view
    outbox.add({ id, text }, { held: films.playing?.key ?? null, selected }, id)
    model.sentSelection = selected
  }

  // A control that was let go where it stood commits nothing, and is selected all the same.
  function leave() {
    if (model.view.selected === model.sentSelection) return
    model.sentSelection = model.view.selected
    outbox.post("selected", { id: model.sentSelection })
  }

  function select(id) {
    model.view.selected = id
    model.attended = null
    model.arranged = id
    leave()
    const wanted = plottedControl(id)
    if (wanted) grab(wanted, false)
    requestPaint()
  }

  // What the panel explains while the pointer rests nowhere: an item of the drawing, or a control that it has not.
  function subject() {
    return model.attended ? itemOf(model.attended, model.data.drawing) ?? model.attended : model.view.selected
  }

  function plottedControl(id) {
    return controlOf(
      model.attended && id === subject() ? model.attended : id,
      model.data.drawing,
      (name) => model.ranges.has(name),
    )
  }

  function requestPlot() {
    const wanted = plottedControl(subject())
    if (!wanted || filmAlong(films, wanted, model.moving)) return
    if (canRequest(films, wanted, model.data, model.values)) grab(wanted, false)
  }

  function buildPicture() {
    const width = Math.max(drawingBox.clientWidth, 240)
    if (picture && picture.width === width && picture.of === model.signature) return
    const reached = picture?.roving.current.key ?? model.view.selected
    const { drawing, view } = model.data
    picture = buildDrawing(drawing, width, view.answers, reached, (id) => select(id), (id) => {
      model.hover = id
      requestPaint()
    })
    picture.width = width
    picture.of = model.signature
    set(stage, "data-tall", picture.tall)
    picture.outputs = picture.nodes.filter((node) => node.layer === model.data.drawing.layers - 1)
    describeDrawing(picture, makeScene())
    replaceDrawing(drawingBox, [picture.box], picture.roving)
    const crowded = picture.unlabeled ? UNLABELED : byPointer(CROWDED, CROWDED_TOUCH)
    setText(note, picture.crowded.size ? crowded : "")
  }

  function build(data) {
    host.classList.toggle("framed", isFramed())
    panel = buildPanel({ grab, move, release, cancel, leave, type: commit })
    toolbar = buildToolbar(data.choices, (change) => {
      Object.assign(model.view, change)
      const { color, scale, labels } = model.view
      outbox.post("view", { color, scale, labels })
      requestPaint()
    })
    stage.replaceChildren(toolbar.root, drawingBox, note, foot)
    card.replaceChildren(panel.root, stage)
    host.replaceChildren(readings.root, card, announcer.root)
    observer.observe(drawingBox)
  }

  // Another network has other limits and other films.
  function changeNetwork(data) {
    host.classList.toggle("no-answers", !data.view.answers)
    stage.lastChild.replaceWith(data.view.answers ? foot : buildGiven(data.given))
    model.ranges.clear()
    dropFilms(films)
    model.attended = null
    model.moving = null
    model.arranged = data.view.selected
    model.compact = host.clientWidth < COMPACT_WIDTH
  }

  function update({ data, setStateValue }) {
    const isNewest = outbox.receive(data.seq, setStateValue, data.session)
    readPalette(data)
    // What was made before the reader's last move would throw that move back.
    if (!isNewest) return requestPaint()
    takeState(data)
    takeValues(data.controls)
    takeFilm(films, data, model.values)
    buildPicture()
    arrangeReadings(readings, picture.outputs.length, data.view.precision)
    showAcknowledged(panel)
    updatePanel(
      panel,
      data.controls.filter(({ shown }) => shown),
      model.ranges,
      data.rejected,
      data.view.precision,
      model.moving?.id,
    )
    paint()
    // Python brings the film of the control that was touched last, which need not be the one that is explained.
    if (data.view.answers) requestPlot()
    clearTimeout(resting)
    resting = setTimeout(rest, REST_MS)
    if (!painted) {
      requestAnimationFrame(() => {
        painted = true
        outbox.emit("painted", true)
      })
    }
  }

  // A selection that has been pressed and not been sent yet stays.
  function takeState(data) {
    const signature = JSON.stringify([
      data.drawing,
      data.view.answers,
      data.controls.map(({ id, group, shown }) => [id, group, shown]),
    ])
    const pressed = signature === model.signature && model.view.selected !== model.sentSelection
      ? model.view.selected
      : null
    if (data.view.selected !== model.sentSelection && !pressed) model.attended = null
    model.data = data
    model.view = { ...data.view, selected: pressed ?? data.view.selected }
    model.sentSelection = data.view.selected
    if (signature === model.signature) return
    model.signature = signature
    if (!panel) build(data)
    changeNetwork(data)
  }

  // A range that was widened stays as wide.
  function takeValues(controls) {
    if (model.moving?.committed) model.moving = null
    for (const { id, low, high, step, value } of controls) {
      if (model.moving?.id !== id) model.values.set(id, value)
      const known = model.ranges.get(id)
      const count = Math.round((high - low) / step)
      const widest = { low: Math.min(low, known?.low ?? low), high: Math.max(high, known?.high ?? high) }
      model.ranges.set(id, { ...widest, step: (widest.high - widest.low) / count })
    }
  }

  function readPalette(data) {
    model.palette = makePalette(data.palette[isDark(host) ? "dark" : "light"])
  }

  function redraw() {
    if (!model.data) return
    readPalette(model.data)
    hideScreen(picture.screen)
    buildPicture()
    paint()
  }

  const forgetPrinting = followPrinting(host, redraw)
  offerPicture(host, () => drawnOnPaper(host, redraw, () => standalone(picture.root, pictureLegend())))

  function pictureLegend() {
    const { low, high } = toolbar.legend
    return {
      title: model.data.choices.colors[model.view.color],
      low: low.textContent,
      high: high.textContent,
      stops: legendStops(model.palette),
    }
  }

  function makeScene() {
    const explained = model.hover ?? subject()
    const along = plottedControl(explained)
    return readScene(model, picture, explained, along && filmAlong(films, along, model.moving))
  }

  function paint() {
    frameRequest = null
    const { moving } = model
    if (moving) slideRow(panel.rows.get(moving.id), moving.value)
    // Without its film the slider and its number alone move, and leave the time to those who bring the film.
    if (moving && films.playing?.control !== moving.id) {
      paintPlot(plot, null)
      return describeRow(panel.rows.get(moving.id))
    }
    const scene = makeScene()
    showLabels(picture, scene.view.labels, scene.focus)
    const marks = makeMarks(picture, scene)
    const draw = isShown(picture.screen) || (moving && !moving.committed) ? drawMarks : showMarks
    draw(picture, marks)
    paintPlot(plot, scene.plotted, scene.plottedIndex, scene.palette)
    writeTexts(scene)
    arrangePanel(
      panel,
      controlsOf(picture.byId.get(model.arranged), picture.links, model.data.drawing.layers),
      picture.byId.get(model.arranged)?.label ?? "",
      model.compact,
    )
    const chosen = model.moving?.id ?? model.attended ?? model.view.selected
    highlightRow(panel, model.ranges.has(chosen) ? chosen : null)
  }

  // The texts around the drawing take turns while it moves: nobody reads faster, and each costs a layout.
  function writeTexts(scene) {
    const parts = [
      () => paintReadings(readings, scene, picture.outputs),
      () => paintExplain(explain, picture, scene),
      () => {
        paintToolbar(toolbar, scene)
        describePlot(plot, scene)
        if (model.moving) describeRow(panel.rows.get(model.moving.id))
      },
    ]
    if (!model.moving) return parts.forEach((write) => write())
    parts[model.turn]()
    model.turn = (model.turn + 1) % parts.length
    model.due -= 1
    if (model.due > 0) requestPaint()
  }

  // The SVG takes over from the canvas when tables and chart, which need the time more, have settled.
  function rest() {
    if (model.moving) return
    const scene = makeScene()
    if (isShown(picture.screen)) {
      showMarks(picture, makeMarks(picture, scene))
      hideScreen(picture.screen)
    }
    describeDrawing(picture, scene)
    if (scene.view.answers) announceStep()
  }

  function announceStep() {
    const { training } = model.data
    const before = model.training ?? training
    model.training = training
    const list = ({ textContent }) => textContent.trim().replaceAll(/\s+/g, ", ")
    const now = `Prediction ${list(readings.prediction)}, loss ${list(readings.loss)}.`
    const trained = training?.end > before?.end || training?.diverged > before?.diverged
    const moved = training?.position !== before?.position ? `Step ${training.position}.` : ""
    const how = trained ? endOfTraining(training.end, training.diverged) : moved
    announce(announcer, `${training?.position} ${training?.diverged} ${now}`, `${how} ${now}`.trim())
  }

  function requestPaint() {
    if (picture && frameRequest === null) frameRequest = requestAnimationFrame(paint)
  }

  function stop() {
    observer.disconnect()
    forgetPrinting()
    outbox.stop()
    cancelAnimationFrame(frameRequest)
    clearTimeout(resting)
  }

  return { update, stop }
}
