// What is on the screen once there is a film: what is drawn, and what the reader does with it, from one playhead.

import { announce, endOfTraining } from "../base/announcer.js"
import { leaveNoRoom, leaveRoom } from "../base/cover.js"
import { closestTo, setText } from "../base/dom.js"
import { nearest } from "../base/film.js"
import { drawnOnPaper, followPrinting } from "../base/paper.js"
import { offerPicture } from "../base/standalone.js"
import { linkToOpen } from "../base/page_links.js"
import { followSteps, requestSteps } from "../base/step_exchange.js"
import { showChosen } from "./chooser.js"
import { movedPoints } from "./data_film.js"
import { offerSpeeds, paintControls } from "./controls.js"
import { paintEdgeLegend } from "./edge_legend.js"
import { paintInspector } from "./inspector.js"
import {
  beginLearning,
  dueSteps,
  endLearning,
  makeLearner,
  noteRequest,
  statusOf,
  takeResponse,
} from "./learner.js"
import { paintInputs } from "./maps.js"
import { writeScale } from "./pixels.js"
import { arrangePlane, offerPlacing } from "./plane.js"
import { paintDots } from "./plane_points.js"
import { advance, FILM_SECONDS, keyFrame, makePlayback, play, seek } from "./playback.js"
import { paintReadings } from "./readings.js"
import { placeOf, stepAt } from "./reel.js"
import {
  arrange,
  describeScene,
  draw,
  drawOther,
  endAtReached,
  makeScene,
  recolor,
  scenePicture,
  takeFilm,
  takeNextSteps,
  takePicture,
} from "./scene.js"
import { makeSweeping } from "./sweeping.js"
import { arrangeTimeline, describeTimeline, paintTimeline, setScale, stepText } from "./timeline.js"
import { openWeightBox } from "./weight_box.js"

/** @import { Outbox } from "../base/protocol.d.ts" */
/** @import { HeldFilm, LossScaleName, FieldText, PlacedAt, PlacedPoint, PlaneView, PlayerModel, PlayerViews, SentRun, SentSteps } from "./model.d.ts" */
/** @import { EdgeItem, Item } from "./network.js" */
/** @import { Parts } from "./parts.js" */
/** @import { Reel } from "./reel.js" */

