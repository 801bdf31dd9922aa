// Play, pause, one key frame back or on, and the speed.

import { html, set, setText, svg } from "../base/dom.js"

/** @typedef {[value: number, words: string]} Speed */

/** @type {Speed[]} how fast a film with an end is played */
export const FILM_SPEEDS = [[0.25, "0.25×"], [0.5, "0.5×"], [1, "1×"], [2, "2×"], [4, "4×"]]
/** @type {Speed[]} steps a second */
export const STEP_SPEEDS = [
  [1, "1 step/s"],
  [10, "10 steps/s"],
  [100, "100 steps/s"],
  [1000, "1,000 steps/s"],
  [Infinity, "as fast as it goes"],
]
const USUAL_SPEED = { film: 1, steps: 100 }
const ICONS = {
  play: "M3 1.5v11l9.5-5.5z",
  pause: "M2.5 1.5h3.2v11h-3.2zM8.3 1.5h3.2v11h-3.2z",
  back: "M9.5 2L4.5 7l5 5",
  on: "M4.5 2l5 5l-5 5",
}

/** @param {keyof typeof ICONS} name @param {boolean} lined */
export function icon(name, lined) {
  const path = svg("path", {
    d: ICONS[name],
    ...(lined ? { fill: "none", stroke: "currentColor", "stroke-width": 1.8 } : { fill: "currentColor" }),
  })
  return { path, root: svg("svg", { width: 14, height: 14, "aria-hidden": "true" }, path) }
}

/** @typedef {ReturnType<typeof buildControls>} Controls */

/**
 * @param {{ toggle: () => void, move: (by: number) => void, hasten: (speed: number) => void }} actions
 */
export function buildControls(actions) {
  const symbol = icon("play", false)
  const word = html("span", {}, "Play")
  const play = html(
    "button",
    { type: "button", class: "primary", title: "Space bar" },
    symbol.root,
    word,
  )
  const back = html("button", {
    type: "button",
    "aria-label": "One key frame back",
    title: "One key frame back",
  }, icon("back", true).root)
  const on = html(
    "button",
    { type: "button", "aria-label": "One key frame forward", title: "One key frame forward" },
    icon("on", true).root,
  )
  const speed = html("select", {})
  play.onclick = () => actions.toggle()
  back.onclick = () => actions.move(-1)
  on.onclick = () => actions.move(1)
  speed.onchange = () => actions.hasten(Number(speed.value))
  const root = html(
    "div",
    { class: "controls" },
    play,
    back,
    on,
    html("label", { class: "speed" }, "Speed ", speed),
  )
  return { root, play, back, on, speed, symbol, word }
}

/**
 * Offers the speeds of a run that can be trained on, or those of a film alone; returns the one that is chosen.
 * @param {Controls} controls
 * @param {boolean} canLearn
 */
export function offerSpeeds({ speed }, canLearn) {
  const usual = canLearn ? USUAL_SPEED.steps : USUAL_SPEED.film
  speed.replaceChildren(
    ...(canLearn ? STEP_SPEEDS : FILM_SPEEDS).map(([value, words]) => html("option", { value }, words)),
  )
  speed.value = String(usual)
  return usual
}

/**
 * @param {Controls} controls
 * @param {boolean} playing
 * @param {number} index the key frame
 * @param {number} last
 * @param {boolean} canLearn whether training goes on at the last key frame
 */
export function paintControls({ word, symbol, play, back, on }, playing, index, last, canLearn) {
  const trains = canLearn && index === last
  setText(word, playing ? "Pause" : trains ? "Train" : "Play")
  set(symbol.path, "d", playing ? ICONS.pause : ICONS.play)
  const forward = trains ? "Train one step" : "One key frame forward"
  set(on, "aria-label", forward)
  set(on, "title", forward)
  // Not `disabled`: a button that loses the focus under the reader's finger stops the keyboard.
  set(play, "aria-disabled", last === 0 && !canLearn)
  set(back, "aria-disabled", index === 0)
  set(on, "aria-disabled", index === last && !canLearn)
}
