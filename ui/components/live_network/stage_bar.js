// The bar of stages below the drawing: the step from its inputs to the loss after it, forward and back like a film.

import { html, set, setText } from "../base/dom.js"
import { htmlLabel } from "../base/format.js"
import { SLOP } from "../base/touch.js"
import { partsOfStep, placeOfStage, WHOLE_STEP } from "./stages.js"

/** @import { StageText } from "./model.d.ts" */
/** @import { PartOfStep } from "./stages.js" */

/** @typedef {ReturnType<typeof buildStageBar>} StageBar */

/**
 * `show` a stage, and `keep` it where the reader comes to rest at one.
 * @typedef {{ show: (id: string) => void, keep: () => void }} StageEvents
 */

const PLAY_MS = 1400
const PAGE_STAGES = 3

/** @param {StageEvents} on */
export function buildStageBar(on) {
  const back = button("‹", "Stage before")
  const forward = button("›", "Next stage")
  const play = button("▶", "Play the stages")
  const all = button("all", "Show all of the step")
  const track = html("div", {
    class: "track",
    role: "slider",
    tabindex: 0,
    "aria-label": "Stage of the step",
    "aria-valuemin": 0,
  })
  // What screen readers have as the value of the slider.
  const name = html("span", { class: "stage-name", "aria-hidden": "true" })
  const root = html("div", { class: "stage-bar", role: "group", "aria-label": "Stages of the step" })
  root.append(track, html("span", { class: "stage-buttons" }, back, forward, play, all), name)
  const bar = {
    root,
    track,
    name,
    back,
    forward,
    play,
    all,
    /** @type {StageText[]} */
    stages: [],
    /** @type {HTMLElement[]} */
    chips: [],
    /** The chips that stand there. */
    built: "",
    stage: WHOLE_STEP,
    /** @type {number | undefined} */
    playing: undefined,
  }
  back.onclick = () => stepTo(bar, -1, on)
  forward.onclick = () => stepTo(bar, 1, on)
  play.onclick = () => bar.playing === undefined ? startPlaying(bar, on) : stopPlaying(bar, on)
  all.onclick = () => {
    stopPlaying(bar, on)
    on.show(WHOLE_STEP)
    on.keep()
  }
  track.onkeydown = (event) => moveByKeys(bar, event, on)
  followDrag(bar, on)
  return bar
}

/**
 * @param {string} text
 * @param {string} name
 */
function button(text, name) {
  return html("button", { type: "button", "aria-label": name, title: name }, text)
}

/**
 * The stages of a part of the step, below its name.
 * @param {PartOfStep} part
 */
function buildPart({ name, stages }) {
  const chips = stages.map(({ symbol, title }, k) => {
    // Where not all letters have room, these have.
    const isLandmark = k === 0 || k === stages.length - 1 || symbol === "ŷ"
    const letter = html("span", { class: "letter" }, htmlLabel(symbol))
    return html("span", { class: isLandmark ? "chip landmark" : "chip", title }, letter)
  })
  const root = html(
    "span",
    { class: "part" },
    html("span", { class: "part-name" }, name),
    html("span", { class: "chips" }, ...chips),
  )
  root.style.setProperty("--count", String(stages.length))
  return { root, chips }
}

/**
 * @param {StageBar} bar
 * @param {StageText[]} stages
 * @param {string} stage
 */
export function paintStageBar(bar, stages, stage) {
  bar.stages = stages
  bar.stage = stage
  const built = stages.map(({ id, symbol }) => `${id} ${symbol}`).join()
  if (bar.built !== built) {
    bar.built = built
    const parts = partsOfStep(stages).map(buildPart)
    bar.chips = parts.flatMap(({ chips }) => chips)
    bar.track.replaceChildren(...parts.map(({ root }) => root))
    set(bar.track, "aria-valuemax", stages.length)
    bar.root.style.setProperty("--stages", String(stages.length))
    bar.root.style.setProperty("--letters", String(stages.map(({ symbol }) => symbol).join("").length))
  }
  const place = placeOfStage(stages, stage)
  const { title } = stages[place] ?? { title: "the whole step" }
  setText(bar.name, title)
  bar.chips.forEach((chip, k) => {
    chip.classList.toggle("current", k === place)
    chip.classList.toggle("pending", place >= 0 && k > place)
  })
  set(bar.track, "aria-valuenow", place + 1)
  set(
    bar.track,
    "aria-valuetext",
    place < 0 ? "the whole step" : `${place + 1} of ${stages.length}: ${title}`,
  )
  // A button that is disabled would lose the focus.
  set(bar.back, "aria-disabled", String(place === 0))
  set(bar.forward, "aria-disabled", String(place === stages.length - 1))
  set(bar.all, "aria-pressed", String(place < 0))
  const isPlaying = bar.playing !== undefined
  setText(bar.play, isPlaying ? "❚❚" : "▶")
  set(bar.play, "aria-label", isPlaying ? "Pause" : "Play the stages")
  set(bar.root, "data-stage", stage)
}

