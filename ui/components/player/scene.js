// What is drawn: the network, the plane and the timeline of one film, in one size and one set of colors.

import { isDark, legendStops } from "../base/color.js"
import { set } from "../base/dom.js"
import { replaceDrawing } from "../base/roving.js"
import { standalone } from "../base/standalone.js"
import { colorEdgeLegend } from "./edge_legend.js"
import { continueReel, cutReel, extendReel, growReel, growSample, roundLength, tailBehind } from "./growth.js"
import { placeLayers } from "./layer_buttons.js"
import { makeMaps, paintInputs, paintMaps } from "./maps.js"
import { buildNetwork, describeNetwork, markNetwork, paintNetwork } from "./network.js"
import { makeColors } from "./palette.js"
import { arrangePlane, paintPlane, reserveLegend, sizePlane } from "./plane.js"
import { placePanel } from "./panel.js"
import { describePixels, preparePixels, readPicture } from "./pixels.js"
import { markPoint } from "./plane_points.js"
import { arrangeReadings } from "./readings.js"
import { makeReel, showSamples } from "./reel.js"
import { stageSizes } from "./stage.js"
import { arrangeTimeline, paintTimeline, redrawTimeline } from "./timeline.js"
import { vectorParts } from "./vector.js"

/** @import { NextSteps, PlayerModel, SentContinuation, SentPicture, SentRun } from "./model.d.ts" */
/** @import { EdgeItem, Item } from "./network.js" */
/** @import { Parts } from "./parts.js" */
/** @import { Reel } from "./reel.js" */

/**
 * @typedef {{
 *   select: (unit: number) => void, hover: (item: Item | null) => void, edit: (edge: EdgeItem) => void,
 * }} SceneActions
 */

/** @typedef {ReturnType<typeof makeScene>} Scene */

/**
 * @param {HTMLElement} host
 * @param {Parts} parts
 * @param {SentRun} film
 * @param {PlayerModel} model
 * @param {SceneActions} actions
 */
export function makeScene(host, parts, film, { palette, precision, picture }, actions) {
  const reel = makeReel(film, precision)
  const sizes = stageSizes(reel, host, standing(parts))
  return {
    host,
    parts,
    actions,
    palette,
    reel,
    maps: makeMaps(reel),
    look: lookOf(host, reel),
    colors: makeColors(host, palette[isDark(host) ? "dark" : "light"], reel.task),
    /** The width that everything was arranged for: to read it inside a frame would cost a layout. */
    measured: host.clientWidth,
    sizes,
    pictureKey: keyOfPicture(reel, sizes),
    picture: drawNetwork(parts, reel, sizes, 0, undefined, actions),
    /** The sample that is drawn where the inputs are pixels. */
    sample: picture && readPicture(picture),
    /** @type {Item | null} */
    hovered: null,
    /** @type {number | null} the unit that is enlarged */
    selected: null,
    /** What is drawn is of another film, another size or other colors. */
    stale: true,
    /** @type {number | null} the key frame that is drawn */
    drawn: null,
  }
}

/** @param {Parts} parts */
function standing({ panel, sweep }) {
  return { panel: !panel.root.hidden, sweep: !sweep.row.hidden }
}

/** @param {Element} host @param {Reel} reel */
function lookOf(host, reel) {
  return getComputedStyle(host).getPropertyValue("--st-background-color") + reel.task
}

/** @param {Reel} reel */
function wiringOf({ pixels, widths, nodes, output_names }) {
  return JSON.stringify([
    pixels,
    widths,
    nodes.map(({ label, biasIndex }) => [label, biasIndex]),
    output_names,
  ])
}

/** @param {Reel} reel @param {ReturnType<typeof stageSizes>} sizes */
function keyOfPicture(reel, sizes) {
  return JSON.stringify([wiringOf(reel), reel.plane.held, reel.precision, sizes.network])
}

/**
 * @param {Parts} parts
 * @param {Reel} reel
 * @param {ReturnType<typeof stageSizes>} sizes
 * @param {number} index the key frame
 * @param {string | undefined} stop the item that Tab leads to
 * @param {SceneActions} actions
 */
