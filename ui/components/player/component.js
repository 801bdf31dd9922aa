// The player of a training run: what Python sends comes in through `update`, what the reader does goes out through
// `setStateValue`. All that moves is drawn from one playhead, counted in key frames.

import { announce, endOfTraining, makeAnnouncer } from "../base/announcer.js"
import { isDark, legendStops } from "../base/color.js"
import { html, set } from "../base/dom.js"
import { nearest } from "../base/film.js"
import { isFramed, roomBeside } from "../base/frame.js"
import { drawnOnPaper, followPrinting } from "../base/paper.js"
import { replaceDrawing } from "../base/roving.js"
import { offerPicture, standalone } from "../base/standalone.js"
import { buildControls, paintControls } from "./controls.js"
import { makeMaps, paintInputs, paintMaps } from "./maps.js"
import {
  buildEdgeLegend,
  buildNetwork,
  colorEdgeLegend,
  describeNetwork,
  markNetwork,
  paintEdgeLegend,
  paintNetwork,
} from "./network.js"
import { makeColors } from "./palette.js"
import {
  arrangePicker,
  arrangePlane,
  AXIS,
  buildPlane,
  leftOf,
  markPoint,
  paintDots,
  paintPlane,
  reserveLegend,
  sizePlane,
} from "./plane.js"
import { arrangeReadings, buildInspector, buildReadings, paintInspector, paintReadings } from "./readings.js"
import { makeReel } from "./reel.js"
import {
  arrangeTimeline,
  buildTimeline,
  describeTimeline,
  paintTimeline,
  setScale,
  stepText,
} from "./timeline.js"
import { vectorParts } from "./vector.js"

const instances = new WeakMap()
const FILM_MS = 6000
const CALM_MS = 500
const withoutMotion = matchMedia("(prefers-reduced-motion: reduce)")
const REST_MS = 250
const TWO_COLUMNS = 520
// Above and below the square where there is little room: the readings, its title and axis, and the buttons.
const OTHERS = { frame: 192, page: 345 }
// The same where all of the player is to be in sight, down to the timeline.
const OTHERS_OF_ALL = 486
const LEAST_SQUARE = 140

export default function mount(component) {
  const root = component.parentElement
  if (!instances.has(root)) instances.set(root, createPlayer(root))
  instances.get(root).update(component)
  return () => {
    instances.get(root)?.stop()
    instances.delete(root)
  }
}

