// The live network: what Python sends comes in through `update`, what the reader does leaves through the outbox.
// While a control moves, frames come from its film; nothing is computed here.

import { announce, makeAnnouncer } from "../base/announcer.js"
import { unpack } from "../base/arrays.js"
import { isDark, legendStops, makePalette } from "../base/color.js"
import { leaveNoRoom, leaveRoom } from "../base/cover.js"
import { focusedBeside, html, query, set, setText } from "../base/dom.js"
import { followFilms, requestFilm, withdrawRequest } from "../base/film_exchange.js"
import { isFramed } from "../base/frame.js"
import { makeMount } from "../base/mount.js"
import { makeOutbox } from "../base/outbox.js"
import { drawnOnPaper, followPrinting } from "../base/paper.js"
import { makePaintNote } from "../base/paint_note.js"
import { replaceDrawing } from "../base/roving.js"
import { offerPicture, standalone } from "../base/standalone.js"
import { byPointer, followSwipe } from "../base/touch.js"
import { makeActions } from "./actions.js"
import { buildDrawing, describeDrawing, showLabels } from "./drawing.js"
import { buildExplain, paintExplain } from "./explain.js"
import { buildCode, paintCode } from "./code_view.js"
import { filmAlong, filmAt, takeBrought, takeNumbers } from "./films.js"
import { buildGiven } from "./given.js"
import {
  buildLossTimeline,
  colorLossTimeline,
  describeLossTimeline,
  fitLossTimeline,
  paintLossTimeline,
} from "./loss_timeline.js"
import { buildGuide, closeGuide, hasSeenGuide, hideGuide, paintGuide } from "./guide.js"
import { makeMarks, showMarks } from "./marks.js"
import { buildModelLine } from "./model_line.js"
import { buildNudge, paintNudge } from "./nudge_view.js"
import {
  arrangePanel,
  buildPanel,
  describeControl,
  highlightRow,
  slideControl,
  updatePanel,
} from "./panel.js"
import { buildPlot, describePlot, paintPlot } from "./plot.js"
import { arrangeReadings, buildReadings, NOT_YET, paintReadings } from "./readings.js"
import { readScene } from "./scene.js"
import { drawMarks, hideScreen, isShown } from "./screen.js"
import { makeState, NO_GUESS, takeData, takeValues, valueOf } from "./state.js"
import { buildStageBar, paintStageBar, pauseStages, stepTo } from "./stage_bar.js"
import { sendAlong } from "./stage_flow.js"
import { buildStageText, paintStageText } from "./stage_text.js"
import { WHOLE_STEP } from "./stages.js"
import { describeStep } from "./step_sentence.js"
import { controlsOf, plottedControl, subjectOf } from "./subject.js"
import { buildTabs, paintTabs } from "./tabs.js"
import { buildTermTip, hideTip } from "./term_tip.js"
import { buildToolbar, paintToolbar } from "./toolbar.js"

/** @import { Component, Instance, SetStateValue } from "../base/component.d.ts" */
/** @import { FilmRequest } from "../base/protocol.d.ts" */
/** @import { NetworkOutbox } from "./actions.js" */
/** @import { NetworkModel, Training } from "./model.d.ts" */
/** @import { Picture } from "./drawing.js" */
/** @import { Scene } from "./scene.js" */

const COMPACT_WIDTH = 720
const REST_MS = 300
const TURNS = 3
// More of them need more room than a laptop has beside two columns.
const MOST_LAYERS = 5
const CROWDED = "Crowded edges show numbers at the unit you select or hover over."
const CROWDED_TOUCH = "Crowded edges show numbers at the unit you select."
const NO_PLOT = "A unit without a bias has no number of its own to move. Select a weight that leads into it."
const UNLABELED = "Select an edge or a unit to see its numbers."

const mountLive = makeMount(createLive)

/** @param {Component<Uint8Array | NetworkModel>} component */
export default function mount(component) {
  return mountLive({ ...component, data: readData(component.data) })
}

/**
 * Python sends bytes; a saved page has its data at hand.
 * @param {Uint8Array | NetworkModel} data
 * @returns {NetworkModel}
 */
function readData(data) {
  return data instanceof Uint8Array ? unpack(data) : data
}

/**
 * @param {HTMLElement | ShadowRoot} root
 * @param {NetworkModel} first what it is made of
 * @returns {Instance<NetworkModel>}
 */
