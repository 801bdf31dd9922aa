// How the room of the player is divided among the network and the plane.

import { isFramed, roomBeside } from "../base/frame.js"
import { AXIS, leftOf, planeSize } from "./plane_axes.js"

/** @import { Reel } from "./reel.js" */

const LEAST_WIDTH = 280
// Of the panel, as in player.css, and of a player that has room for it beside the drawing.
const PANEL = 236
const PANEL_BESIDE = 900
const TWO_COLUMNS = 520
// Above and below the square where there is little room: the readings, its title and axis, and the buttons.
const OTHERS = { frame: 192, page: 345 }
// The same where all of the player is to be in sight, down to the timeline.
const OTHERS_OF_ALL = 486
// The row of a film of several runs.
const SWEEP_ROW = 44
// What the names of ten classes and the count of those drawn take more below the square.
const LONG_LEGEND = 40
const LEAST_SQUARE = 140
// The row of choices below the plane.
const VIEWS_ROW = 24
// The row of buttons below the network.
const LAYERS = 30
// The row above the network that says which sample is drawn.
const CHOOSER = 30

/**
 * @param {Reel} reel
 * @param {HTMLElement} host
 * @param {{ panel: boolean, sweep: boolean }} has what stands beside and below
 */
export function stageSizes(reel, host, has) {
  const whole = Math.max(host.clientWidth, LEAST_WIDTH) - 2
  const framed = isFramed() || host.classList.contains("printed")
  const beside = has.panel && !framed && whole >= PANEL_BESIDE
  const width = beside ? whole - PANEL : whole
  const two = width >= TWO_COLUMNS
  const usual = two
    ? Math.min(Math.max(whole * 0.285, 200), 620)
    : Math.min(width - leftOf(reel, width) - AXIS.right - 24, 460)
  const low = roomBeside(OTHERS)
  const room = low === Infinity && two && !framed
    ? innerHeight - OTHERS_OF_ALL - VIEWS_ROW - (has.sweep ? SWEEP_ROW : 0) - (reel.pixels ? LONG_LEGEND : 0)
    : low
  const square = Math.floor(Math.min(usual, Math.max(room, LEAST_SQUARE)))
  const plane = planeSize(square, leftOf(reel, square))
  const tallest = reel.pixels ? Infinity : Math.max(...reel.widths)
  const more = (reel.pixels ? LONG_LEGEND - CHOOSER : 0) - (has.panel && !framed ? LAYERS : 0)
  return {
    width: whole,
    beside,
    framed,
    columns: two ? 2 : 1,
    plane,
    network: {
      width: two ? width - plane.width - 60 : width - 24,
      height: two ? plane.height + 30 + more : Math.min(Math.max(tallest * 38 + 16, 150), 420),
    },
  }
}
