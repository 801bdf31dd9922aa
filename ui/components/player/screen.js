// What is on the screen once there is a film: what is drawn, and what the reader does with it, from one playhead.

import { announce, endOfTraining } from "../base/announcer.js"
import { leaveNoRoom, leaveRoom } from "../base/cover.js"
import { closestTo } from "../base/dom.js"
import { nearest } from "../base/film.js"
import { drawnOnPaper, followPrinting } from "../base/paper.js"
import { offerPicture } from "../base/standalone.js"
import { showChosen } from "./chooser.js"
import { movedPoints } from "./data_film.js"
import { paintControls } from "./controls.js"
import { paintEdgeLegend } from "./edge_legend.js"
import { paintInspector } from "./inspector.js"
import { paintInputs } from "./maps.js"
import { writeScale } from "./pixels.js"
import { arrangePlane, offerPlacing } from "./plane.js"
import { paintDots } from "./plane_points.js"
import { advance, keyFrame, makePlayback, pause, play, seek } from "./playback.js"
import { paintReadings } from "./readings.js"
import { stepAt } from "./reel.js"
import {
  arrange,
  describeScene,
  draw,
  drawOther,
  makeScene,
  recolor,
  scenePicture,
  takeFilm,
  takePicture,
} from "./scene.js"
import { placeOf } from "./sweep.js"
import { makeSweeping } from "./sweeping.js"
import { arrangeTimeline, describeTimeline, paintTimeline, setScale, stepText } from "./timeline.js"

/** @import { Outbox } from "../base/protocol.d.ts" */
/** @import { HeldFilm, LossScaleName, FieldText, PlacedAt, PlacedPoint, PlaneView, PlayerModel, PlayerViews, SentRun } from "./model.d.ts" */
/** @import { Item } from "./network.js" */
/** @import { Parts } from "./parts.js" */
/** @import { Reel } from "./reel.js" */

// What stands for the choices below the plane, among what Python is sent of the reader's changes.
const VIEWS_ID = "plane"
const REST_MS = 250
const ELSEWHERE = ["click", "focusin"]
const withoutMotion = matchMedia("(prefers-reduced-motion: reduce)")

/** @typedef {Outbox<PlacedPoint | FieldText, PlayerViews, HeldFilm>} PlayerOutbox */

/** @typedef {ReturnType<typeof makeScreen>} Screen */

/**
 * @param {HTMLElement} host
 * @param {Parts} parts
 * @param {SentRun} film the first one
 * @param {PlayerModel} model
 * @param {PlayerOutbox} outbox
 */