function drawNetwork({ drawing }, reel, { network: { width, height } }, index, stop, actions) {
  const picture = buildNetwork(reel, width, height, stop, actions)
  describeNetwork(picture, reel, index)
  drawing.style.height = `${height}px`
  replaceDrawing(drawing, [picture.canvas, picture.root], picture.roving)
  return picture
}

/** @param {Scene} scene @param {SentRun} film @param {PlayerModel} model */
export function takeFilm(scene, film, { precision, picture }) {
  const before = wiringOf(scene.reel)
  scene.reel = makeReel(film, precision)
  scene.maps = makeMaps(scene.reel)
  scene.sample = picture && readPicture(picture)
  const isOther = wiringOf(scene.reel) !== before
  if (isOther) scene.selected = null
  // An index into another network, or among other samples, stands for something else or for nothing.
  if (isOther || scene.hovered?.kind === "point") scene.hovered = null
}

/**
 * Takes a film that is not sent, as its steps are here.
 * @param {Scene} scene
 * @param {SentContinuation} film
 */
export function takeContinuation(scene, film) {
  scene.reel = continueReel(scene.reel, film)
}

/**
 * Keeps behind a film what is there already of the steps that follow it.
 * @param {Scene} scene
 * @param {Reel} before what was there of the same run
 */
export function keepAhead(scene, before) {
  const { reel } = scene
  const isAlike = before.theta.constructor === reel.theta.constructor
  const tail = isAlike && !reel.pixels ? tailBehind(before, reel.last) : null
  if (!tail) return
  const { end, best } = reel
  const reached = Math.max(before.reached, reel.last)
  const sent = Math.max(before.sent, reel.last)
  scene.reel = {
    ...extendReel(reel, tail).reel,
    last: reached,
    end: roundLength(reached, end),
    best,
    reached,
    sent,
  }
}

/**
 * Lets go of the steps beyond what was seen.
 * @param {Scene} scene
 */
export function forgetAhead(scene) {
  scene.reel = cutReel(scene.reel, scene.reel.reached)
  scene.maps.place = { from: -1, to: -1, share: 0 }
  scene.stale = true
  scene.drawn = null
  endAtReached(scene)
}

/**
 * Draws another run of the same network in place of the one that is drawn.
 * @param {Scene} scene
 * @param {Reel} reel
 */
export function drawOther(scene, reel) {
  const { parts, colors } = scene
  const isOther = scene.reel.points.x !== reel.points.x
  scene.reel = reel
  if (isOther && scene.hovered?.kind === "point") scene.hovered = null
  if (isOther) arrangePlane(parts.plane, reel, colors, scene.selected)
  arrangeReadings(parts.readings, reel)
  redrawTimeline(parts.timeline, reel, colors)
  scene.stale = true
}

/**
 * Puts the next steps of the run behind those that are there.
 * @param {Scene} scene
 * @param {NextSteps} next
 */
export function takeNextSteps(scene, next) {
  const { parts, colors, sample } = scene
  const { reel, kept } = growReel(scene.reel, next)
  scene.reel = reel
  scene.maps.place = { from: -1, to: -1, share: 0 }
  if (sample && next.picture?.number === sample.number) {
    scene.sample = growSample(sample, next.picture, kept)
  }
  arrangeReadings(parts.readings, reel)
  arrangeTimeline(parts.timeline, reel, colors, scene.sizes.width)
  scene.stale = true
  scene.drawn = null
}

/**
 * Ends the run at the last step that has been seen, whatever is there beyond.
 * @param {Scene} scene
 */
export function endAtReached(scene) {
  endAt(scene, scene.reel.reached)
}

/**
 * Ends the run at the last step that is there, be it not seen yet.
 * @param {Scene} scene
 */
export function endAtLast(scene) {
  endAt(scene, scene.reel.steps[scene.reel.count - 1])
}

/** @param {Scene} scene @param {number} step */
function endAt(scene, step) {
  const { parts, reel, colors } = scene
  if (!reel.grown) return
  reel.last = step
  reel.end = roundLength(step, reel.end)
  arrangeReadings(parts.readings, reel)
  arrangeTimeline(parts.timeline, reel, colors, scene.sizes.width)
}

/**
 * Takes what has been sent of the sample that is drawn; returns whether it is another one than before.
 * @param {Scene} scene
 * @param {SentPicture | null} picture
 */
