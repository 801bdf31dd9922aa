// The state of the component: what Python has sent, what the reader does, and what of it has not been sent yet.

import { dropFilms, makeFilms } from "./films.js"
import { readFormulas } from "./formulas.js"

/** @import { Palette } from "../base/color.js" */
/** @import { Films } from "./films.js" */
/** @import { Pointed } from "./light.js" */
/** @import { NetworkFormulas } from "./formulas.js" */
/** @import { Control, NetworkModel, View } from "./model.d.ts" */

/** @typedef {Pick<Control, "low" | "high" | "step" | "scale">} Range of a slider, which widens to what is typed */
/** @typedef {{ id: string, value: number, committed: boolean }} Moving a control on its way to a value */
/** @typedef {{ step: number, committed: boolean }} Seeking the timeline on its way to a step */

/**
 * A guess: the stage at which one was typed, "" where what was typed is no number, and what is to be read about it as
 * long as the number to predict is `value`.
 * @typedef {{ stage: string, value: number, verdict: string }} Guess
 */

/** @type {Guess} */
export const NO_GUESS = { stage: "", value: NaN, verdict: "" }

/**
 * `attended` is a control that was used last and is no item of the drawing, `hover` the item below the pointer,
 * `pointed` what is pointed at in its derivation,
 * `arranged` the item whose controls stand first, `sentSelection`, `sentStage` and `sentNudge` the selection, the stage
 * and the h that Python has; `isTextHeld` whether the explanation keeps its height, as it was a slider that selected;
 * `largest` is the quantity with the strongest color. `drawn` stands for all that the drawing and its controls are
 * built of.
 * @typedef {{
 *   data: NetworkModel, network: NetworkFormulas, view: View, palette: Palette, films: Films,
 *   values: Map<string, number>, ranges: Map<string, Range>,
 *   attended: string | null, hover: string | null, pointed: Pointed | null, arranged: string,
 *   sentSelection: string, sentStage: string, sentNudge: number,
 *   isTextHeld: boolean,
 *   guess: Guess, moving: Moving | null, seeking: Seeking | null, largest: number, drawn: string,
 * }} LiveState
 */

/**
 * @param {NetworkModel} data
 * @param {Palette} palette
 * @returns {LiveState}
 */
export function makeState(data, palette) {
  return {
    data,
    network: readFormulas(data),
    view: data.view,
    palette,
    films: makeFilms(),
    values: new Map(),
    ranges: new Map(),
    attended: null,
    hover: null,
    pointed: null,
    arranged: data.view.selected,
    sentSelection: data.view.selected,
    sentStage: data.view.stage,
    guess: NO_GUESS,
    sentNudge: data.view.nudge,
    isTextHeld: false,
    moving: null,
    seeking: null,
    largest: 0,
    drawn: "",
  }
}

/**
 * Takes what Python has sent, but for numbers and films. A selection, a stage and an h that have been chosen and not been sent yet stay.
 * Another network has other limits and other films.
 * @param {LiveState} state
 * @param {NetworkModel} data
 * @returns {boolean} whether that is another network
 */
export function takeData(state, data) {
  const drawn = JSON.stringify([
    data.drawing,
    data.view.answers,
    data.controls.map(({ id, group, shown }) => [id, group, shown]),
  ])
  const isOther = drawn !== state.drawn
  const isPressed = !isOther && state.view.selected !== state.sentSelection
  if (data.view.selected !== state.sentSelection && !isPressed) state.attended = null
  const isStageChosen = !isOther && state.view.stage !== state.sentStage
  state.view = {
    ...data.view,
    selected: isPressed ? state.view.selected : data.view.selected,
    stage: isStageChosen ? state.view.stage : data.view.stage,
    nudge: state.view.nudge !== state.sentNudge ? state.view.nudge : data.view.nudge,
  }
  state.data = data
  state.sentSelection = data.view.selected
  state.sentStage = data.view.stage
  state.sentNudge = data.view.nudge
  state.drawn = drawn
  const isWrittenOtherwise = JSON.stringify(data.convention) !== JSON.stringify(state.network.convention)
  if (isOther || isWrittenOtherwise) state.network = readFormulas(data)
  if (isOther) {
    state.ranges.clear()
    dropFilms(state.films)
    state.attended = null
    state.pointed = null
    state.moving = null
    state.seeking = null
    state.arranged = data.view.selected
  }
  return isOther
}

/**
 * Takes the numbers. What has been let go is there now, and a range that was widened stays as wide.
 * @param {LiveState} state
 * @param {Pick<Control, "id" | "low" | "high" | "step" | "scale" | "value">[]} controls
 */
export function takeValues(state, controls) {
  if (state.moving?.committed) state.moving = null
  if (state.seeking?.committed) state.seeking = null
  for (const { id, low, high, step, scale, value } of controls) {
    if (state.moving?.id !== id) state.values.set(id, value)
    const known = state.ranges.get(id)
    // On a logarithmic one a number typed by mistake would leave hundreds of decades.
    if (scale === "log") {
      state.ranges.set(id, { low, high, scale, step })
      continue
    }
    const widest = { low: Math.min(low, known?.low ?? low), high: Math.max(high, known?.high ?? high) }
    const wider = (widest.high - widest.low) / (high - low)
    state.ranges.set(id, { ...widest, scale, step: step * wider })
  }
}

/**
 * The number of a control as it is shown; NaN where there is no such control.
 * @param {LiveState} state
 * @param {string} id
 */
export function valueOf(state, id) {
  return (state.moving?.id === id ? state.moving.value : state.values.get(id)) ?? NaN
}
