// All that a frame shows: its numbers, what is explained, and how it is drawn.

import { roundUp } from "../base/color.js"
import { nearest } from "../base/film.js"
import { FILM_DIGITS, filmPrecision, isNumber } from "../base/format.js"
import { filmAt } from "./films.js"
import { numbersOf } from "./formulas.js"
import { isWithheld } from "./predict.js"
import { readLight } from "./light.js"
import { gradientSymbol, readNudge, subjectOfNudge } from "./nudge.js"
import { readStage } from "./stages.js"
import { valueOf } from "./state.js"
import { readStep } from "./step.js"
import { plottedControl, subjectOf } from "./subject.js"

/** @import { Film } from "../base/film.js" */
/** @import { Precision } from "../base/format.js" */
/** @import { Picture } from "./drawing.js" */
/** @import { NetworkFormulas } from "./formulas.js" */
/** @import { Control } from "./model.d.ts" */
/** @import { Nudge } from "./nudge.js" */
/** @import { Stage } from "./stages.js" */
/** @import { LiveState } from "./state.js" */
/** @import { Link, StepNumbers } from "./step.js" */

/**
 * A film whose curve is shown, its control, and the position where that stands.
 * @typedef {{ film: Film, control: Control, index: number }} Plotted
 */

/**
 * What the texts about one item or control are made of.
 * @typedef {StepNumbers & {
 *   network: NetworkFormulas, precision: Precision, control?: Control, plotted?: Plotted | null, stage?: Stage,
 * }} Explained
 */

/** @typedef {ReturnType<typeof readScene>} Scene */

/**
 * The scene of the numbers as they stand, or of the film's frame where one plays.
 * @param {LiveState} state
 * @param {Picture} picture
 * @param {string} explained the item or control that the panel explains
 * @param {Film | null} along the film whose curve is shown
 */
export function readScene(state, picture, explained, along) {
  const { data, network, view, moving, films } = state
  const film = filmAt(films, moving)
  const frame = film && moving ? film.frame(nearest(film.positions, moving.value)) : data.frame
  const control = (/** @type {string} */ id) => data.controls.find((candidate) => candidate.id === id)
  const value = (/** @type {string} */ id) => valueOf(state, id)
  const step = readStep(data, view, frame, value)
  const stage = readStage(data.stages, view.stage, step, isWithheld(view, state.guess.stage, data.stages))
  const plotted = along && readPlotted(along, control(along.control), value(along.control))
  const isOfFilm = Boolean(film || data.from_film)
  const shown = stage?.carried?.of ?? step.quantity
  const light = readLight(state.pointed, explained, network, step)
  const colored = stage ? picture.links.filter(stage.isLit) : picture.links
  return {
    ...step,
    view,
    network,
    stage,
    guess: state.guess,
    isPredicting: view.predict,
    /** Whether losses are withheld, as one of them is still to be predicted. */
    hidesLosses: view.predict && stage !== null && !stage.isComputed("loss_after", 0),
    light,
    /** The number that each edge is drawn with. */
    shown,
    focus: picture.byId.has(explained) ? explained : view.selected,
    explained,
    control: control(explained),
    plotted,
    /** What the number that is selected does when it is nudged, while that is looked at. */
    nudge: view.tab === "nudge" && view.answers && !stage ? nudgeOf(state, step, plotted, isOfFilm) : null,
    largest: colorScale(state, colored, shown),
    palette: state.palette,
    precision: isOfFilm ? filmPrecision(view.precision) : view.precision,
    name: (/** @type {string} */ id) => control(id)?.name ?? id,
    highlighted: (/** @type {string} */ id) =>
      id === (stage ? state.hover : view.selected) || id === moving?.id || id === light?.item,
  }
}

/**
 * @param {Film} film
 * @param {Control | undefined} control
 * @param {number} value
 * @returns {Plotted | null}
 */
function readPlotted(film, control, value) {
  return control ? { film, control, index: nearest(film.positions, value) } : null
}

/**
 * The nudge of what is selected, wherever the pointer is. The gradient is the slope of the curve where that is here, as
 * the frames of films have fewer digits.
 * @param {LiveState} state
 * @param {StepNumbers} step
 * @param {Plotted | null} plotted
 * @param {boolean} isOfFilm whether the frame has come from a film
 * @returns {Nudge | null}
 */
function nudgeOf(state, step, plotted, isOfFilm) {
  const { network, view } = state
  const id = subjectOf(state)
  const subject = subjectOfNudge(id, network)
  if (!subject) return null
  const isAlong = plotted !== null && plotted.control.id === plottedControl(state, id)
  const gradient = isAlong
    ? plotted.film.slope[plotted.index]
    : numbersOf(network, step)(gradientSymbol(subject.symbol))
  return readNudge(network, step, id, {
    h: view.nudge,
    all: state.data.choices.nudges,
    gradient,
    known: isAlong || !isOfFilm ? undefined : FILM_DIGITS,
    precision: isOfFilm ? filmPrecision(view.precision) : view.precision,
  })
}

/**
 * While a control moves the scale only grows: colors would flicker.
 * @param {LiveState} state
 * @param {Link[]} links
 * @param {(link: Link) => number} shown
 */
function colorScale(state, links, shown) {
  const sizes = links.map((link) => Math.abs(shown(link))).filter(isNumber)
  const largest = roundUp(Math.max(...sizes, 0))
  state.largest = state.moving ? Math.max(largest, state.largest) : largest
  return state.largest
}
