// Where the film stands: a playhead counted in key frames, which time moves on while the film plays.

// How long a film takes at its usual speed.
const FILM_MS = 6000
// How long each picture stands where the reader wants no motion.
const CALM_MS = 500

/**
 * `last` is the last key frame; `before` the time at which the playhead was last moved on, null before the first.
 * @typedef {{
 *   playhead: number, last: number, playing: boolean, scrubbing: boolean, speed: number, before: number | null,
 * }} Playback
 */

/** @returns {Playback} */
export function makePlayback() {
  return { playhead: 0, last: 0, playing: false, scrubbing: false, speed: 1, before: null }
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
 * Plays from where the playhead stands, or from the start where it stands at the end.
 * @param {Playback} playback
 */
export function play(playback) {
  if (playback.playhead >= playback.last) playback.playhead = 0
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
 * Moves the playhead on by the time that has passed since the frame before; playing ends with the film.
 * @param {Playback} playback
 * @param {number} now in milliseconds
 * @param {boolean} calm without motion: the film is a row of pictures, and goes from key frame to key frame
 */
export function advance(playback, now, calm) {
  const { last, speed, before } = playback
  const rested = before === null ? 0 : now - before
  if (!calm || rested >= CALM_MS) {
    const way = (rested / FILM_MS) * speed * last
    playback.playhead += calm ? Math.max(Math.round(way), 1) : way
  }
  if (!calm || before === null || rested >= CALM_MS) playback.before = now
  if (playback.playhead < last) return
  playback.playhead = last
  playback.playing = false
}
