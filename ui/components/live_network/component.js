// The live network: what Python sends comes in through `update`, what the reader does goes out through
// `setStateValue`. While a control moves, frames come from its film; nothing is computed here.

import { announce, endOfTraining, makeAnnouncer } from "../base/announcer.js"
import { isDark, legendStops, makePalette, roundUp } from "../base/color.js"
import { html, set, setText } from "../base/dom.js"
import { makeFilm, nearest } from "../base/film.js"
import { exact, filmPrecision, isNumber } from "../base/format.js"
import { isFramed } from "../base/frame.js"
import { drawnOnPaper, followPrinting } from "../base/paper.js"
import { replaceDrawing } from "../base/roving.js"
import { offerPicture, standalone } from "../base/standalone.js"
import { byPointer } from "../base/touch.js"
import { buildDrawing, describeDrawing, showLabels } from "./drawing.js"
import { buildExplain, paintExplain } from "./explain.js"
import { buildGiven } from "./given.js"
import { makeMarks, showMarks } from "./marks.js"
import {
  arrangePanel,
  buildPanel,
  highlightRow,
  showAnswered,
  slideRow,
  tellRow,
  updatePanel,
} from "./panel.js"
import { buildPlot, paintPlot, tellPlot } from "./plot.js"
import { arrangeReadings, buildReadings, paintReadings } from "./readings.js"
import { drawMarks, hideScreen, isShown } from "./screen.js"
import { readStep } from "./step.js"
import { circumstances, controlOf, itemOf } from "./subject.js"
import { buildToolbar, paintToolbar } from "./toolbar.js"

