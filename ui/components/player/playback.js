// Where the film stands: a playhead counted in key frames, which time moves on while it plays.

import { placeOf, stepAt } from "./reel.js"

// How long a film takes at its usual speed.
export const FILM_SECONDS = 6
// How long each picture stands where the reader wants no motion.
const CALM_MS = 500
// A page that has not been drawn for longer, as in a hidden tab, does not catch up.
const LONGEST_MS = 1000
// As fast as it goes: what is there is played in about so many seconds.
const CATCH_UP_SECONDS = 0.8

/**
 * `steps` are those of the key frames, of which `last` is the last that may be shown, and `rate` the steps a second,
 * be they as many as there are. An `endless` film does not end with its last key frame: more will follow. `before` is
 * the time at which the playhead was last moved on, null before the first.
 * @typedef {{
 *   playhead: number, steps: ArrayLike<number>, last: number, playing: boolean, scrubbing: boolean, rate: number,
 *   endless: boolean, before: number | null,
 * }} Playback
 */

/** @returns {Playback} */
export function makePlayback() {
  return {
    playhead: 0,
    steps: [0],
    last: 0,
    playing: false,
    scrubbing: false,
    rate: 1,
    endless: false,
    before: null,
  }
}

/**
 * The key frame nearest to the playhead.
 * @param {Playback} playback
 */
export function keyFrame({ playhead }) {
  return Math.round(playhead)
}

/**
 * Puts the playhead on a key frame, within the film.
 * @param {Playback} playback
 * @param {number} playhead
 */
export function seek(playback, playhead) {
  playback.playhead = Math.min(Math.max(Math.round(playhead), 0), playback.last)
}

/**
 * Plays from where the playhead stands; a film with an end plays from its start where it stands there.
 * @param {Playback} playback
 */
export function play(playback) {
  if (!playback.endless && playback.playhead >= playback.last) playback.playhead = 0
  playback.playing = true
  playback.before = null
}

/**
 * Stops on a key frame.
 * @param {Playback} playback
 */
export function pause(playback) {
  playback.playing = false
  playback.playhead = keyFrame(playback)
}

/**
 * Moves the playhead on by the time that has passed since the frame before. With its last key frame a film ends; an
 * endless one waits there.
 * @param {Playback} playback
 * @param {number} now in milliseconds
 * @param {boolean} calm without motion: the film is a row of pictures, and goes from key frame to key frame
 */
export function advance(playback, now, calm) {
  const { steps, last, rate, endless, before } = playback
  const rested = before === null ? 0 : now - before
  if (!calm || rested >= CALM_MS) {
    const at = stepAt({ steps }, playback.playhead)
    const seconds = (endless ? Math.min(rested, LONGEST_MS) : rested) / 1000
    const there = Number.isFinite(rate) ? rate : Math.max(steps[last] - at, 1) / CATCH_UP_SECONDS
    const place = placeOf({ steps }, at + seconds * there)
    playback.playhead = calm ? Math.max(Math.round(place), Math.floor(playback.playhead) + 1) : place
  }
  if (!calm || before === null || rested >= CALM_MS) playback.before = now
  if (playback.playhead < last) return
  playback.playhead = last
  playback.playing = endless
}
