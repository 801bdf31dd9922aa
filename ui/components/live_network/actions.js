// What the reader does: how it changes the state, and what of it is sent.

import { exact } from "../base/format.js"
import { canRequest, filmAlong, heldFilm, positionFor } from "./films.js"
import { plottedControl, subjectOf } from "./subject.js"

/** @import { Outbox } from "../base/protocol.d.ts" */
/** @import { Change, NetworkPosted, Sought, WithChanges } from "./model.d.ts" */
/** @import { Pointed } from "./light.js" */
/** @import { LiveState } from "./state.js" */

/** @typedef {Outbox<Change | Sought, NetworkPosted, WithChanges>} NetworkOutbox */

/**
 * What follows in the drawing: `isItem` is whether it has an item of that id, `back` puts a control back to its number.
 * @typedef {{
 *   isItem: (id: string) => boolean, paint: () => void, moved: () => void, back: (id: string) => void,
 * }} DrawingOf
 */

/**
 * @param {LiveState} state
 * @param {NetworkOutbox} outbox
 * @param {DrawingOf} drawing
 */
export function makeActions(state, outbox, { isItem, paint, moved, back }) {
  const { films } = state

  /**
   * The film of a control is requested when the pointer or the focus enters it. What is pressed is also selected;
   * that is sent when the control is let go, as the film comes first. An input, a target and the learning rate
   * cannot be selected: they are explained until something is.
   * @param {string} id
   * @param {boolean} pressed
   */
  function grab(id, pressed) {
    if (pressed) state.isTextHeld = true
    if (pressed && state.attended !== id) {
      if (isItem(id)) state.view.selected = id
      state.attended = isItem(id) ? null : id
      paint()
    }
    const range = state.ranges.get(id)
    if (films.playing?.control === id || films.requested === id || !state.view.answers || !range) return
    films.requested = id
    const { low, high } = range
    outbox.request("grabbed", { id, low, high, held: heldFilm(films) })
  }

  /**
   * @param {string} id
   * @param {number} value
   * @param {boolean} dragged by a pointer, not by a key
   */
  function move(id, value, dragged) {
    state.moving = { id, value: positionFor(films, { id, value }, dragged), committed: false }
    moved()
    paint()
  }

  /** @param {string} id */
  function release(id) {
    const { moving } = state
    if (moving?.id !== id) return
    moving.committed = true
    type(id, exact(moving.value))
  }

  /**
   * The page scrolls: what was dragged goes back to where it was.
   * @param {string} id
   */
  function cancel(id) {
    if (state.moving?.id !== id || state.moving.committed) return
    state.moving = null
    back(id)
    paint()
  }

  /**
   * @param {string} id
   * @param {string} text
   */
  function type(id, text) {
    if (films.playing?.control !== id) films.playing = null
    const { selected } = state.view
    outbox.add({ id, text }, { held: heldFilm(films), selected }, id)
    state.sentSelection = selected
  }

  // A control that was let go where it stood commits nothing, and is selected all the same.
  function leave() {
    if (state.view.selected === state.sentSelection) return
    state.sentSelection = state.view.selected
    outbox.post("selected", { id: state.sentSelection })
  }

  /** @param {string} id */
  function select(id) {
    state.view.selected = id
    state.attended = null
    state.arranged = id
    state.isTextHeld = false
    leave()
    const along = plottedControl(state, id)
    if (along) grab(along, false)
    paint()
  }

  /** @param {string | null} id */
  function hover(id) {
    state.hover = id
    paint()
  }

  /** @param {Pointed | null} pointed in the derivation of what is explained */
  function point(pointed) {
    state.pointed = pointed
    paint()
  }

  /** @param {Partial<NetworkPosted["view"]>} change */
  function changeView(change) {
    Object.assign(state.view, change)
    const { color, scale, labels, loss_scale, horizon, stage, predict, tab, nudge } = state.view
    outbox.post("view", { color, scale, labels, loss_scale, horizon, stage, predict, tab, nudge })
    paint()
  }

  /**
   * Nudges by another h, which is sent when its slider comes to rest.
   * @param {number} h
   */
  function nudgeBy(h) {
    state.view.nudge = h
    paint()
  }

  function keepNudge() {
    if (state.view.nudge === state.sentNudge) return
    state.sentNudge = state.view.nudge
    changeView({})
  }

  /**
   * Shows the loss at a step of the timeline, whether taken or not.
   * @param {number} step
   */
  function seek(step) {
    state.seeking = { step, committed: false }
    paint()
  }

  // Stands at the step that is shown; where it lies in the future, the steps up to it are taken.
  function arrive() {
    const { seeking, data, view } = state
    if (!seeking || seeking.committed) return
    if (seeking.step === data.training?.position) return leaveTimeline()
    seeking.committed = true
    outbox.add({ step: seeking.step }, { held: heldFilm(films), selected: view.selected })
    paint()
  }

  function leaveTimeline() {
    if (state.seeking && !state.seeking.committed) state.seeking = null
    paint()
  }

  // Python brings the film of the control that was used last by itself, which need not be the one that is explained.
  function requestPlot() {
    const along = plottedControl(state, subjectOf(state))
    if (!along || filmAlong(films, along, state.moving) || state.data.film?.control === along) return
    if (canRequest(films, along, state.data, state.values)) grab(along, false)
  }

  return {
    grab,
    move,
    release,
    cancel,
    type,
    leave,
    select,
    hover,
    point,
    changeView,
    nudgeBy,
    keepNudge,
    requestPlot,
    seek,
    arrive,
    leaveTimeline,
  }
}
