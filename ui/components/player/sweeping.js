// The film of a hyperparameter as it comes, and the run of it that is looked at.

import { unpack } from "../base/arrays.js"
import { followSweeps } from "../base/sweep_exchange.js"
import { makeSweep, reelAt } from "./sweep.js"
import { showChoices, showLowest, showValue } from "./sweep_view.js"

/** @import { Precision } from "../base/format.js" */
/** @import { PlayerModel, SentSweep, SweepChoices } from "./model.d.ts" */
/** @import { Reel } from "./reel.js" */
/** @import { Sweep } from "./sweep.js" */
/** @import { SweepView } from "./sweep_view.js" */

// The field by which a film of several runs is chosen, and one of them is taken.
export const FILM_ID = "film"

/** @typedef {ReturnType<typeof makeSweeping>} Sweeping */

/**
 * @param {SweepView} view
 * @param {{ own: () => Reel, show: (reel: Reel) => void }} screen `own` is the reel of the film, `show` draws another
 */
export function makeSweeping(view, screen) {
  /** @type {SweepChoices | null} */
  let choices = null
  /** @type {Sweep | null} */
  let sweep = null
  /** @type {SentSweep | null} what has come last: it may be of a film that has not come yet */
  let come = null
  /** @type {number | null} */
  let index = null

  /** @param {Uint8Array} packed */
  function bring(packed) {
    come = unpack(packed)
    join()
  }

  // Takes what has come where it is of the film and of the hyperparameter that are here.
  function join() {
    const own = screen.own()
    const isHere = come !== null && come.of === own.key && come.name === choices?.chosen
    if (sweep && isHere && sweep.key === come?.key && sweep.own === own) return
    const hadOne = sweep !== null
    sweep = come && isHere ? makeSweep(come, own) : null
    index = null
    showChoices(view, choices, sweep)
    if (sweep) showValue(view, sweep, index)
    if (sweep) screen.show(reelAt(sweep, index))
    else if (hadOne) screen.show(own)
  }

  /** @param {number | null} wanted */
  function look(wanted) {
    if (!sweep) return
    index = wanted === sweep.present && sweep.isOwn ? null : wanted
    showValue(view, sweep, index)
    screen.show(reelAt(sweep, index))
  }

  const forget = followSweeps(bring)

  return {
    /** The key of the film of several runs that is here. */
    get key() {
      return sweep?.key ?? null
    },

    /** What the page is to take: the name of the hyperparameter and the value that is looked at, beside the film that is here. */
    get taken() {
      if (!sweep || index === null || sweep.own !== screen.own()) return null
      return `${sweep.name} ${sweep.numbers[index]}`
    },

    /**
     * Takes what can be chosen; returns whether there is more or less below the timeline than before.
     * @param {PlayerModel} model
     */
    take(model) {
      const { hidden } = view.row
      choices = model.sweep ?? null
      showChoices(view, choices, sweep)
      join()
      return view.row.hidden !== hidden
    },

    look,

    /** @param {number} step */
    paint(step) {
      if (sweep) showLowest(view, sweep, step)
    },

    stop: forget,
  }
}
