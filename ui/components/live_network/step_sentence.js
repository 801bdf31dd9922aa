// What a screen reader announces when the numbers have changed.

import { endOfTraining } from "../base/announcer.js"

/** @import { Training } from "./model.d.ts" */

/**
 * @param {Training | null} training where training stands
 * @param {Training | null} before where it stood at the last sentence
 * @param {string} prediction
 * @param {string} loss
 * @returns {{ standing: string, sentence: string }} all that a change of is worth the sentence, and that
 */
export function describeStep(training, before, prediction, loss) {
  const now = `Prediction ${prediction}, loss ${loss}.`
  return {
    standing: `${training?.position} ${training?.diverged} ${now}`,
    sentence: `${training && before ? describeTraining(training, before) : ""} ${now}`.trim(),
  }
}

/**
 * @param {Training} training
 * @param {Training} before
 */
function describeTraining(training, before) {
  if (training.end === before.end + 1 && !training.diverged) return `Step ${training.end} taken.`
  if (training.end > before.end || (training.diverged && !before.diverged)) {
    return endOfTraining(training.end, training.diverged)
  }
  return training.position === before.position ? "" : `Step ${training.position}.`
}
