// The film of a hyperparameter below the timeline: which one, the slider that goes through its runs, and the one with the
// lowest loss.

import { html, set, setText } from "../base/dom.js"
import { formatNumber } from "../base/format.js"
import { lowestAt } from "./sweep.js"
import { buildSweepRange } from "./sweep_range.js"

/** @import { SweepChoices } from "./model.d.ts" */
/** @import { Sweep } from "./sweep.js" */

/** @typedef {ReturnType<typeof buildSweepView>} SweepView */

/**
 * `look` has the place of the value to look at, `take` makes its run that of the page.
 * @typedef {{
 *   choose: (name: string) => void, look: (index: number | null) => void, take: () => void,
 * }} SweepActions
 */

/** @param {SweepActions} actions */
export function buildSweepView(actions) {
  const select = html("select")
  select.onchange = () => actions.choose(select.value)
  const slider = buildSweepRange(actions.look)
  const { range } = slider
  const value = html("output")
  const below = html("p", { class: "below" })
  const along = html(
    "div",
    { class: "along", hidden: "" },
    html("div", { class: "row chosen" }, range),
    html("div", { class: "value" }, value, below),
  )
  const take = html("button", { type: "button" })
  take.onclick = () => actions.take()
  const back = html("button", { type: "button" }, "Back to this run")
  back.onclick = () => {
    actions.look(null)
    range.focus()
  }
  const lowest = html("p", { class: "lowest" })
  const row = html("div", { class: "sweep", hidden: "" }, take, back, lowest)
  return {
    /** Which film: among the buttons. */
    chooser: html("label", { class: "film", hidden: "" }, "Film ", select),
    /** The slider: beside the buttons where there is room. */
    along,
    /** What to do with the value that is looked at, and the one with the lowest loss. */
    row,
    select,
    slider,
    range,
    value,
    /** What the rest of the page is of, where that is not the value that is looked at. */
    below,
    take,
    back,
    lowest,
    /** What the options were made from. */
    of: "",
    /** What the sentence is about. */
    at: "",
  }
}

/**
 * What can be chosen; while a film is on its way, that it is.
 * @param {SweepView} view
 * @param {SweepChoices | null | undefined} choices
 * @param {Sweep | null} sweep what is here of the chosen one
 */
export function showChoices(view, choices, sweep) {
  view.chooser.hidden = !choices
  const isChosen = Boolean(choices?.chosen)
  view.row.hidden = !isChosen
  view.along.hidden = !isChosen || !sweep
  if (!choices) return
  const of = JSON.stringify(choices.choices)
  if (view.of !== of) {
    view.of = of
    view.select.replaceChildren(
      html("option", { value: "" }, "none"),
      ...choices.choices.map(({ name, label }) => html("option", { value: name }, `of ${label}`)),
    )
  }
  view.select.value = choices.chosen
  if (sweep) return
  view.take.hidden = view.back.hidden = true
  view.at = ""
  setText(view.lowest, choices.note || (isChosen ? "Its runs are being computed …" : ""))
}

/**
 * Where the slider stands: at the value of the run itself with null.
 * @param {SweepView} view
 * @param {Sweep} sweep
 * @param {number | null} index
 */
export function showValue(view, sweep, index) {
  const { slider, range, value, below, take, back } = view
  const at = index ?? sweep.present
  slider.show(at, sweep.values.length - 1)
  set(range, "aria-label", `Film of ${sweep.symbol}`)
  const text = sweep.texts[at]
  const isPresent = index === null || (sweep.isOwn && index === sweep.present)
  setText(value, text)
  set(range, "aria-valuetext", isPresent ? `${text}, this run` : text)
  setText(below, `The page below is of ${sweep.isOwn ? sweep.texts[sweep.present] : "this run"}.`)
  below.classList.toggle("absent", isPresent)
  // Not hidden: what stands beside the slider must not jump while it moves.
  take.hidden = back.hidden = false
  take.classList.toggle("absent", isPresent)
  back.classList.toggle("absent", isPresent)
  set(take, "aria-disabled", isPresent)
  set(back, "aria-disabled", isPresent)
  setText(take, `Take ${text}`)
}

/**
 * Which value has the lowest loss at a step.
 * @param {SweepView} view
 * @param {Sweep} sweep
 * @param {number} step
 */
export function showLowest(view, sweep, step) {
  const { precision } = sweep.own
  const at = JSON.stringify([sweep.key, step, precision])
  if (view.at === at) return
  view.at = at
  const { text, loss, kind, step: there } = lowestAt(sweep, step)
  const shown = there.toLocaleString("en-US")
  setText(
    view.lowest,
    loss === Infinity
      ? `At step ${shown} all of the runs have diverged.`
      : `At step ${shown} the lowest ${kind} loss is that of ${text}: ${formatNumber(loss, precision)}.`,
  )
}
