// Where the playhead has come to rest: sent to Python, and described for whoever does not see it.

import { announce, endOfTraining } from "../base/announcer.js"
import { noteHandOver } from "./learner.js"
import { keyFrame } from "./playback.js"
import { hasUnsent } from "./reel.js"
import { describeScene } from "./scene.js"
import { describeTimeline, stepText } from "./timeline.js"

/** @import { HeldFilm } from "./model.d.ts" */
/** @import { Showing } from "./showing.js" */

export const REST_MS = 250

/** @typedef {ReturnType<typeof makeResting>} Resting */

/**
 * @param {Showing} showing
 * @param {() => HeldFilm} held
 */
export function makeResting(showing, held) {
  const { parts, scene, playback, learner, outbox } = showing
  /** @type {number | null} the step that Python has */
  let sent = null
  /** Whether Python has not been sent yet that training has come to rest. */
  let isOwed = false
  /** @type {string | null} the run whose end has been announced */
  let announced = null
  /** @type {number | undefined} */
  let resting
  /** @type {number | undefined} */
  let describing

  // On the timeline its own text has been read out already.
  function describe() {
    const { reel } = scene
    const index = keyFrame(playback)
    describeTimeline(parts.timeline, reel, index)
    describeScene(scene, index)
    const trained = reel.last > 0 && announced !== reel.key
    announced = reel.key
    const now = stepText(reel, index)
    const sentence = trained ? `${endOfTraining(reel.last, reel.diverged)} ${now}.` : `${now}.`
    if (trained || !parts.timeline.track.matches(":focus")) {
      announce(parts.announcer, reel.key + now, sentence)
    }
  }

  function wait() {
    clearTimeout(resting)
    resting = undefined
  }

  function rest() {
    wait()
    if (playback.playing || playback.scrubbing) return
    const { steps, reached } = scene.reel
    const isUnsent = hasUnsent(scene.reel)
    const step = steps[keyFrame(playback)]
    describe()
    if (step !== sent || isOwed || isUnsent) {
      post(step, isUnsent ? reached : null)
      if (isUnsent) noteHandOver(learner, reached)
      scene.reel.sent = Math.max(reached, scene.reel.sent)
    }
    isOwed = false
    sent = step
  }

  /**
   * @param {number} step
   * @param {number | null} end the last step that was seen of a run that has been trained on
   */
  function post(step, end) {
    const { film, sweep } = held()
    // With what was seen of it the run has another film.
    outbox.postOnce("position", { step, sweep, film: end === null ? film : null, end, of: showing.own.key })
  }

  return {
    get isPending() {
      return resting !== undefined
    },

    /** Sends where the playhead stands once it has come to rest. */
    settle() {
      clearTimeout(resting)
      resting = setTimeout(rest, REST_MS)
    },

    /** Sends it now. */
    rest,

    /**
     * Sends what was seen of the run of the film before this page was there.
     * @param {number} step
     * @param {number} end
     */
    handOver(step, end) {
      post(step, end)
    },

    /** Does not send it before the next time that it comes to rest. */
    wait,

    describe,

    describeSoon() {
      clearTimeout(describing)
      describing = setTimeout(describe, REST_MS)
    },

    /** Has the next rest sent, be it at the step that Python has. */
    owe() {
      isOwed = true
    },

    /** @param {number} step the one that Python has */
    note(step) {
      sent = step
    },

    stop() {
      clearTimeout(resting)
      clearTimeout(describing)
    },
  }
}
