// The films that are here: the one to play, and the one whose curve is plotted; and which one is on its way.

import { makeFilm, nearest } from "../base/film.js"

export function makeFilms() {
  return { playing: null, plotted: null, requested: null, missed: null }
}

/** Of another network no film is true. */
export function dropFilms(films) {
  films.playing = null
  films.plotted = null
}

/** Keeps the film that Python has sent, if it has sent one, and drops what is true no more. */
export function takeFilm(films, data, values) {
  films.requested = null
  if (data.film?.frames) {
    films.playing = makeFilm(data.film, data.layout.length)
    films.playing.of = circumstances(data, films.playing.control)
  } else if (films.playing?.key !== data.film?.key) films.playing = null
  if (films.plotted && !isTrueStill(films.plotted, data, values)) films.plotted = null
}

function isTrueStill(film, data, values) {
  const value = values.get(film.control)
  return film.of === circumstances(data, film.control) &&
    film.positions[nearest(film.positions, value)] === value
}

/**
 * The film along a control, if it is here: the one to be played, or the one that is plotted already. While another
 * control moves neither is true.
 */
export function filmAlong(films, control, moving) {
  if (films.playing?.control === control) films.plotted = films.playing
  const isTrue = !moving || moving.id === control
  return isTrue && films.plotted?.control === control ? films.plotted : null
}

/**
 * Whether it is worth a request to have the film along a control: one that has been requested in vain, of the same
 * numbers, cannot be had.
 */
export function canRequest(films, control, data, values) {
  const wanted = circumstances(data, control) + values.get(control)
  if (films.missed === wanted) return false
  films.missed = wanted
  return true
}

/**
 * All that a control's film depends on: a film that was made of the same is still true.
 * @param {{ drawing: object, biases_fixed: boolean, controls: { id: string, value: number }[] }} data
 * @param {string} control
 * @returns {string}
 */
function circumstances({ drawing, biases_fixed, controls }, control) {
  const others = controls.filter(({ id }) => id !== control).map(({ value }) => value)
  return JSON.stringify([control, drawing, biases_fixed, others])
}
