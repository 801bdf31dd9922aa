// A newcomer's first steps: drag a slider, watch its edge, take the step. Numbers mark the three places.

import { html, set } from "../base/dom.js"

/** @import { Picture } from "./drawing.js" */
/** @import { Row } from "../base/slider_row.js" */

/** @typedef {ReturnType<typeof buildGuide>} Guide */

/**
 * What has been done since the guide began.
 * @typedef {{ isMoving: boolean, isChanged: boolean, isTaken: boolean }} Done
 */

const FIRST_STEPS = ["Drag this slider", "Watch this edge", "Take the step"]
const GUIDE_END = "Select any edge or unit to see why its number is what it is."
// On the page's root element, as what takes the step stands in another component.
const GUIDE_MARK = "guide"
const GUIDE_SEEN = "backprop-explorer-guide"

/**
 * Which of the steps comes next; as many as there are once all are done.
 * @param {number} at
 * @param {Done} done
 */
export function nextInGuide(at, { isMoving, isChanged, isTaken }) {
  if (isTaken || at === FIRST_STEPS.length) return FIRST_STEPS.length
  if (isMoving) return 1
  return isChanged || at === 1 ? 2 : at
}

/**
 * @param {string} control the one to drag, whose edge is to be watched
 */
export function buildGuide(control) {
  const steps = FIRST_STEPS.map((text, k) => html("li", {}, guideBadge(k), html("span", {}, text)))
  const list = html("ol", {}, ...steps)
  const finished = html("p", { hidden: "" }, GUIDE_END)
  const close = html("button", { type: "button", "aria-label": "Dismiss the guide", title: "Dismiss" }, "×")
  const root = html(
    "div",
    { class: "guide" },
    html("div", { role: "group", "aria-label": "First steps" }, list, finished, close),
  )
  const guide = {
    root,
    control,
    steps,
    list,
    finished,
    sliderMark: guideBadge(0),
    edgeMark: guideBadge(1),
    at: 0,
    isOpen: true,
    /** @type {number | null} what the control was at first */
    first: null,
    /** @type {string | null} what was selected when all was done */
    selected: null,
  }
  close.addEventListener("click", () => {
    const next = root.parentElement?.querySelector("button:not(.guide button)")
    closeGuide(guide)
    // What is removed would take the focus with it.
    if (next instanceof HTMLElement) next.focus({ preventScroll: true })
  })
  return guide
}

/** @param {number} k */
function guideBadge(k) {
  return html("span", { class: "badge", "aria-hidden": "true" }, `${k + 1}`)
}

/** Whether the reader has been through the guide, or has dismissed it, in this browser. */
export function hasSeenGuide() {
  try {
    return localStorage.getItem(GUIDE_SEEN) !== null
  } catch {
    // A browser may keep nothing: then the guide is there on each visit.
    return false
  }
}

function keepSeen() {
  try {
    localStorage.setItem(GUIDE_SEEN, "1")
  } catch {
    // As above.
  }
}

/**
 * Shows how far the guide is, and its marks at a row and an edge of the drawing.
 * @param {Guide} guide
 * @param {Picture} picture
 * @param {Row | undefined} row
 * @param {{ moving: string | null, value: number, isTaken: boolean, selected: string }} state
 */
export function paintGuide(guide, picture, row, { moving, value, isTaken, selected }) {
  if (!guide.isOpen) return
  guide.first ??= value
  const before = guide.at
  guide.at = nextInGuide(before, {
    isMoving: moving === guide.control,
    isChanged: value !== guide.first,
    isTaken,
  })
  const isDone = guide.at === FIRST_STEPS.length
  if (isDone && before !== guide.at) {
    keepSeen()
    guide.selected = selected
  }
  if (isDone && selected !== guide.selected) return closeGuide(guide)
  document.documentElement.dataset[GUIDE_MARK] = `${guide.at + 1}`
  guide.list.hidden = isDone
  guide.finished.hidden = !isDone
  guide.steps.forEach((step, k) => {
    step.classList.toggle("done", k < guide.at)
    set(step, "aria-current", k === guide.at ? "step" : "false")
  })
  placeMarks(guide, picture, row)
}

/**
 * @param {Guide} guide
 * @param {Picture} picture
 * @param {Row | undefined} row
 */
function placeMarks({ sliderMark, edgeMark, control, at }, picture, row) {
  const edge = picture.byId.get(control)
  const place = edge && "labelAt" in edge ? edge.labelAt : null
  mark(sliderMark, at < FIRST_STEPS.length ? row?.root : undefined, at === 0)
  mark(edgeMark, at < FIRST_STEPS.length && place ? picture.box : undefined, at === 1)
  if (!place) return
  const { width, height, labelWidth } = picture.layout
  set(
    edgeMark,
    "style",
    `left: ${(100 * (place.x - labelWidth / 2)) / width}%; top: ${(100 * place.y) / height}%`,
  )
}

/**
 * @param {HTMLElement} node
 * @param {Element | undefined} parent none where it is not shown
 * @param {boolean} isCurrent
 */
function mark(node, parent, isCurrent) {
  node.classList.toggle("current", isCurrent)
  if (!parent) node.remove()
  else if (node.parentElement !== parent) parent.append(node)
}

/**
 * Ends the guide for good.
 * @param {Guide} guide
 */
export function closeGuide(guide) {
  if (!guide.isOpen) return
  keepSeen()
  hideGuide(guide)
}

/** @param {Guide} guide */
export function hideGuide(guide) {
  guide.isOpen = false
  delete document.documentElement.dataset[GUIDE_MARK]
  // Where it has room of its own, that stays, so that nothing moves.
  guide.root.replaceChildren()
  guide.sliderMark.remove()
  guide.edgeMark.remove()
}