export function takePicture(scene, picture) {
  if (picture?.number === scene.sample?.number) return false
  scene.sample = picture && readPicture(picture)
  scene.stale = true
  return true
}

/**
 * Reads the colors anew; returns whether they are others than before.
 * @param {Scene} scene
 */
export function recolor(scene) {
  const look = lookOf(scene.host, scene.reel)
  if (scene.look === look) return false
  scene.look = look
  scene.colors = makeColors(
    scene.host,
    scene.palette[isDark(scene.host) ? "dark" : "light"],
    scene.reel.task,
  )
  return true
}

/**
 * Everything whose size or color depends on the width, the theme or the film.
 * @param {Scene} scene
 * @param {number} index the key frame
 */
export function arrange(scene, index) {
  const { host, parts, reel, maps, colors } = scene
  const sizes = stageSizes(reel, host, standing(parts))
  scene.measured = host.clientWidth
  scene.sizes = sizes
  set(parts.stage, "data-columns", sizes.columns)
  placePanel(parts.panel, parts.card, sizes.beside)
  host.classList.toggle("framed", sizes.framed)
  sizePlane(parts.plane, sizes.plane)
  const key = keyOfPicture(reel, sizes)
  if (scene.pictureKey !== key) {
    scene.pictureKey = key
    const stop = scene.picture.roving.current.key
    scene.picture = drawNetwork(parts, reel, sizes, index, stop, scene.actions)
    describeScene(scene, index)
  }
  const { places } = scene.picture
  placeLayers(parts.panel.layers, [places[0], places[places.length - 1]], sizes.network.width)
  paintInputs(maps, reel, colors)
  reserveLegend(parts.plane, reel, colors)
  arrangePlane(parts.plane, reel, colors, scene.selected)
  arrangeReadings(parts.readings, reel)
  arrangeTimeline(parts.timeline, reel, colors, sizes.width)
  colorEdgeLegend(parts.legend, colors)
  scene.stale = true
}

/**
 * What a screen reader reads of the drawing, at rest.
 * @param {Scene} scene
 * @param {number} index the key frame
 */
export function describeScene({ picture, reel, sample }, index) {
  describeNetwork(picture, reel, index)
  if (picture.pixels && sample) describePixels(picture.pixels, sample, reel, index)
}

/**
 * All that moves.
 * @param {Scene} scene
 * @param {number} playhead
 * @param {number} index the key frame nearest to it
 */
export function draw(scene, playhead, index) {
  if (showSamples(scene.reel, scene.reel.steps[index])) {
    if (scene.hovered?.kind === "point") scene.hovered = null
    arrangePlane(scene.parts.plane, scene.reel, scene.colors, scene.selected)
    scene.stale = true
  }
  const { parts, reel, maps, colors, picture, hovered, selected, stale } = scene
  const changed = paintMaps(maps, reel, colors, playhead, stale)
  if (changed || stale || scene.drawn !== index) {
    if (picture.pixels && scene.sample) preparePixels(picture.pixels, scene.sample, colors, index)
    paintNetwork(picture, maps, reel, colors, index)
    paintPlane(parts.plane, maps, reel, colors)
  }
  scene.drawn = index
  scene.stale = false
  paintTimeline(parts.timeline, reel, playhead)
  markNetwork(picture, hovered, selected)
  markPoint(parts.plane, hovered?.kind === "point" ? hovered : chosenPlace(scene))
}

/**
 * Where the sample that is drawn stands on the plane; null where it is none of those there.
 * @param {Scene} scene
 */
function chosenPlace({ parts, reel, sample }) {
  const index = sample ? reel.points.rows.indexOf(sample.number - 1) : -1
  return parts.plane.places.find((place) => place.index === index) ?? null
}

/**
 * The network as it is drawn now, as a picture that stands alone.
 * @param {Scene} scene
 * @param {number} index the key frame
 */
export function scenePicture({ parts, picture, maps, reel, colors }, index) {
  const { low, high } = parts.legend
  const legend = {
    title: "gradient",
    low: low.textContent,
    high: high.textContent,
    stops: legendStops(colors.palette),
  }
  return standalone(picture.root, legend, vectorParts(picture, maps, reel, colors, index))
}
