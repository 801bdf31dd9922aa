// What has changed, for those who listen to the page: one sentence, when everything has come to rest.

import { html, setText } from "./dom.js"

/**
 * `stood` is what stood there when the last sentence was due.
 * @typedef {{ root: HTMLElement, stood: string | null }} Announcer
 */

/** @returns {Announcer} */
export function makeAnnouncer() {
  return { root: html("p", { class: "announcer", role: "status", "aria-live": "polite" }), stood: null }
}

/**
 * Announces a sentence if what it is about has changed since the last call; the first call has nothing to compare with.
 * @param {Announcer} announcer
 * @param {string} standing all that a change of is worth a sentence
 * @param {string} sentence
 */
export function announce(announcer, standing, sentence) {
  if (announcer.stood !== null && announcer.stood !== standing) setText(announcer.root, sentence)
  announcer.stood = standing
}

/**
 * @param {number} step where training has come to
 * @param {boolean} diverged
 */
export function endOfTraining(step, diverged) {
  const at = step.toLocaleString("en-US")
  return diverged ? `Training stopped at step ${at}: diverged.` : `Training ended at step ${at}.`
}
