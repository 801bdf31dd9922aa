// The elements of the player.

import { makeAnnouncer } from "../base/announcer.js"
import { html } from "../base/dom.js"
import { buildChooser } from "./chooser.js"
import { buildControls } from "./controls.js"
import { buildEdgeLegend } from "./edge_legend.js"
import { makeGlance } from "./glance.js"
import { buildInspector } from "./inspector.js"
import { buildPanel } from "./panel.js"
import { buildPlane } from "./plane.js"
import { buildReadings } from "./readings.js"
import { FILM_ID } from "./sweeping.js"
import { buildSweepView } from "./sweep_view.js"
import { buildTimeline } from "./timeline.js"
import { buildWeightBox } from "./weight_box.js"

/** @import { Screen } from "./screen.js" */

/** @typedef {ReturnType<typeof buildParts>} Parts */

/**
 * @param {() => Screen | null} screen what is shown; nothing before there is a film, and nothing can be done then
 * @param {(id: string, text: string) => void} changeField
 */
export function buildParts(screen, changeField) {
  const readings = buildReadings()
  const announcer = makeAnnouncer()
  const inspector = buildInspector()
  const legend = buildEdgeLegend()
  const plane = buildPlane({
    select: (unit) => screen()?.select(unit),
    hover: (item) => screen()?.hover(item),
    placePoint: (at, label) => screen()?.placePoint(at, label),
    drawPoint: (point) => screen()?.drawPoint(point),
    changeViews: (views) => screen()?.changeViews(views),
  })
  const chooser = buildChooser({ choose: (by) => screen()?.choose(by) })
  const timeline = buildTimeline({
    scrub: (part) => screen()?.scrub(part),
    scrubStart: () => screen()?.scrubStart(),
    scrubEnd: () => screen()?.scrubEnd(),
    rescale: (scale) => screen()?.rescale(scale),
  })
  const controls = buildControls({
    toggle: () => screen()?.toggle(),
    move: (by) => screen()?.move(by),
    hasten: (speed) => screen()?.hasten(speed),
  })
  const sweep = buildSweepView({
    choose: (name) => changeField(FILM_ID, name),
    look: (index) => screen()?.look(index),
    take: () => {
      const taken = screen()?.taken
      if (taken) changeField(FILM_ID, taken)
    },
  })
  controls.root.append(sweep.chooser)
  const panel = buildPanel({
    change: changeField,
    move: () => screen()?.moveData(),
    grab: (row) => glance.grab(row),
  })
  const glance = makeGlance(panel.root, plane)
  const drawing = html("div", { class: "drawing" })
  const weight = buildWeightBox((index, text) => screen()?.setWeight(index, text))
  const stage = html(
    "div",
    { class: "stage" },
    html("div", { class: "net" }, chooser.root, drawing, panel.layers.root, legend.root, weight.root),
    plane.root,
  )
  const foot = html("div", { class: "foot" }, timeline.root, controls.root, sweep.along, sweep.row)
  const card = html(
    "div",
    { class: "card" },
    stage,
    inspector.root,
    foot,
    panel.line,
    panel.root,
  )
  return {
    readings,
    announcer,
    inspector,
    legend,
    chooser,
    plane,
    panel,
    timeline,
    controls,
    sweep,
    drawing,
    weight,
    stage,
    foot,
    card,
    /** What is said of a change that is on its way. */
    awaited: "",
  }
}