const instances = new WeakMap()
const COMPACT_WIDTH = 720
const REST_MS = 300
const REPEAT_MS = 1500
const TURNS = 3
const PAGE_POLL_MS = 50
const PAGE_POLLS = 40
const CROWDED = "Numbers show on the edges of the unit you select or hover."
const CROWDED_TOUCH = "Numbers show on the edges of the unit you select."

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
  const model = {
    seq: 0,
    values: new Map(),
    ranges: new Map(),
    film: null,
    plotted: null,
    attended: null,
    missed: null,
    moving: null,
    turn: 0,
    due: 0,
    hover: null,
    asked: null,
    sent: new Map(),
    pending: new Map(),
  }
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
  let emit = () => {}
  let frameRequest = null
  let painted = false
  let early = new Map()
  let opening = null
  let resting = null
  let repeating = null

  // Asking for a width inside a frame would make the browser lay everything out for it.
  const observer = new ResizeObserver(() => {
    if (!model.data) return
    model.compact = host.clientWidth < COMPACT_WIDTH
    buildPicture()
    paint()
  })

  function send(name, value) {
    model.seq += 1
    model.sent.set(name, { seq: model.seq, ...value })
    emit(name, model.sent.get(name))
  }

  // A server that has just taken over from another one may have missed what was sent while it ran the page for the
  // first time: it is told once more, until it answers. Each time it is another message, as Streamlit passes over one
  // that it knows, and over the address in it too.
  function repeatUnanswered(seq) {
    clearTimeout(repeating)
    repeating = setTimeout(() => {
      for (const [name, value] of model.sent) {
        value.times = (value.times ?? 1) + 1
        if (value.seq > seq) emit(name, { ...value })
      }
      repeatUnanswered(seq)
    }, REPEAT_MS)
  }

  // The reader may be at work before the page's first run has ended. Streamlit would run a part of the page right
  // behind it, of which one browser was left without the blocks that the part stands in: what is said waits.
  function waitForPage(polls) {
    const running = document.querySelector(".stApp")?.dataset.testScriptState === "running"
    if (running && polls > 0) opening = setTimeout(waitForPage, PAGE_POLL_MS, polls - 1)
    else sayWhatWaits()
  }

  // A button elsewhere on the page has to work with what was typed before.
  function onClick(event) {
    if (!event.composedPath().includes(host)) sayWhatWaits()
  }

  function sayWhatWaits() {
    clearTimeout(opening)
    document.removeEventListener("click", onClick, true)
    const waiting = early ?? []
    early = null
    for (const [name, value] of waiting) emit(name, value)
  }

  function control(id) {
    return model.data.controls.find((candidate) => candidate.id === id)
  }

  // The film of a control is asked for when the pointer or the focus enters it. What is pressed is also selected;
  // Python, which has the film to bring, hears of that when the control is let go. An input, a target and the
  // learning rate cannot be selected: they are explained until something is.
  function grab(id, pressed) {
    if (pressed && model.attended !== id) {
      if (picture.byId.has(id)) model.view.selected = id
      model.attended = picture.byId.has(id) ? null : id
      requestPaint()
    }
    if (model.film?.control === id || model.asked === id || !model.view.answers) return
    model.asked = id
    const { low, high } = model.ranges.get(id)
    emit("grabbed", { seq: model.seq, id, low, high, held: model.film?.key ?? null })
  }

  function move(id, value) {
    const film = model.film?.control === id ? model.film : null
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
    tellRow(panel.rows.get(id))
    requestPaint()
  }

  // A message may be passed over for the next one, while the server is at work: each brings all changes that have not
  // been acknowledged.
  function commit(id, text) {
    if (model.film && model.film.control !== id) model.film = null
    const { selected } = model.view
    model.pending.set(id, { seq: model.seq + 1, id, text })
    const changes = [...model.pending.values()]
    send("values", { changes, held: model.film?.key ?? null, at: window.location.search, selected })
    model.told = selected
  }

  function acknowledge(seq) {
    for (const [id, change] of model.pending) if (change.seq <= seq) model.pending.delete(id)
  }

  // A control that was let go where it stood commits nothing, and is selected all the same.
  function leave() {
    if (model.view.selected === model.told) return
    model.told = model.view.selected
    send("selected", { id: model.told })
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

  // The film along a control, if it is here: the one to be played, or the one that the plot shows already.
  function filmAlong(control) {
    if (model.film?.control === control) model.plotted = model.film
    const isTrue = !model.moving || model.moving.id === control
    return isTrue && model.plotted?.control === control ? model.plotted : null
  }

  function isTrueStill(film) {
    const value = model.values.get(film.control)
    return film.of === circumstances(model.data, film.control) &&
      film.positions[nearest(film.positions, value)] === value
  }

  // A film that was not brought when it was asked for cannot be had: it is not asked for again.
  function requestPlot() {
    const wanted = plottedControl(subject())
    if (!wanted || filmAlong(wanted)) return
    const missed = circumstances(model.data, wanted) + model.values.get(wanted)
    if (model.missed === missed) return
    model.missed = missed
    grab(wanted, false)
  }

  function selectedControls(id) {
    const item = picture.byId.get(id)
    if (!item?.circle) return item ? [id] : []
    const own = item.layer ? [] : [`x${item.unit + 1}`]
    const target = item.layer === model.data.drawing.layers - 1 ? [`y${item.unit + 1}`] : []
    const links = picture.links.filter((link) =>
      (item.layer ? link.anchors.to : link.anchors.from) === item.index
    )
    return [...own, ...links.map((link) => link.id), ...target]
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
    setText(note, picture.crowded.size ? byPointer(CROWDED, CROWDED_TOUCH) : "")
  }

  function build(data) {
    host.classList.toggle("framed", isFramed())
    panel = buildPanel({ grab, move, release, cancel, leave, type: commit })
    toolbar = buildToolbar(data.choices, (change) => {
      Object.assign(model.view, change)
      const { color, scale, labels } = model.view
      send("view", { color, scale, labels })
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
    model.film = null
    model.plotted = null
    model.attended = null
    model.moving = null
    model.arranged = data.view.selected
    model.compact = host.clientWidth < COMPACT_WIDTH
  }

  function update({ data, setStateValue }) {
    emit = (name, value) => (early ? early.set(name, value) : setStateValue(name, value))
    if (!model.data) model.seq = data.seq
    readPalette(data)
    acknowledge(data.seq)
    // An answer to something older than the reader's last move would throw that move back.
    if (data.seq < model.seq) {
      repeatUnanswered(data.seq)
      return requestPaint()
    }
    clearTimeout(repeating)
    const signature = JSON.stringify([
      data.drawing,
      data.view.answers,
      data.controls.map(({ id, group, shown }) => [id, group, shown]),
    ])
    const pressed = signature === model.signature && model.view.selected !== model.told
      ? model.view.selected
      : null
    if (data.view.selected !== model.told && !pressed) model.attended = null
    model.data = data
    model.view = { ...data.view, selected: pressed ?? data.view.selected }
    model.told = data.view.selected
    if (signature !== model.signature) {
      model.signature = signature
      if (!panel) build(data)
      changeNetwork(data)
    }
    if (model.moving?.committed) model.moving = null
    for (const { id, low, high, step, value } of data.controls) {
      if (model.moving?.id !== id) model.values.set(id, value)
      const known = model.ranges.get(id)
      const count = Math.round((high - low) / step)
      const widest = { low: Math.min(low, known?.low ?? low), high: Math.max(high, known?.high ?? high) }
      model.ranges.set(id, { ...widest, step: (widest.high - widest.low) / count })
    }
    model.asked = null
    if (data.film?.frames) {
      model.film = makeFilm(data.film, data.layout.length)
      model.film.of = circumstances(data, model.film.control)
    } else if (model.film?.key !== data.film?.key) model.film = null
    if (model.plotted && !isTrueStill(model.plotted)) model.plotted = null
    buildPicture()
    arrangeReadings(readings, picture.outputs.length, data.view.precision)
    showAnswered(panel)
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
        emit("painted", true)
      })
    }
    if (early && opening === null) {
      opening = setTimeout(waitForPage, PAGE_POLL_MS, PAGE_POLLS)
      document.addEventListener("click", onClick, true)
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
    const { data, view, film, moving } = model
    const playing = moving && film?.control === moving.id
    const index = film
      ? nearest(film.positions, playing ? moving.value : model.values.get(film.control))
      : null
    const frame = playing ? film.frame(index) : data.frame
    const value = (id) => (moving?.id === id ? moving.value : model.values.get(id))
    const step = readStep(data, view, frame, value)
    const { gradient, quantity, weightDelta } = step
    // What the slope takes from the loss: η‖∇L‖² over the parameters that are trained.
    const fall = picture.links.reduce((sum, link) => sum - weightDelta(link) * gradient(link), 0)
    const sizes = picture.links.map((link) => Math.abs(quantity(link))).filter(isNumber)
    const largest = roundUp(Math.max(...sizes, 0))
    const explained = model.hover ?? subject()
    const along = plottedControl(explained)
    const plotted = along && filmAlong(along)
    return {
      ...step,
      fall,
      focus: picture.byId.has(explained) ? explained : view.selected,
      explained,
      control: control(explained),
      plotted,
      plottedIndex: plotted && nearest(plotted.positions, value(along)),
      largest: moving ? (model.largest = Math.max(largest, model.largest ?? 0)) : (model.largest = largest),
      palette: model.palette,
      precision: playing || data.from_film ? filmPrecision(view.precision) : view.precision,
      name: (id) => control(id)?.name ?? id,
      highlighted: (id) => id === view.selected || id === moving?.id,
    }
  }

  function paint() {
    frameRequest = null
    const { moving, film } = model
    if (moving) slideRow(panel.rows.get(moving.id), moving.value)
    // Without its film the slider and its number alone move, and leave the time to those who bring the film.
    if (moving && film?.control !== moving.id) {
      paintPlot(plot, null)
      return tellRow(panel.rows.get(moving.id))
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
      selectedControls(model.arranged),
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
        tellPlot(plot, scene, control(scene.plotted?.control))
        if (model.moving) tellRow(panel.rows.get(model.moving.id))
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
    cancelAnimationFrame(frameRequest)
    clearTimeout(opening)
    document.removeEventListener("click", onClick, true)
    clearTimeout(resting)
    clearTimeout(repeating)
  }

  return { update, stop }
}
