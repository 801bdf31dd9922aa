// All that a frame shows: its numbers, what is explained, and how it is drawn.

import { roundUp } from "../base/color.js"
import { nearest } from "../base/film.js"
import { filmPrecision, isNumber } from "../base/format.js"
import { readStep } from "./step.js"

/**
 * The scene of the numbers as they stand, or of the film's frame where one plays.
 * @param {object} model the state of the component
 * @param {object} picture the drawing
 * @param {string | null} explained the item or control that the panel explains
 * @param {object | null} plotted the film whose curve is shown
 */
export function readScene(model, picture, explained, plotted) {
  const { data, view, moving, values } = model
  const film = model.films.playing
  const playing = moving && film?.control === moving.id
  const frame = playing ? film.frame(nearest(film.positions, moving.value)) : data.frame
  const control = (id) => data.controls.find((candidate) => candidate.id === id)
  const value = (id) => (moving?.id === id ? moving.value : values.get(id))
  const step = readStep(data, view, frame, value)
  return {
    ...step,
    focus: picture.byId.has(explained) ? explained : view.selected,
    explained,
    control: control(explained),
    plotted,
    plottedControl: plotted && control(plotted.control),
    plottedIndex: plotted && nearest(plotted.positions, value(plotted.control)),
    largest: colorScale(model, picture.links, step),
    palette: model.palette,
    precision: playing || data.from_film ? filmPrecision(view.precision) : view.precision,
    name: (id) => control(id)?.name ?? id,
    highlighted: (id) => id === view.selected || id === moving?.id,
  }
}

// While a control moves the scale only grows: colors would flicker.
function colorScale(model, links, { quantity }) {
  const sizes = links.map((link) => Math.abs(quantity(link))).filter(isNumber)
  const largest = roundUp(Math.max(...sizes, 0))
  model.largest = model.moving ? Math.max(largest, model.largest ?? 0) : largest
  return model.largest
}