function createPlayer(root) {
  const host = root.querySelector(".player")
  const model = {
    playhead: 0,
    playing: false,
    scrubbing: false,
    speed: 1,
    hover: null,
    selected: null,
    seq: 0,
    sent: null,
    reel: null,
  }
  const readings = buildReadings()
  const announcer = makeAnnouncer()
  const inspector = buildInspector()
  const plane = buildPlane({ select, hover, placePoint })
  const timeline = buildTimeline({ scrub, scrubStart, scrubEnd, rescale })
  const controls = buildControls({
    toggle,
    move,
    hasten: (speed) => {
      model.speed = speed
    },
  })
  const legend = buildEdgeLegend()
  const drawing = html("div", { class: "drawing" })
  const stage = html(
    "div",
    { class: "stage" },
    html("div", { class: "net" }, drawing, legend.root),
    plane.root,
  )
  const card = html(
    "div",
    { class: "card" },
    stage,
    inspector.root,
    html("div", { class: "foot" }, timeline.root, controls.root),
  )
  let emit = () => {}
  let picture = null
  let maps = null
  let colors = null
  let frameRequest = null
  let resting = null
  let painted = false
  let turn = 0
  let before = null

  host.replaceChildren(readings.root, card, announcer.root)
  host.onkeydown = onKey
  // For tests and measurements: how many frames have been drawn.
  host.drawnFrames = 0

  // To read a width inside a frame would make the browser lay everything out for it.
  const observer = new ResizeObserver(() => {
    if (!model.reel || host.clientWidth === model.width) return
    arrange()
    paint()
  })
  observer.observe(host)

  const index = () => Math.round(model.playhead)

  function send(name, value) {
    model.seq += 1
    emit(name, { seq: model.seq, film: model.reel?.key ?? null, ...value })
  }

  function toggle() {
    const { reel } = model
    if (reel.count < 2) return
    if (model.playing) return pause()
    if (model.playhead >= reel.count - 1) model.playhead = 0
    model.playing = true
    before = null
    requestPaint()
  }

  function pause() {
    model.playing = false
    model.playhead = index()
    settle()
    requestPaint()
  }

  function seek(playhead) {
    model.playhead = Math.min(Math.max(Math.round(playhead), 0), model.reel.count - 1)
    requestPaint()
  }

  function move(by) {
    model.playing = false
    seek(index() + by)
    describeTimeline(timeline, model.reel, index())
    settle()
  }

  function scrubStart() {
    model.playing = false
    model.scrubbing = true
    clearTimeout(resting)
  }

  function scrub(part) {
    seek(nearest(model.reel.steps, part * model.reel.last))
  }

  function scrubEnd() {
    model.scrubbing = false
    settle()
    requestPaint()
  }

  function rescale(scale) {
    setScale(timeline, scale)
    arrangeTimeline(timeline, model.reel, colors, timeline.width)
    paintTimeline(timeline, model.reel, model.playhead)
    send("scale", { scale })
  }

  // Where the playhead stands is sent once it has come to rest.
  function settle() {
    clearTimeout(resting)
    resting = setTimeout(() => {
      if (model.playing || model.scrubbing) return
      const step = model.reel.steps[index()]
      describe()
      if (step !== model.sent) send("position", { step })
      model.sent = step
    }, REST_MS)
  }

  // On the timeline its own text has been read out already.
  function describe() {
    const { reel } = model
    describeTimeline(timeline, reel, index())
    describeNetwork(picture, reel, index())
    const trained = reel.last > 0 && announcer.run !== reel.key
    announcer.run = reel.key
    const now = stepText(reel, index())
    const sentence = trained ? `${endOfTraining(reel.last, reel.diverged)} ${now}.` : `${now}.`
    if (trained || !timeline.track.matches(":focus")) announce(announcer, reel.key + now, sentence)
  }

  function select(unit) {
    const last = model.reel.nodes.length - 1
    // The only output's own map is what the square shows anyway.
    const whole = unit === model.selected || (unit === last && model.reel.outputs === 1)
    model.selected = whole ? null : unit
    model.hover = model.hover?.kind === "point" ? null : model.hover
    arrangePlane(plane, model.reel, colors, model.selected)
    model.stale = true
    requestPaint()
  }

  function hover(item) {
    const same = item?.kind === model.hover?.kind && item?.index === model.hover?.index
    if (same) return
    model.hover = item
    requestPaint()
  }

  function placePoint(at, label) {
    plane.pending.push({ at, label })
    paintDots(plane, model.reel, colors)
    send("placed", { ...at, label })
  }

  function onKey(event) {
    if (!model.reel || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select")) {
      return
    }
    const onButton = event.target.closest("button")
    if (event.key === " " && !onButton) toggle()
    else if (event.key === "ArrowRight" || event.key === "ArrowUp") move(event.shiftKey ? 10 : 1)
    else if (event.key === "ArrowLeft" || event.key === "ArrowDown") move(event.shiftKey ? -10 : -1)
    else if (event.key === "Home") move(-Infinity)
    else if (event.key === "End") move(Infinity)
    else if (event.key === "Escape" && model.selected !== null) select(model.selected)
    else return
    event.preventDefault()
  }

  // Everything whose size or color depends on the width, the theme or the film.
  function arrange() {
    const { reel } = model
    model.width = host.clientWidth
    const width = Math.max(model.width, 280) - 2
    const framed = isFramed() || host.classList.contains("printed")
    const two = width >= TWO_COLUMNS
    set(stage, "data-columns", two ? 2 : 1)
    host.classList.toggle("framed", framed)
    const usual = two
      ? Math.min(Math.max(width * 0.285, 200), 620)
      : Math.min(width - leftOf(reel, width) - AXIS.right - 24, 460)
    const low = roomBeside(OTHERS)
    const room = low === Infinity && two && !framed ? innerHeight - OTHERS_OF_ALL : low
    const square = Math.floor(Math.min(usual, Math.max(room, LEAST_SQUARE)))
    sizePlane(plane, square, leftOf(reel, square))
    plane.bounds = reel.plane
    const net = two ? width - plane.width - 60 : width - 24
    const tallest = Math.max(...reel.widths)
    const height = two ? plane.height + 30 : Math.min(Math.max(tallest * 38 + 16, 150), 420)
    const of = [model.wiring, model.rounding, net, height].join()
    if (picture?.of !== of) {
      picture = buildNetwork(reel, net, height, picture?.roving.current.key, { select, hover })
      picture.of = of
      drawing.style.height = `${height}px`
      describeNetwork(picture, reel, index())
      replaceDrawing(drawing, [picture.canvas, picture.root], picture.roving)
    }
    reserveLegend(plane, reel, colors)
    arrangePlane(plane, reel, colors, model.selected)
    arrangeReadings(readings, reel)
    arrangeTimeline(timeline, reel, colors, width)
    colorEdgeLegend(legend, colors)
    model.stale = true
  }

  // Returns whether they are others than before.
  function readColors() {
    const look = getComputedStyle(host).getPropertyValue("--st-background-color") + model.reel.task
    if (look === model.look) return false
    model.look = look
    colors = makeColors(host, model.palettes[isDark(host) ? "dark" : "light"], model.reel.task)
    return true
  }

  const forgetPrinting = followPrinting(host, () => {
    if (!model.reel) return
    readColors()
    paintInputs(maps, model.reel, colors)
    arrange()
    paint()
  })

  // Tiles and colors as they are now, wherever the last frame stood.
  function recolor() {
    readColors()
    paintInputs(maps, model.reel, colors)
    model.stale = true
    paint()
  }

  offerPicture(host, () =>
    drawnOnPaper(host, recolor, () => {
      const parts = vectorParts(picture, maps, model.reel, colors, index())
      const { low, high } = legend
      return standalone(picture.root, {
        title: "gradient",
        low: low.textContent,
        high: high.textContent,
        stops: legendStops(colors.palette),
      }, parts)
    }))

  function update({ data, setStateValue }) {
    emit = setStateValue
    model.seq = Math.max(model.seq, data.seq)
    const { film } = data
    if (!film.theta && film.key !== model.reel?.key) {
      // The film was here before the component was built anew, so that it is not sent unless it is requested.
      if (model.requested !== film.key) {
        emit("position", { seq: model.seq += 1, step: data.position, film: null })
      }
      model.requested = film.key
      return
    }
    model.requested = null
    // Of a player that is built anew; later the switch is ahead of Python.
    if (!model.reel) setScale(timeline, data.scale)
    const fresh = film.key !== model.reel?.key
    if (fresh) takeFilm(film, data.position)
    const rounding = JSON.stringify(data.precision)
    model.reel.precision = data.precision
    model.palettes = data.palette
    const repainted = readColors() || rounding !== model.rounding
    model.rounding = rounding
    arrangePicker(plane, data.placing, colors)
    if (fresh || repainted) {
      paintInputs(maps, model.reel, colors)
      arrange()
      paint()
      describe()
    }
    if (!painted) {
      requestAnimationFrame(() => {
        painted = true
        emit("painted", true)
      })
    }
  }

  function takeFilm(film, position) {
    const reel = makeReel(film)
    const wiring = JSON.stringify([film.widths, film.bias, film.labels, film.output_names])
    if (wiring !== model.wiring) model.selected = null
    // An index into another network, or among other samples, stands for something else or for nothing.
    if (wiring !== model.wiring || model.hover?.kind === "point") model.hover = null
    model.wiring = wiring
    model.reel = reel
    model.playing = false
    maps = makeMaps(reel)
    plane.pending = []
    model.playhead = nearest(reel.steps, position)
    model.sent = reel.steps[model.playhead]
  }

  // Moves the playhead on by the time that has passed since the frame before.
  function advance(now) {
    const { reel } = model
    const rested = before === null ? 0 : now - before
    // Without motion the film is a row of pictures: it goes from key frame to key frame.
    const calm = withoutMotion.matches
    if (!calm || rested >= CALM_MS) {
      const way = (rested / FILM_MS) * model.speed * (reel.count - 1)
      model.playhead += calm ? Math.max(Math.round(way), 1) : way
    }
    if (!calm || before === null || rested >= CALM_MS) before = now
    if (model.playhead < reel.count - 1) return
    model.playhead = reel.count - 1
    model.playing = false
    settle()
  }

  function paint(now) {
    frameRequest = null
    const { reel } = model
    if (model.playing && now !== undefined) advance(now)
    const here = index()
    const changed = paintMaps(maps, reel, colors, model.playhead, model.stale)
    if (changed || model.stale || model.drawn !== here) {
      paintNetwork(picture, maps, reel, colors, here)
      paintPlane(plane, maps, reel, colors)
      host.drawnFrames += 1
    }
    model.drawn = here
    model.stale = false
    paintTimeline(timeline, reel, model.playhead)
    markNetwork(picture, model.hover, model.selected)
    markPoint(plane, model.hover)
    // While the film moves each text is written every second frame: nobody reads faster, and each costs a layout.
    turn = model.playing || model.scrubbing ? 1 - turn : 0
    if (!turn) {
      paintReadings(readings, here)
      paintInspector(inspector, reel, model.hover, here)
      paintEdgeLegend(legend, reel.largest[here])
      paintControls(controls, model.playing, here, reel.count)
    }
    // A hand that rests within a drag must not leave the texts of the frame before.
    if (model.playing || turn) requestPaint()
  }

  function requestPaint() {
    if (model.reel && frameRequest === null) frameRequest = requestAnimationFrame(paint)
  }

  function stop() {
    observer.disconnect()
    forgetPrinting()
    cancelAnimationFrame(frameRequest)
    clearTimeout(resting)
  }

  return { update, stop }
}
