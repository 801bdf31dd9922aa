// A run that is trained on while it is watched: its next steps are requested, and taken as they come.

import { followSteps, requestSteps } from "../base/step_exchange.js"
import { dueSteps, isHeard, noteRequest, takeResponse } from "./learner.js"
import { keyFrame, seek } from "./playback.js"
import { placeOf, stepAt } from "./reel.js"
import { endAtReached, takeNextSteps } from "./scene.js"
import { describeTimeline } from "./timeline.js"

/** @import { SentSteps } from "./model.d.ts" */
/** @import { Resting } from "./resting.js" */
/** @import { Showing } from "./showing.js" */

// What stands for the choices below the plane, among what Python is sent of the reader's changes.
export const VIEWS_ID = "plane"
// With one of these a change that is made elsewhere may be on its way.
const CHANGING = ["pointerdown", "keydown", "focusin"]

/** @typedef {ReturnType<typeof makeLearning>} Learning */

/**
 * @param {Showing} showing
 * @param {Resting} resting
 * @param {() => void} requestPaint
 */
export function makeLearning(showing, resting, requestPaint) {
  const { host, parts, scene, playback, learner, outbox } = showing

  function postWanted() {
    const { steps, reached } = scene.reel
    requestSteps({
      seq: outbox.number(),
      film: showing.own.key,
      after: learner.after,
      steps: learner.underway?.steps ?? 0,
      step: steps[keyFrame(playback)],
      end: reached,
    })
  }

  // Behind a change nothing of the run before it is shown: it acts from the step at which it was made.
  function isHeld() {
    return (learner.isOn || learner.awaitsFilm) &&
      outbox.items.some((item) => !("id" in item) || item.id !== VIEWS_ID)
  }

  /** @param {Event} event */
  function note(event) {
    if (!learner.isOn || event.composedPath().includes(host)) return
    // A key that is held down has been noted.
    if (event instanceof KeyboardEvent && (event.repeat || (event.key.length === 1 && event.key !== " "))) {
      return
    }
    postWanted()
  }

  /** @param {SentSteps} sent */
  function takeSteps(sent) {
    // What comes behind a hand-over is of a run that is none of the screen any more: it is requested of the new film.
    if (sent.of !== showing.own.key || learner.isHandedOver || !(learner.isOn || learner.single)) return
    const last = sent.next?.steps.at(-1) ?? null
    if (!takeResponse(learner, sent, last, performance.now())) return
    if (sent.next) {
      const at = stepAt(scene.reel, playback.playhead)
      takeNextSteps(scene, sent.next)
      const { steps, count } = scene.reel
      playback.steps = steps
      playback.last = count - 1
      playback.playhead = placeOf(scene.reel, at)
    }
    if (!learner.isOn) {
      seek(playback, Infinity)
      scene.reel.reached = scene.reel.last
      endAtReached(scene)
      describeTimeline(parts.timeline, scene.reel, keyFrame(playback))
      if (!learner.single) resting.settle()
    }
    if (isHeard(learner)) resting.describeProgress()
    requestPaint()
  }

  for (const kind of CHANGING) document.addEventListener(kind, note, true)
  const forgetSteps = followSteps((sent) => takeSteps(/** @type {SentSteps} */ (sent)))

  return {
    isHeld,

    /** Requests the steps that are due. */
    requestDue() {
      if (isHeld()) return
      const now = performance.now()
      const steps = dueSteps(learner, scene.reel.steps[keyFrame(playback)], playback.rate, now)
      if (!steps) return
      noteRequest(learner, steps, now)
      postWanted()
    },

    /** Sends the step that is shown, at which a change is made, also where training goes on. */
    noteStep() {
      if (learner.isOn) postWanted()
    },

    stop() {
      forgetSteps()
      for (const kind of CHANGING) document.removeEventListener(kind, note, true)
    },
  }
}
