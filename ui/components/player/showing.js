// What is on the screen, and where the reader is in it: one record, which the parts of the screen share.

import { makeLearner } from "./learner.js"
import { makePlayback } from "./playback.js"

/** @import { Outbox } from "../base/protocol.d.ts" */
/** @import { FieldText, HeldFilm, PlacedPoint, PlayerViews } from "./model.d.ts" */
/** @import { Parts } from "./parts.js" */
/** @import { Scene } from "./scene.js" */

/** @typedef {Outbox<PlacedPoint | FieldText, PlayerViews, HeldFilm>} PlayerOutbox */

/**
 * `own` is the run's own reel: another one may be drawn in its place. `lookedAt` is the step that is looked at, be it
 * beyond the end of the run that is drawn; null where that is what the playhead is at. The rest of the page is of the
 * `pageStep`. The player `isFree` unless it is one of a saved page, behind which there is no Python.
 * @typedef {ReturnType<typeof makeShowing>} Showing
 */

/**
 * @param {HTMLElement} host
 * @param {Parts} parts
 * @param {Scene} scene
 * @param {PlayerOutbox} outbox
 * @param {boolean} isFree
 */
export function makeShowing(host, parts, scene, outbox, isFree) {
  return {
    host,
    parts,
    scene,
    outbox,
    isFree,
    playback: makePlayback(),
    learner: makeLearner(),
    own: scene.reel,
    lookedAt: /** @type {number | null} */ (null),
    pageStep: 0,
  }
}