/**
 * Goes some stages on; from the whole step back is its last stage, and on its first.
 * @param {StageBar} bar
 * @param {number} by
 * @param {StageEvents} on
 */
export function stepTo(bar, by, on) {
  stopPlaying(bar, on)
  const place = placeOfStage(bar.stages, bar.stage)
  const next = place < 0 && by < 0 ? bar.stages.length - 1 : place + by
  goTo(bar, next, on)
  on.keep()
}

/**
 * @param {StageBar} bar
 * @param {number} place
 * @param {StageEvents} on
 */
function goTo(bar, place, on) {
  const stage = bar.stages[Math.min(Math.max(place, 0), bar.stages.length - 1)]
  if (stage) on.show(stage.id)
}

/**
 * Plays from the stage shown, or from the start where there is none or it is the last.
 * @param {StageBar} bar
 * @param {StageEvents} on
 */
function startPlaying(bar, on) {
  const next = () => {
    const place = placeOfStage(bar.stages, bar.stage)
    if (place === bar.stages.length - 1) return stopPlaying(bar, on)
    bar.playing = setTimeout(next, PLAY_MS)
    goTo(bar, place + 1, on)
  }
  if (placeOfStage(bar.stages, bar.stage) === bar.stages.length - 1) bar.stage = WHOLE_STEP
  next()
}

/**
 * @param {StageBar} bar
 * @param {StageEvents} on
 */
function stopPlaying(bar, on) {
  if (bar.playing === undefined) return
  pauseStages(bar)
  on.show(bar.stage)
  on.keep()
}

/**
 * Plays no longer, where another network has come or the page is left.
 * @param {StageBar} bar
 */
export function pauseStages(bar) {
  clearTimeout(bar.playing)
  bar.playing = undefined
}

/**
 * @param {StageBar} bar
 * @param {KeyboardEvent} event
 * @param {StageEvents} on
 */
function moveByKeys(bar, event, on) {
  const last = bar.stages.length - 1
  const place = placeOfStage(bar.stages, bar.stage)
  /** @type {Record<string, number | undefined>} */
  const places = {
    ArrowRight: place + 1,
    ArrowUp: place + 1,
    ArrowLeft: place - 1,
    ArrowDown: place - 1,
    PageUp: Math.min(place + PAGE_STAGES, last),
    PageDown: Math.max(place - PAGE_STAGES, 0),
    Home: 0,
    End: last,
  }
  // With a modifier they are the browser's: Back, for one.
  if (event.altKey || event.ctrlKey || event.metaKey) return
  const next = places[event.key]
  if (event.key === "Escape" && place >= 0) bar.all.click()
  else if (next === undefined) return
  else {
    stopPlaying(bar, on)
    goTo(bar, place < 0 && next < 0 ? last : next, on)
    on.keep()
  }
  event.preventDefault()
}

/**
 * Dragged like a timeline: the stage below the pointer. A finger drags sideways or taps; where it scrolls the page, the
 * stage stays.
 * @param {StageBar} bar
 * @param {StageEvents} on
 */
function followDrag(bar, on) {
  const { track } = bar
  /** @type {{ boxes: DOMRect[], x: number, y: number, from: string, moved: boolean } | null} */
  let drag = null
  const show = (/** @type {number} */ x) => {
    const place = drag?.boxes.findLastIndex(({ left }) => x >= left) ?? 0
    if (bar.stages[Math.max(place, 0)]?.id !== bar.stage) goTo(bar, place, on)
  }
  track.addEventListener("pointerdown", ({ button, pointerId, pointerType, clientX, clientY }) => {
    if (button !== 0) return
    stopPlaying(bar, on)
    track.setPointerCapture(pointerId)
    const boxes = bar.chips.map((chip) => chip.getBoundingClientRect())
    drag = { boxes, x: clientX, y: clientY, from: bar.stage, moved: pointerType !== "touch" }
    if (drag.moved) show(clientX)
  })
  track.addEventListener("pointermove", ({ clientX, clientY }) => {
    if (!drag) return
    const across = Math.abs(clientX - drag.x)
    drag.moved ||= across > SLOP && across > Math.abs(clientY - drag.y)
    if (drag.moved) show(clientX)
  })
  track.addEventListener("pointerup", ({ clientX }) => {
    if (!drag) return
    show(clientX)
    drag = null
    on.keep()
  })
  track.addEventListener("pointercancel", () => {
    if (drag?.moved) on.show(drag.from)
    drag = null
  })
}