function createLive(root, first) {
  const host = query(root, ".live-network", HTMLElement)
  const state = makeState(first, readPalette(first))
  const { films } = state
  /** @type {NetworkOutbox} */
  const outbox = makeOutbox(host, "values", "changes")
  const actions = makeActions(state, outbox, {
    isItem: (id) => picture.byId.has(id),
    paint: requestPaint,
    moved: () => {
      due = TURNS
    },
    back: (id) => {
      slideControl(panel, id, valueOf(state, id))
      describeControl(panel, id)
    },
  })
  const readings = buildReadings()
  const announcer = makeAnnouncer()
  const plot = buildPlot()
  const nudge = buildNudge(first.choices.nudges, { choose: actions.nudgeBy, keep: actions.keepNudge })
  const code = buildCode()
  const along = html("div", { class: "plot-box" }, plot.root, html("p", { class: "hint no-plot" }, NO_PLOT))
  const tabs = buildTabs(
    "More on what is selected",
    first.choices.tabs,
    { along, nudge: nudge.root, code: code.root },
    (tab) => actions.changeView({ tab }),
  )
  const explain = buildExplain(actions)
  const stageText = buildStageText({
    predict: (isOn) => {
      state.guess = NO_GUESS
      actions.changeView({ predict: isOn })
    },
    judged: (guess) => {
      state.guess = guess
      paint()
      describeDrawing(picture, makeScene(picture))
    },
  })
  const tip = buildTermTip(
    host,
    () => ({ scene: makeScene(picture), glossary: state.data.glossary }),
    (text) => setText(announcer.root, text),
  )
  const stages = { show: showStage, keep: keepStage }
  const stageBar = buildStageBar(stages)
  const panel = buildPanel(actions)
  const toolbar = buildToolbar(first.choices, actions.changeView)
  const timeline = buildLossTimeline(first.choices, actions, () => state.seeking?.step ?? null)
  const drawingBox = html("div", { class: "drawing" })
  const note = html("p", { class: "hint crowded" })
  const guide = first.guide && !hasSeenGuide() ? buildGuide(first.view.selected) : null
  const foot = html("div", { class: "foot" }, stageText.root, explain.root, tabs.root)
  // Beside or below the drawing: its explanation and what belongs to it, or where the answers are hidden what is given.
  /** @type {Element} */
  let below = foot
  const stage = html(
    "div",
    { class: "stage" },
    toolbar.root,
    drawingBox,
    ...(guide ? [guide.root] : []),
    note,
    stageBar.root,
  )
  const card = html("div", { class: "card" }, panel.root, stage, below)
  let compact = false
  // What the picture is drawn of.
  let pictured = ""
  /** @type {Training | null} */
  let training = null
  // Which texts are written next while a control moves, and how many more frames there are texts to write.
  let turn = 0
  let due = 0
  /** @type {number | null} */
  let frameRequest = null
  /** @type {number | undefined} */
  let resting
  const notePaint = makePaintNote((times) => outbox.emit("painted", times))

  host.classList.toggle("framed", isFramed())
  /** @type {Element} */
  let modelLine = html("div")
  host.replaceChildren(modelLine, readings.root, card, timeline.root, announcer.root, tip.root)
  takeData(state, first)
  takeValues(state, first.controls)
  changeNetwork(first)
  let picture = drawPicture(state.view.selected)

  // To read a width inside a frame would make the browser lay everything out for it.
  const observer = new ResizeObserver(() => {
    compact = host.clientWidth < COMPACT_WIDTH
    fitLossTimeline(timeline)
    renewPicture()
    paint()
    leaveRoom(drawingBox)
  })
  const textObserver = new ResizeObserver(([{ contentRect }]) => {
    if (!state.isTextHeld) explain.body.style.setProperty("--text-height", `${contentRect.height}px`)
  })
  textObserver.observe(explain.body)
  explain.all.addEventListener("toggle", () => {
    state.isTextHeld = false
    requestPaint()
  })
  observer.observe(drawingBox)
  observer.observe(timeline.track)
  const forgetFilms = followFilms((brought) => {
    takeBrought(films, state.data, brought)
    if (films.requested === null) withdrawRequest()
    requestPaint()
  })
  const forgetPrinting = followPrinting(host, redraw)
  followSwipe(drawingBox, (by) => state.view.stage !== WHOLE_STEP && stepTo(stageBar, by, stages))
  offerPicture(host, () => drawnOnPaper(host, redraw, () => standalone(picture.root, pictureLegend())))

  function readWidth() {
    return Math.max(drawingBox.clientWidth, 240)
  }

  /**
   * @param {string} reached the item that the Tab key leads to
   * @returns {Picture}
   */
  function drawPicture(reached) {
    const { data, view } = state
    const drawn = buildDrawing(data.drawing, readWidth(), view.answers, reached, actions)
    set(card, "data-tall", drawn.tall)
    set(card, "data-deep", data.drawing.layers > MOST_LAYERS)
    describeDrawing(drawn, makeScene(drawn))
    replaceDrawing(drawingBox, [drawn.box], drawn.roving)
    const crowded = drawn.unlabeled ? UNLABELED : byPointer(CROWDED, CROWDED_TOUCH)
    setText(note, drawn.crowded.size ? crowded : "")
    pictured = state.drawn
    return drawn
  }

  /** @param {string} id */
  function showStage(id) {
    if (id !== state.view.stage) state.guess = NO_GUESS
    state.view.stage = id
    state.attended = null
    stage.classList.toggle("at-stage", id !== WHOLE_STEP)
    const scene = makeScene(picture)
    paint()
    sendAlong(picture, scene)
    describeDrawing(picture, scene)
    // Of the slider that has the focus a screen reader reads the value by itself.
    const isRead = focusedBeside(stageBar.track) === stageBar.track
    if (!isRead) setText(announcer.root, stageBar.track.getAttribute("aria-valuetext") ?? "")
  }

  function keepStage() {
    if (state.view.stage === state.sentStage) return
    state.sentStage = state.view.stage
    actions.changeView({})
  }

  // Draws the picture anew where it is of another network or width.
  function renewPicture() {
    if (picture.width === readWidth() && pictured === state.drawn) return
    picture = drawPicture(picture.roving.current.key)
  }

  /** @param {NetworkModel} data */
  function changeNetwork({ view, given, biases_fixed }) {
    const line = buildModelLine(state.network, biases_fixed)
    modelLine.replaceWith(line)
    modelLine = line
    host.classList.toggle("no-answers", !view.answers)
    const next = view.answers ? foot : buildGiven(given)
    below.replaceWith(next)
    below = next
    compact = host.clientWidth < COMPACT_WIDTH
  }

  /** @param {Component<NetworkModel>} component */
  function update({ data, setStateValue }) {
    const isNewest = outbox.receive(data.seq, sendBy(setStateValue), data.session, data.run)
    state.palette = readPalette(data)
    colorLossTimeline(timeline)
    // What was made before the reader's last move would throw that move back.
    if (!isNewest) return requestPaint()
    if (takeData(state, data)) {
      pauseStages(stageBar)
      changeNetwork(data)
      if (guide) closeGuide(guide)
    }
    takeValues(state, data.controls)
    takeNumbers(films, data, state.values)
    renewPicture()
    stage.classList.toggle("at-stage", state.view.stage !== WHOLE_STEP)
    const { precision, answers } = state.view
    const lines = arrangeReadings(readings, picture.outputs.length, precision)
    // The drawing stands below them.
    host.style.setProperty("--narrow-lines", String(lines))
    const shown = data.controls.filter((control) => control.shown)
    updatePanel(panel, shown, state.ranges, data.rejected, precision, state.moving?.id)
    paint()
    if (answers) actions.requestPlot()
    // What a change is compared with that comes before the first rest.
    if (answers && announcer.stood === null) announceStep()
    clearTimeout(resting)
    resting = setTimeout(rest, REST_MS)
    notePaint(data.painted)
  }

  /**
   * Requests for films leave by the component that brings them, and leave the drawing out of it.
   * @param {SetStateValue} setStateValue
   * @returns {SetStateValue}
   */
  function sendBy(setStateValue) {
    return (name, value) => {
      if (name === "grabbed") requestFilm(/** @type {FilmRequest} */ (value))
      else setStateValue(name, value)
    }
  }

  /** @param {NetworkModel} data */
  function readPalette({ palette, roles }) {
    const theme = isDark(host) ? "dark" : "light"
    for (const [role, color] of Object.entries(roles[theme])) host.style.setProperty(`--role-${role}`, color)
    return makePalette(palette[theme])
  }

  function redraw() {
    state.palette = readPalette(state.data)
    hideScreen(picture.screen)
    colorLossTimeline(timeline)
    fitLossTimeline(timeline)
    renewPicture()
    paint()
  }

  function pictureLegend() {
    const { low, high } = toolbar.legend
    return {
      title: state.data.choices.colors[state.view.color],
      low: low.textContent,
      high: high.textContent,
      stops: legendStops(state.palette),
    }
  }

  /** @param {Picture} drawn */
  function makeScene(drawn) {
    const explained = state.hover ?? subjectOf(state)
    const along = plottedControl(state, explained)
    set(foot, "data-plot", along === null ? "none" : "beside")
    return readScene(state, drawn, explained, along === null ? null : filmAlong(films, along, state.moving))
  }

  function paint() {
    frameRequest = null
    const { moving } = state
    if (moving) slideControl(panel, moving.id, moving.value)
    if (tip.of && moving) hideTip(tip)
    // Without its film the slider and its number alone move, and leave the time to those who bring the film.
    if (moving && !filmAt(films, moving)) {
      paintPlot(plot, null, state.palette)
      return describeControl(panel, moving.id)
    }
    const scene = makeScene(picture)
    showLabels(picture, scene.view.labels, scene.focus)
    const marks = makeMarks(picture, scene)
    const draw = isShown(picture.screen) || (moving && !moving.committed) ? drawMarks : showMarks
    draw(picture, marks)
    paintPlot(plot, scene.plotted, scene.palette)
    // The training that would follow comes behind the frames.
    if (!moving || filmAt(films, moving)?.isComplete) paintLossTimeline(timeline, state, scene.hidesLosses)
    if (!moving || stageBar.stage !== state.view.stage) {
      paintStageBar(stageBar, scene.view.answers ? state.data.stages : [], state.view.stage)
    }
    writeTexts(scene)
    const arranged = picture.byId.get(state.arranged)
    const ids = controlsOf(arranged, picture.links, state.data.drawing.layers)
    arrangePanel(panel, ids, arranged?.label ?? "", compact)
    const chosen = moving?.id ?? state.attended ?? state.view.selected
    highlightRow(panel, state.ranges.has(chosen) ? chosen : null)
    if (guide) paintGuide(guide, picture, panel.rows.get(guide.control), readGuided())
  }

  function readGuided() {
    const { moving, data, view } = state
    return {
      moving: moving && !moving.committed ? moving.id : null,
      value: guide ? valueOf(state, guide.control) : NaN,
      isTaken: (data.training?.position ?? 0) > 0,
      selected: view.selected,
    }
  }

  /**
   * The texts around the drawing take turns while it moves: nobody reads faster, and each costs a layout.
   * @param {Scene} scene
   */
  function writeTexts(scene) {
    const { moving } = state
    const parts = [
      () => paintReadings(readings, scene, picture.outputs),
      () => {
        paintStageText(stageText, scene, !moving)
        // What is pointed at is explained at any stage.
        explain.root.hidden = scene.stage !== null &&
          (scene.stage.isWithheld || (state.hover === null && state.attended === null))
        stageText.root.hidden = !explain.root.hidden
        foot.classList.toggle("at-stage", explain.root.hidden)
        foot.classList.toggle("held", state.isTextHeld)
        if (!explain.root.hidden) paintExplain(explain, picture, scene, !moving)
      },
      () => {
        paintToolbar(toolbar, scene)
        paintTabs(tabs, scene.view.tab)
        describePlot(plot, scene)
        if (scene.view.tab === "nudge") paintNudge(nudge, scene)
        if (scene.view.tab === "code") paintCode(code, scene)
        describeLossTimeline(timeline, state)
        if (moving) describeControl(panel, moving.id)
      },
    ]
    if (!moving) return parts.forEach((write) => write())
    parts[turn]()
    turn = (turn + 1) % parts.length
    due -= 1
    if (due > 0) requestPaint()
  }

  // The SVG takes over from the canvas when tables and chart, which need the time more, have settled.
  function rest() {
    if (state.moving) return
    const scene = makeScene(picture)
    if (isShown(picture.screen)) {
      showMarks(picture, makeMarks(picture, scene))
      hideScreen(picture.screen)
    }
    describeDrawing(picture, scene)
    if (scene.view.answers) announceStep()
  }

  function announceStep() {
    const list = (/** @type {HTMLElement} */ { textContent }) => textContent.trim().replaceAll(/\s+/g, ", ")
    const [prediction, loss] = [readings.prediction, readings.loss].map(list)
    // At a stage before them there is nothing to announce, and its own name has just been.
    if ([prediction, loss].some((text) => text.includes(NOT_YET))) return
    const before = training ?? state.data.training
    training = state.data.training
    const { standing, sentence } = describeStep(training, before, prediction, loss)
    announce(announcer, standing, sentence)
  }

  function requestPaint() {
    frameRequest ??= requestAnimationFrame(paint)
  }

  function stop() {
    observer.disconnect()
    textObserver.disconnect()
    leaveNoRoom()
    forgetFilms()
    forgetPrinting()
    outbox.stop()
    tip.stop()
    if (frameRequest !== null) cancelAnimationFrame(frameRequest)
    clearTimeout(resting)
    pauseStages(stageBar)
    if (guide) hideGuide(guide)
  }

  return { update, stop }
}
