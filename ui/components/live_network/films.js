// The films that are here: the one to play, and the one whose curve is plotted; and which one is on its way.
//
// A film comes in two parts. In the first one frames may be few: it is coarse until the rest has come.

import { unpack } from "../base/arrays.js"
import { makeFilm, nearest, neighbors } from "../base/film.js"
import { readLossAlong } from "./loss_ahead.js"

/** @import { Film } from "../base/film.js" */
/** @import { LossAlong } from "./loss_ahead.js" */
/** @import { FilmPart, NetworkFilm } from "./model.d.ts" */

/**
 * A film, and all that it was made of; `isWhole` is whether there is a frame at all positions of its slider, `isComplete`
 * whether nothing more of it is to come.
 * @typedef {Film & {
 *   of: string, numbers: string, future: LossAlong | null, isWhole: boolean, isComplete: boolean,
 * }} TrueFilm
 */

/**
 * All that films depend on: `numbers` stands for all of them, `film` names the one that is true of them.
 * @typedef {{
 *   drawing: object, biases_fixed: boolean, controls: { id: string, value: number }[], layout: { length: number },
 *   numbers: string, film: { control: string, key: string } | null,
 * }} Numbers
 */

/** @typedef {{ id: string, value: number }} Place a control, and where it stands */

/** @typedef {ReturnType<typeof makeFilms>} Films */

// Where a position is so near, in parts of the distance of its neighbors, the slider stands at it.
const AT_POSITION = 1e-3

export function makeFilms() {
  return {
    /** @type {TrueFilm | null} */
    playing: null,
    /** @type {TrueFilm | null} */
    plotted: null,
    /** @type {string | null} the control whose film is on its way */
    requested: null,
    /** @type {string | null} what the film that was requested last depends on */
    missed: null,
    /** @type {string | null} the numbers that are shown */
    numbers: null,
    /** @type {FilmPart[]} what has come of a film that is of other numbers than the present ones */
    early: [],
  }
}

/**
 * Of another network no film is true.
 * @param {Films} films
 */
export function dropFilms(films) {
  films.playing = null
  films.plotted = null
}

/**
 * Goes on with other numbers: drops the films that are true no more, and takes what has come early.
 * @param {Films} films
 * @param {Numbers} data
 * @param {Map<string, number>} values
 */
export function takeNumbers(films, data, values) {
  if (films.numbers !== data.numbers) films.requested = null
  films.numbers = data.numbers
  const { playing, plotted, early } = films
  if (playing && isTrueOf(playing, data)) playing.numbers = data.numbers
  else films.playing = null
  if (plotted && !isTrueStill(plotted, data, values)) films.plotted = null
  films.early = []
  for (const part of early) takePart(films, data, part)
}

/**
 * Takes a part of a film as it has been brought.
 * @param {Films} films
 * @param {Numbers} data
 * @param {unknown} brought bytes; a saved page has its films at hand
 */
export function takeBrought(films, data, brought) {
  const part = brought instanceof Uint8Array ? unpack(brought) : brought
  takePart(films, data, /** @type {FilmPart} */ (part))
}

/**
 * @param {Films} films
 * @param {Numbers} data
 * @param {FilmPart} part
 */
function takePart(films, data, part) {
  const { playing, requested } = films
  if (!isTrueOf(part, data)) {
    films.early = [...films.early.filter(({ key }) => key === part.key), part]
    return
  }
  const isPlaying = playing?.key === part.key
  if ("frames" in part) {
    // Another one has been requested since.
    if (requested && requested !== part.control) return
    // What came first may be taken up last.
    if (isPlaying && (playing.isComplete || (playing.isWhole && !part.is_whole))) return
    films.playing = readFilm(part, data)
  } else if (isPlaying && !playing.future) {
    films.playing = { ...playing, future: part.future && readLossAlong(part.future), isComplete: true }
  }
  if (films.playing?.control === requested) films.requested = null
}

/**
 * @param {NetworkFilm} sent
 * @param {Numbers} data
 * @returns {TrueFilm}
 */
function readFilm(sent, data) {
  const future = sent.future && readLossAlong(sent.future)
  return {
    ...makeFilm(sent, data.layout.length),
    of: circumstances(data, sent.control),
    numbers: data.numbers,
    future,
    isWhole: sent.is_whole,
    isComplete: sent.is_whole && future !== null,
  }
}

/**
 * @param {{ key: string, numbers: string }} film
 * @param {Numbers} data
 */
function isTrueOf(film, data) {
  return film.numbers === data.numbers || (data.film !== null && hasAllOf(film.key, data.film.key))
}

/**
 * Whether one film has all that another one has. A position more does no harm; its key has it behind an at sign.
 * @param {string} key
 * @param {string} other
 */
function hasAllOf(key, other) {
  return key === other || (!other.includes("@") && key.split("@")[0] === other)
}

/**
 * The film that has a frame for where a control stands on its way.
 * @param {Films} films
 * @param {Place | null} moving
 */
export function filmAt({ playing }, moving) {
  if (!moving || playing?.control !== moving.id) return null
  return playing.isWhole || isPosition(playing.positions, moving.value) ? playing : null
}

/**
 * Where a control goes on its way to a value: to a position of its film. Between those of a coarse film only what is
 * dragged does: a key leads to the next position of the slider, whether there is a frame or not.
 * @param {Films} films
 * @param {Place} place
 * @param {boolean} dragged
 */
export function positionFor({ playing }, { id, value }, dragged) {
  if (playing?.control !== id) return value
  const { positions, isWhole } = playing
  return isWhole || dragged || isPosition(positions, value) ? positions[nearest(positions, value)] : value
}

/**
 * @param {number[]} positions
 * @param {number} value
 */
function isPosition(positions, value) {
  const [low, high] = neighbors(positions, value).map((index) => positions[index])
  return Math.min(Math.abs(value - low), Math.abs(high - value)) <= AT_POSITION * (high - low)
}

/**
 * The key of the film that is here with all that belongs to it.
 * @param {Films} films
 */
export function heldFilm({ playing }) {
  return playing?.isComplete ? playing.key : null
}

/**
 * @param {TrueFilm} film
 * @param {Numbers} data
 * @param {Map<string, number>} values
 */
function isTrueStill(film, data, values) {
  const value = values.get(film.control)
  return value !== undefined && film.of === circumstances(data, film.control) &&
    film.positions[nearest(film.positions, value)] === value
}

/**
 * The film along a control, if it is here: the one to be played, or the one that is plotted already. While another
 * control moves neither is true.
 * @param {Films} films
 * @param {string} control
 * @param {{ id: string } | null} moving
 */
export function filmAlong(films, control, moving) {
  if (films.playing?.control === control && films.playing.isWhole) films.plotted = films.playing
  const isTrue = !moving || moving.id === control
  return isTrue && films.plotted?.control === control ? films.plotted : null
}

/**
 * Whether it is worth a request to have the film along a control: one that has been requested in vain, of the same
 * numbers, cannot be had.
 * @param {Films} films
 * @param {string} control
 * @param {Numbers} data
 * @param {Map<string, number>} values
 */
export function canRequest(films, control, data, values) {
  const circumstance = circumstances(data, control) + values.get(control)
  if (films.missed === circumstance) return false
  films.missed = circumstance
  return true
}

/**
 * All that a control's film depends on: a film that was made of the same is still true.
 * @param {Numbers} data
 * @param {string} control
 */
function circumstances({ drawing, biases_fixed, controls }, control) {
  const others = controls.filter(({ id }) => id !== control).map(({ value }) => value)
  return JSON.stringify([control, drawing, biases_fixed, others])
}
