// The films that are here: the one to play, and the one whose curve is plotted; and which one is on its way.

import { makeFilm, nearest } from "../base/film.js"
import { readLossAlong } from "./loss_ahead.js"

/** @import { Film } from "../base/film.js" */
/** @import { LossAlong } from "./loss_ahead.js" */
/** @import { SentOrHeldFilm } from "./model.d.ts" */

/** @typedef {Film & { of: string, future: LossAlong | null }} TrueFilm a film, and all that it was made of */

/**
 * All that films depend on.
 * @typedef {{ drawing: object, biases_fixed: boolean, controls: { id: string, value: number }[] }} Numbers
 */

/** @typedef {ReturnType<typeof makeFilms>} Films */

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
 * Keeps the film that Python has sent, if it has sent one, and drops what is true no more.
 * @param {Films} films
 * @param {Numbers & { film: SentOrHeldFilm | null, layout: { length: number } }} data
 * @param {Map<string, number>} values
 */
export function takeFilm(films, data, values) {
  films.requested = null
  if (data.film && "frames" in data.film) {
    const film = makeFilm(data.film, data.layout.length)
    const future = data.film.future && readLossAlong(data.film.future)
    films.playing = { ...film, of: circumstances(data, film.control), future }
  } else if (films.playing?.key !== data.film?.key) films.playing = null
  if (films.plotted && !isTrueStill(films.plotted, data, values)) films.plotted = null
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
  if (films.playing?.control === control) films.plotted = films.playing
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
