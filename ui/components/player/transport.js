// What moves the playhead: plays, trains, steps and scrubs, and ends that where something is done elsewhere.

import { closestTo } from "../base/dom.js"
import { nearest } from "../base/film.js"
import { linkToOpen } from "../base/page_links.js"
import { newestNumber } from "../base/pending.js"
import { offerSpeeds } from "./controls.js"
import { beginLearning, endLearning } from "./learner.js"
import { FILM_SECONDS, keyFrame, play, seek } from "./playback.js"
import { hasUnsent } from "./reel.js"
import { endAtLast, endAtReached, forgetAhead } from "./scene.js"
import { describeTimeline } from "./timeline.js"

/** @import { Learning } from "./learning.js" */
/** @import { Resting } from "./resting.js" */
/** @import { Showing } from "./showing.js" */

const ELSEWHERE = ["click", "focusin"]
// The buttons of the page that lead to another run, to this one as it was before, or to a number of steps, and one that
// leads to a dialog, which a run of the page would close as the playhead comes to rest: playing and training end with them.
const ENDING = buttonsOf("reset_training", "undo_training", "train_to_budget", "train_more", "share_page")
// Those that train the run that is shown.
const TRAINING = buttonsOf("train_to_budget", "train_more")
export const withoutMotion = matchMedia("(prefers-reduced-motion: reduce)")

/** @typedef {ReturnType<typeof makeTransport>} Transport */

/**
 * @param {Showing} showing
 * @param {{ resting: Resting, learning: Learning }} others
 * @param {{ takeShown: () => boolean, requestPaint: () => void }} screen `takeShown` makes the run of a film that is shown that
 *   of the page, and returns whether it is another one
 */
export function makeTransport(showing, { resting, learning }, { takeShown, requestPaint }) {
  const { host, parts, scene, playback, learner, isFree } = showing
  let speed = offerSpeeds(parts.controls, isFree)

  // Training ends with what has been seen of it.
  function halt() {
    const { reel } = scene
    if (learner.isOn || learner.single > 0) resting.owe()
    playback.playing = false
    seek(playback, keyFrame(playback))
    endLearning(learner)
    if (!reel.grown) return
    endAtReached(scene)
    playback.last = nearest(reel.steps, reel.reached)
    seek(playback, playback.playhead)
  }

  // Plays what is there, and where it can be trained on, what is trained then.
  function goOn() {
    resting.wait()
    if (isFree) {
      beginLearning(learner, newestNumber())
      // Of several runs it is the one that is shown that goes on.
      if (takeShown()) learning.noteStep()
      // What had come beyond what was seen is still there.
      endAtLast(scene)
      playback.last = scene.reel.count - 1
    }
    playback.endless = isFree
    hasten(speed)
    play(playback)
    // Not with the next picture: the first steps are to be seen soon.
    learning.requestDue()
  }

  function toggle() {
    if (!playback.last && !isFree) return
    showing.lookedAt = null
    if (playback.playing) {
      halt()
      resting.settle()
    } else goOn()
    requestPaint()
  }

  /** @param {number} by so many key frames */
  function move(by) {
    const isAtEnd = !playback.playing && keyFrame(playback) === playback.last
    if (by === 1 && isAtEnd && isFree) {
      if (takeShown()) {
        resting.wait()
        learner.single = 1
        learner.awaitsFilm = true
        learner.over = ""
        return requestPaint()
      }
      // Behind what was seen come other steps than those that are there already.
      if (learner.after > scene.reel.reached) {
        if (hasUnsent(scene.reel)) resting.rest()
        forgetAhead(scene)
        playback.steps = scene.reel.steps
        learner.after = scene.reel.reached
      }
      // The steps before it come to rest with it.
      resting.wait()
      learner.single += 1
      learner.over = ""
      return requestPaint()
    }
    halt()
    showing.lookedAt = null
    seek(playback, keyFrame(playback) + by)
    describeTimeline(parts.timeline, scene.reel, keyFrame(playback))
    resting.settle()
    requestPaint()
  }

  /** @param {number} value */
  function hasten(value) {
    speed = value
    playback.rate = isFree ? speed : filmRate() * speed
  }

  function filmRate() {
    return scene.reel.last / FILM_SECONDS
  }

  /**
   * What is done elsewhere on the page comes after what was done here.
   * @param {Event} event
   */
  function leave(event) {
    if (event.composedPath().includes(host)) return
    const isMoving = learner.isOn || playback.playing
    if (isMoving && event instanceof MouseEvent && (linkToOpen(event) || isWithin(event, ENDING))) {
      // What was seen is what Back, or Undo, leads to.
      halt()
      requestPaint()
      resting.rest()
    } else if (resting.isPending || learner.single) resting.rest()
    if (isFree && event instanceof MouseEvent && isWithin(event, TRAINING)) takeShown()
  }

  for (const kind of ELSEWHERE) document.addEventListener(kind, leave, true)

  return {
    halt,
    goOn,
    toggle,
    move,
    hasten,

    // What is done next acts from the shown step on; a run that is trained on goes on from there.
    standStill() {
      if (learner.isOn) return learning.noteStep()
      if (playback.playing || learner.single) {
        halt()
        requestPaint()
      }
      resting.rest()
    },

    /**
     * Plays a film that is new from the step where the reader was; without motion it stands at its end at once.
     * @param {number} step
     */
    playFrom(step) {
      const place = nearest(scene.reel.steps, step)
      if (withoutMotion.matches || place >= playback.playhead) return
      playback.playhead = place
      playback.endless = false
      playback.rate = filmRate()
      play(playback)
    },

    scrubStart() {
      halt()
      showing.lookedAt = null
      playback.scrubbing = true
      resting.wait()
    },

    /** @param {number} part how far along the film, from 0 to 1 */
    scrub(part) {
      seek(playback, nearest(scene.reel.steps, part * scene.reel.end))
      requestPaint()
    },

    scrubEnd() {
      playback.scrubbing = false
      resting.settle()
      requestPaint()
    },

    /**
     * Takes a key where it moves the playhead; returns whether it does.
     * @param {KeyboardEvent} event
     */
    press(event) {
      if (event.key === " " && !closestTo(event, "button")) toggle()
      else if (event.key === "ArrowRight" || event.key === "ArrowUp") {
        // A key that is held down goes no further ahead than one step.
        if (!event.repeat || !learner.single) move(event.shiftKey ? 10 : 1)
      } else if (event.key === "ArrowLeft" || event.key === "ArrowDown") move(event.shiftKey ? -10 : -1)
      else if (event.key === "Home") move(-Infinity)
      else if (event.key === "End") move(Infinity)
      else return false
      return true
    },

    stop() {
      for (const kind of ELSEWHERE) document.removeEventListener(kind, leave, true)
    },
  }
}

/** @param {string[]} keys of buttons of the page */
function buttonsOf(...keys) {
  return keys.map((key) => `.st-key-${key}`).join()
}

/** @param {Event} event @param {string} buttons */
function isWithin({ target }, buttons) {
  return target instanceof Element && target.closest(buttons) !== null
}
