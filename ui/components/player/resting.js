// Where the playhead has come to rest: sent to Python, and described for whoever does not see it.

import { announce, endOfTraining } from "../base/announcer.js"
import { formatNumber } from "../base/format.js"
import { newestNumber } from "../base/pending.js"
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
  /** Whether the run has been trained to its end for this page: a change, Undo or Back may bring another as well. */
  let isTrained = false
  /** @type {string | null} the run that is described as the one before, of which it is more */
  let described = null
  let isLate = false
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
    const isDescribed = described === reel.key
    const trained = (isTrained || learner.over !== "") && announced !== reel.key && !isDescribed
    announced = reel.key
    described = null
    if (isDescribed) return
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
    if (isOwed && !learner.over) describePause()
    else describe()
    if (step !== sent || isOwed || isUnsent) {
      // Of several messages Python may take the newest alone.
      post(step, isUnsent || learner.isHandedOver ? reached : null)
      if (isUnsent) noteHandOver(learner, reached, newestNumber())
      scene.reel.sent = Math.max(reached, scene.reel.sent)
    }
    isOwed = false
    sent = step
  }

  // In place of all that can be read on the timeline.
  function describePause() {
    const { reel } = scene
    const index = keyFrame(playback)
    describeTimeline(parts.timeline, reel, index)
    describeScene(scene, index)
    say(`Paused at ${placeText()}`)
    announced = reel.key
    described = null
  }

  function placeText() {
    const { steps, loss, precision } = scene.reel
    const index = keyFrame(playback)
    return `step ${steps[index].toLocaleString("en-US")}, loss ${formatNumber(loss.train[index], precision)}.`
  }

  /** @param {string} sentence */
  function say(sentence) {
    announce(parts.announcer, sentence, sentence)
  }

  /**
   * Sends the step that is shown; where the film that is here is not held, it is sent back.
   * @param {number} step
   * @param {number | null} end the last step that was seen of a run that has been trained on
   */
  function post(step, end) {
    const { film, sweep } = held()
    // With what was seen of it the run has another film.
    outbox.postLater("position", { step, sweep, film: end === null ? film : null, end, of: showing.own.key })
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

    post,

    /** Does not send it before the next time that it comes to rest. */
    wait,

    describe,

    /** Reads out where training is. */
    describeProgress() {
      const text = placeText()
      say(text[0].toUpperCase() + text.slice(1))
    },

    /**
     * Notes whether training waits for the server, and reads out that it does, and that it goes on.
     * @param {boolean} now
     */
    noteLate(now) {
      if (now !== isLate && (now || learner.isOn)) {
        say(now ? "Waiting for the server." : `Training goes on at ${placeText()}`)
      }
      isLate = now
    },

    /**
     * Has what is shown count as described by what was read out of the film before.
     * @param {string} key of the film
     */
    keepDescribed(key) {
      described = key
    },

    describeSoon() {
      clearTimeout(describing)
      describing = setTimeout(describe, REST_MS)
    },

    /** @param {boolean} now whether the run of a new film has been trained to its end by a press on this page */
    noteTrained(now) {
      isTrained = now
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