// What stands for the choices below the plane, among what Python is sent of the reader's changes.
const VIEWS_ID = "plane"
const WEIGHT_ID = "weight"
const REST_MS = 250
// Beside the title, the legend and the scale of the loss there is room for a longer status.
const ADVICE_WIDTH = 600
const ELSEWHERE = ["click", "focusin"]
// The buttons of the page that lead to another run, to this one as it was before, or to a dialog, which a run of the page
// would close as the playhead comes to rest: playing and training end with them.
const ENDING = ".st-key-reset_training, .st-key-undo_training, .st-key-share_page"
// With one of these a change that is made elsewhere may be on its way.
const CHANGING = ["pointerdown", "keydown", "focusin"]
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
  const learner = makeLearner()
  const isFree = model.session !== undefined
  const scene = makeScene(host, parts, film, model, { select, hover, edit })
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
  /** Whether Python has not been sent yet that training has come to rest. */
  let isOwed = false
  /** The sentence of Python that was shown last below the drawing. */
  let noted = parts.panel.note
  let speed = offerSpeeds(controls, isFree)

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
  for (const kind of CHANGING) document.addEventListener(kind, note, true)
  const forgetSteps = followSteps((sent) => takeSteps(/** @type {SentSteps} */ (sent)))

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
    if (isHeld()) playback.before = null
    else if (playback.playing && now !== undefined) {
      advance(playback, now, withoutMotion.matches)
      const { reel } = scene
      reel.reached = Math.max(reel.reached, reel.steps[keyFrame(playback)])
      if (learner.over && playback.playhead === playback.last) halt()
      if (!playback.playing) settle()
    }
    requestDue()
    const here = keyFrame(playback)
    draw(scene, playback.playhead, here)
    // While the film moves each text is written every second frame: nobody reads faster, and each costs a layout.
    turn = playback.playing || playback.scrubbing ? 1 - turn : 0
    if (!turn) {
      paintReadings(readings, here)
      inspector.note = parts.panel.note || learner.over
      paintInspector(inspector, scene.reel, scene.hovered, here, isFree)
      paintEdgeLegend(legend, scene.reel.largest[here])
      sweeping.paint(lookedAt === null ? scene.reel.steps[here] : Math.round(lookedAt))
      const { picture, sample } = scene
      if (picture.pixels && sample) writeScale(picture.pixels, sample, scene.reel, here)
      paintControls(controls, playback.playing, here, playback.last, isFree)
      const status = statusOf(learner, playback.playhead === playback.last, scene.measured >= ADVICE_WIDTH)
      setText(timeline.status, status)
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
    // What is trained on stays on the screen until it has come to rest.
    if (reel === scene.reel || learner.isOn || scene.reel.grown) return
    const step = lookedAt ?? stepAt(scene.reel, playback.playhead)
    drawOther(scene, reel)
    playback.steps = reel.steps
    playback.last = reel.count - 1
    playback.playhead = placeOf(reel, step)
    lookedAt = playback.playing ? null : step
    if (!playback.playing) playback.playhead = keyFrame(playback)
    clearTimeout(describing)
    describing = setTimeout(describe, REST_MS)
    requestPaint()
  }

  function held() {
    // Where what was seen has been sent for good, the film of it is still to come, be its key the same.
    return { film: learner.isHandedOver ? null : own.key, sweep: sweeping.key }
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
    const { steps, grown, reached } = scene.reel
    const step = steps[keyFrame(playback)]
    describe()
    if (step !== sent || isOwed || (grown && !learner.isHandedOver)) {
      const { film, sweep } = held()
      const learned = { film: grown ? null : film, end: grown ? reached : null, of: own.key }
      outbox.postOnce("position", { step, sweep, ...learned })
      learner.isHandedOver ||= grown
    }
    isOwed = false
    sent = step
  }

  // What is done next acts from the shown step on; a run that is trained on goes on from there.
  function standStill() {
    if (learner.isOn) return noteStep()
    if (playback.playing || learner.single) {
      halt()
      requestPaint()
    }
    rest()
  }

  // Behind a change nothing of the run before it is shown: it acts from the step at which it was made.
  function isHeld() {
    return learner.isOn && outbox.items.some((item) => !("id" in item) || item.id !== VIEWS_ID)
  }

  function requestDue() {
    if (isHeld()) return
    const now = performance.now()
    const steps = dueSteps(learner, scene.reel.steps[keyFrame(playback)], playback.rate, now)
    if (!steps) return
    noteRequest(learner, steps, now)
    postWanted()
  }

  // A change is one of the step that is shown, also where training goes on.
  function noteStep() {
    if (learner.isOn) postWanted()
  }

  function postWanted() {
    const { steps, reached } = scene.reel
    requestSteps({
      seq: outbox.number(),
      film: own.key,
      after: learner.after,
      steps: learner.underway?.steps ?? 0,
      step: steps[keyFrame(playback)],
      end: reached,
    })
  }

  /** @param {Event} event */
  function note(event) {
    if (!learner.isOn || event.composedPath().includes(host)) return
    // A key that is held down has been noted.
    if (event instanceof KeyboardEvent && (event.repeat || (event.key.length === 1 && event.key !== " "))) {
      return
    }
    postWanted()
  }

  /** @param {SentSteps} sent */
  function takeSteps(sent) {
    // What comes behind a hand-over is of a run that is none of the screen any more: it is requested of the new film.
    if (sent.of !== own.key || learner.isHandedOver || !(learner.isOn || learner.single)) return
    const last = sent.next?.steps.at(-1) ?? null
    if (!takeResponse(learner, sent, last, performance.now())) return
    if (sent.next) {
      const at = stepAt(scene.reel, playback.playhead)
      takeNextSteps(scene, sent.next)
      const { steps, count } = scene.reel
      playback.steps = steps
      playback.last = count - 1
      playback.playhead = placeOf(scene.reel, at)
    }
    if (!learner.isOn) {
      seek(playback, Infinity)
      scene.reel.reached = scene.reel.last
      endAtReached(scene)
      describeTimeline(timeline, scene.reel, keyFrame(playback))
      if (!learner.single) settle()
    }
    requestPaint()
  }

  // Training ends with what has been seen of it.
  function halt() {
    const { reel } = scene
    isOwed ||= learner.isOn || learner.single > 0
    playback.playing = false
    seek(playback, keyFrame(playback))
    endLearning(learner)
    if (!reel.grown) return
    endAtReached(scene)
    playback.last = nearest(reel.steps, reel.reached)
    seek(playback, playback.playhead)
  }

  /**
   * What is done elsewhere on the page comes after what was done here.
   * @param {Event} event
   */
  function leave(event) {
    if (event.composedPath().includes(host)) return
    const isMoving = learner.isOn || playback.playing
    if (isMoving && event instanceof MouseEvent && (linkToOpen(event) || endsPlaying(event))) {
      // What was seen is what Back, or Undo, leads to.
      halt()
      requestPaint()
      rest()
    } else if (resting !== undefined || learner.single) rest()
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
    if (!playback.last && !isFree) return
    lookedAt = null
    if (playback.playing) {
      halt()
      settle()
    } else goOn()
    requestPaint()
  }

  // Plays what is there, and where it can be trained on, what is trained then.
  function goOn() {
    clearTimeout(resting)
    resting = undefined
    if (isFree) {
      // Of several runs it is the film's own that goes on.
      sweeping.look(null)
      beginLearning(learner)
    }
    playback.endless = isFree
    hasten(speed)
    play(playback)
  }

  /** @param {number} by so many key frames */
  function move(by) {
    const isAtEnd = !playback.playing && keyFrame(playback) === playback.last
    if (by === 1 && isAtEnd && isFree) {
      sweeping.look(null)
      // Behind what was seen come other steps than those that are there already.
      if (learner.after > scene.reel.reached) rest()
      // The steps before it come to rest with it.
      clearTimeout(resting)
      resting = undefined
      learner.single += 1
      learner.over = ""
      return requestPaint()
    }
    halt()
    lookedAt = null
    seek(playback, keyFrame(playback) + by)
    describeTimeline(timeline, scene.reel, keyFrame(playback))
    settle()
    requestPaint()
  }

  /** @param {number} value */
  function hasten(value) {
    speed = value
    playback.rate = isFree ? speed : filmRate() * speed
  }

  function filmRate() {
    return scene.reel.last / FILM_SECONDS
  }

  function scrubStart() {
    halt()
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

  /**
   * Opens the box of a weight; of pictures, and in a saved page, there is none.
   * @param {EdgeItem} edge
   */
  function edit(edge) {
    if (isFree && !own.pixels) openWeightBox(parts.weight, own, edge, edge.group)
  }

  /** @param {number} index of the weight in θ @param {string} text */
  function setWeight(index, text) {
    outbox.add({ id: WEIGHT_ID, text: `${index} ${text}` }, held())
  }

  /** @param {number} number */
  function request(number) {
    const { sample } = scene
    if (!isFree || !sample || number < 1 || number > sample.samples || number === wanted) return
    wanted = number
    noteStep()
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
    noteStep()
    outbox.add({ ...at, label }, held())
    plane.pending = pendingPoints()
    paintDots(plane, scene.reel, scene.colors)
  }

  /** @param {PlaneView[]} views */
  function changeViews(views) {
    showPlane(views)
    noteStep()
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
      closestTo(event, "select, .panel, .along, .sweep, .view, .weight")
    ) return
    if (event.key === " " && !closestTo(event, "button")) toggle()
    else if (event.key === "ArrowRight" || event.key === "ArrowUp") {
      // A key that is held down goes no further ahead than one step.
      if (!event.repeat || !learner.single) move(event.shiftKey ? 10 : 1)
    } else if (event.key === "ArrowLeft" || event.key === "ArrowDown") move(event.shiftKey ? -10 : -1)
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
    playback.steps = steps
    playback.last = count - 1
    playback.playhead = nearest(steps, step)
    learner.after = steps[count - 1]
    learner.underway = null
    sent = steps[playback.playhead]
  }

  /**
   * Takes another film: one of what was seen of a run that was trained on leaves the reader where they are.
   * @param {SentRun} film
   * @param {PlayerModel} now
   */
  function change(film, now) {
    const isOwn = learner.isHandedOver
    const isGoingOn = learner.isOn && (isOwn || now.goes_on)
    const at = scene.reel.steps[keyFrame(playback)]
    takeFilm(scene, film, now)
    start(now.position)
    if (isOwn) seek(playback, nearest(scene.reel.steps, at))
    else {
      endLearning(learner)
      learner.over = ""
    }
    learner.isHandedOver = false
    if (isGoingOn) goOn()
    else if (now.play_from !== null) playFrom(now.play_from)
  }

  /**
   * Plays a film that is new from the step where the reader was; without motion it stands at its end at once.
   * @param {number} step
   */
  function playFrom(step) {
    const place = nearest(scene.reel.steps, step)
    if (withoutMotion.matches || place >= playback.playhead) return
    playback.playhead = place
    playback.endless = false
    playback.rate = filmRate()
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

    /** @param {number | null} wanted */
    look(wanted) {
      if (scene.reel.grown) {
        halt()
        settle()
      } else sweeping.look(wanted)
    },

    /**
     * Shows what Python has passed: another film, or the same one in another way.
     * @param {PlayerModel} now
     */
    show(now) {
      const { reel } = scene
      scene.palette = now.palette
      if ("theta" in now.film && (now.film.key !== own.key || learner.isHandedOver)) change(now.film, now)
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
      if (parts.panel.note !== noted) {
        noted = parts.panel.note
        if (noted) announce(announcer, noted, noted)
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
    setWeight,
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
      forgetSteps()
      for (const kind of CHANGING) document.removeEventListener(kind, note, true)
      for (const kind of ELSEWHERE) document.removeEventListener(kind, leave, true)
    },
  }
}

/** @param {Event} event */
function endsPlaying({ target }) {
  return target instanceof Element && target.closest(ENDING) !== null
}