export function makeScreen(host, parts, film, model, outbox) {
  const { readings, announcer, inspector, plane, timeline, controls, legend, chooser } = parts
  const playback = makePlayback()
  const isFree = model.session !== undefined
  const scene = makeScene(host, parts, film, model, { select, hover })
  /** @type {number | null} the step that Python has */
  let sent = null
  /** The sample that is to be drawn, be it that Python has not sent it yet. */
  let wanted = model.picture?.number ?? 1
  /** @type {string | null} the run whose end has been announced */
  let announced = null
  /** @type {number | null} */
  let frameRequest = null
  /** @type {number | undefined} */
  let resting
  /** @type {number | undefined} */
  let describing
  let turn = 0

  /** The run's own reel: another one may be drawn in its place. */
  let own = scene.reel
  /** @type {number | null} the step that is looked at, be it beyond the end of the run that is drawn */
  let lookedAt = null
  const sweeping = makeSweeping(parts.sweep, { own: () => own, show: showOther })

  const observer = new ResizeObserver(() => {
    if (host.clientWidth !== scene.measured) arrangeAndPaint()
    leaveRoom(parts.readings.root, parts.foot)
  })
  observer.observe(host)
  for (const kind of ELSEWHERE) document.addEventListener(kind, leave, true)

  const forgetPrinting = followPrinting(host, () => {
    recolor(scene)
    arrangeAndPaint()
  })

  offerPicture(host, () => drawnOnPaper(host, repaint, () => scenePicture(scene, keyFrame(playback))))

  function arrangeAndPaint() {
    arrange(scene, keyFrame(playback))
    paint()
  }

  // Tiles and colors as they are now, wherever the last frame stood.
  function repaint() {
    recolor(scene)
    paintInputs(scene.maps, scene.reel, scene.colors)
    scene.stale = true
    paint()
  }

  /** @param {number} [now] when a frame is drawn; without it the playhead stays */
  function paint(now) {
    frameRequest = null
    if (playback.playing && now !== undefined) {
      advance(playback, now, withoutMotion.matches)
      if (!playback.playing) settle()
    }
    const here = keyFrame(playback)
    draw(scene, playback.playhead, here)
    // While the film moves each text is written every second frame: nobody reads faster, and each costs a layout.
    turn = playback.playing || playback.scrubbing ? 1 - turn : 0
    if (!turn) {
      paintReadings(readings, here)
      inspector.note = parts.panel.note
      paintInspector(inspector, scene.reel, scene.hovered, here, isFree)
      paintEdgeLegend(legend, scene.reel.largest[here])
      sweeping.paint(lookedAt === null ? scene.reel.steps[here] : Math.round(lookedAt))
      const { picture, sample } = scene
      if (picture.pixels && sample) writeScale(picture.pixels, sample, scene.reel, here)
      paintControls(controls, playback.playing, here, playback.last)
    }
    // A hand that rests within a drag must not leave the texts of the frame before.
    if (playback.playing || turn) requestPaint()
  }

  function requestPaint() {
    frameRequest ??= requestAnimationFrame(paint)
  }

  /**
   * Another run at the same step.
   * @param {Reel} reel
   */
  function showOther(reel) {
    if (reel === scene.reel) return
    const step = lookedAt ?? stepAt(scene.reel, playback.playhead)
    drawOther(scene, reel)
    playback.last = reel.count - 1
    playback.playhead = placeOf(reel, step)
    lookedAt = playback.playing ? null : step
    if (!playback.playing) playback.playhead = keyFrame(playback)
    clearTimeout(describing)
    describing = setTimeout(describe, REST_MS)
    requestPaint()
  }

  function held() {
    return { film: own.key, sweep: sweeping.key }
  }

  // Where the playhead stands is sent once it has come to rest.
  function settle() {
    clearTimeout(resting)
    resting = setTimeout(rest, REST_MS)
  }

  function rest() {
    clearTimeout(resting)
    resting = undefined
    if (playback.playing || playback.scrubbing) return
    const step = scene.reel.steps[keyFrame(playback)]
    describe()
    if (step !== sent) outbox.postOnce("position", { step, ...held() })
    sent = step
  }

  // What is done next acts from the shown step on.
  function standStill() {
    if (playback.playing) {
      pause(playback)
      requestPaint()
    }
    rest()
  }

  /**
   * What is done elsewhere on the page comes after what was done here.
   * @param {Event} event
   */
  function leave(event) {
    if (resting !== undefined && !event.composedPath().includes(host)) rest()
  }

  // On the timeline its own text has been read out already.
  function describe() {
    const { reel } = scene
    const index = keyFrame(playback)
    describeTimeline(timeline, reel, index)
    describeScene(scene, index)
    const trained = reel.last > 0 && announced !== reel.key
    announced = reel.key
    const now = stepText(reel, index)
    const sentence = trained ? `${endOfTraining(reel.last, reel.diverged)} ${now}.` : `${now}.`
    if (trained || !timeline.track.matches(":focus")) announce(announcer, reel.key + now, sentence)
  }

  function toggle() {
    if (!playback.last) return
    lookedAt = null
    if (playback.playing) {
      pause(playback)
      settle()
    } else play(playback)
    requestPaint()
  }

  /** @param {number} by so many key frames */
  function move(by) {
    playback.playing = false
    lookedAt = null
    seek(playback, keyFrame(playback) + by)
    describeTimeline(timeline, scene.reel, keyFrame(playback))
    settle()
    requestPaint()
  }

  /** @param {number} speed */
  function hasten(speed) {
    playback.speed = speed
  }

  function scrubStart() {
    playback.playing = false
    lookedAt = null
    playback.scrubbing = true
    clearTimeout(resting)
    resting = undefined
  }

  /** @param {number} part how far along the film, from 0 to 1 */
  function scrub(part) {
    seek(playback, nearest(scene.reel.steps, part * scene.reel.end))
    requestPaint()
  }

  function scrubEnd() {
    playback.scrubbing = false
    settle()
    requestPaint()
  }

  /** @param {LossScaleName} scale */
  function rescale(scale) {
    setScale(timeline, scale)
    arrangeTimeline(timeline, scene.reel, scene.colors, scene.sizes.width)
    paintTimeline(timeline, scene.reel, playback.playhead)
    outbox.postOnce("scale", { scale, ...held() })
  }

  /** @param {number | null} unit enlarged from now on, or no more where it is already */
  function select(unit) {
    const { reel, selected, hovered } = scene
    const last = reel.nodes.length - 1
    // The only output's own map is what the square shows anyway.
    const whole = unit === selected || (unit === last && reel.outputs === 1)
    scene.selected = whole ? null : unit
    if (hovered?.kind === "point") scene.hovered = null
    arrangePlane(plane, reel, scene.colors, scene.selected)
    scene.stale = true
    requestPaint()
  }

  /** @param {Item | null} item */
  function hover(item) {
    if (item?.kind === scene.hovered?.kind && item?.index === scene.hovered?.index) return
    scene.hovered = item
    requestPaint()
  }

  /** @param {number} number */
  function request(number) {
    const { sample } = scene
    if (!isFree || !sample || number < 1 || number > sample.samples || number === wanted) return
    wanted = number
    outbox.postOnce("sample", { sample: number, ...held() })
  }

  /** @param {number} by */
  function choose(by) {
    request(wanted + by)
  }

  /** @param {number} point of those on the plane */
  function drawPoint(point) {
    const { rows } = scene.reel.points
    if (rows.length) request(rows[point] + 1)
  }

  function pendingPoints() {
    return outbox.items.filter((item) => "label" in item)
  }

  /** @param {PlacedAt} at @param {number} label */
  function placePoint(at, label) {
    outbox.add({ ...at, label }, held())
    plane.pending = pendingPoints()
    paintDots(plane, scene.reel, scene.colors)
  }

  /** @param {PlaneView[]} views */
  function changeViews(views) {
    showPlane(views)
    if (isFree) outbox.add({ id: VIEWS_ID, text: views.join(".") }, held())
  }

  /** @param {PlaneView[]} views */
  function showPlane(views) {
    if (views.join() === plane.views.join()) return
    plane.views = views
    // A sample that is hidden has no numbers to be shown.
    if (scene.hovered?.kind === "point") scene.hovered = null
    arrangePlane(plane, scene.reel, scene.colors, scene.selected)
    scene.stale = true
    requestPaint()
  }

  // The samples are drawn where the sliders of the panel have them.
  function moveData() {
    const { reel, colors } = scene
    const { data, numbers } = parts.panel
    const moved = movedPoints(reel.data, reel.points, {
      of: data,
      noise: numbers.get("data.noise") ?? NaN,
      share: numbers.get("data.train_share") ?? NaN,
    })
    if (!moved && !plane.moved) return
    plane.moved = moved
    if (scene.hovered?.kind === "point") hover(null)
    paintDots(plane, reel, colors)
  }

  /** @param {KeyboardEvent} event */
  function press(event) {
    if (
      event.ctrlKey || event.metaKey || event.altKey ||
      closestTo(event, "select, .panel, .along, .sweep, .view")
    ) return
    if (event.key === " " && !closestTo(event, "button")) toggle()
    else if (event.key === "ArrowRight" || event.key === "ArrowUp") move(event.shiftKey ? 10 : 1)
    else if (event.key === "ArrowLeft" || event.key === "ArrowDown") move(event.shiftKey ? -10 : -1)
    else if (event.key === "Home") move(-Infinity)
    else if (event.key === "End") move(Infinity)
    else if (event.key === "Escape" && scene.selected !== null) select(null)
    else return
    event.preventDefault()
  }

  /**
   * Puts the playhead of a new film where it starts.
   * @param {number} step
   */
  function start(step) {
    own = scene.reel
    lookedAt = null
    const { steps, count } = scene.reel
    playback.playing = false
    playback.last = count - 1
    playback.playhead = nearest(steps, step)
    sent = steps[playback.playhead]
  }

  /**
   * Plays a film that is new from the step where the reader was; without motion it stands at its end at once.
   * @param {number} step
   */
  function playFrom(step) {
    const place = nearest(scene.reel.steps, step)
    if (withoutMotion.matches || place >= playback.playhead) return
    playback.playhead = place
    play(playback)
  }

  function showAll() {
    showChosen(chooser, scene.sample, isFree)
    arrangeAndPaint()
    if (!playback.playing) describe()
  }

  start(model.position)
  sweeping.take(model)
  // Of a player that is built anew; later the switch is ahead of Python.
  setScale(timeline, model.scale)
  offerPlacing(plane, model.placing, scene.colors)
  plane.views = model.views
  moveData()
  showAll()

  return {
    get key() {
      return own.key
    },

    get held() {
      return held()
    },

    get taken() {
      return sweeping.taken
    },

    look: sweeping.look,

    /**
     * Shows what Python has passed: another film, or the same one in another way.
     * @param {PlayerModel} now
     */
    show(now) {
      const { reel } = scene
      scene.palette = now.palette
      if ("theta" in now.film && now.film.key !== reel.key) {
        takeFilm(scene, now.film, now)
        start(now.position)
        if (now.play_from !== null) playFrom(now.play_from)
      }
      const isRearranged = sweeping.take(now)
      const isRedrawn = takePicture(scene, now.picture)
      if (isRedrawn || scene.reel !== reel) wanted = scene.sample?.number ?? 1
      const points = pendingPoints()
      const isPlaced = points.length < plane.pending.length
      plane.pending = points
      const isRounded = JSON.stringify(now.precision) !== JSON.stringify(reel.precision)
      scene.reel.precision = now.precision
      own.precision = now.precision
      const isRecolored = recolor(scene)
      offerPlacing(plane, now.placing, scene.colors)
      if (!outbox.items.some((item) => "id" in item && item.id === VIEWS_ID)) showPlane(now.views)
      moveData()
      if (inspector.note !== parts.panel.note) {
        if (parts.panel.note) announce(announcer, parts.panel.note, parts.panel.note)
        requestPaint()
      }
      if (scene.reel !== reel || isRounded || isRecolored || isRedrawn || isRearranged) showAll()
      else if (isPlaced) paintDots(plane, scene.reel, scene.colors)
    },

    toggle,
    move,
    hasten,
    scrubStart,
    scrub,
    scrubEnd,
    rescale,
    select,
    hover,
    placePoint,
    choose,
    drawPoint,
    changeViews,
    press,
    standStill,
    moveData,

    stop() {
      observer.disconnect()
      sweeping.stop()
      leaveNoRoom()
      forgetPrinting()
      if (frameRequest !== null) cancelAnimationFrame(frameRequest)
      clearTimeout(resting)
      clearTimeout(describing)
      for (const kind of ELSEWHERE) document.removeEventListener(kind, leave, true)
    },
  }
}
