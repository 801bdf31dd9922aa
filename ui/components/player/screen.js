// What is on the screen once there is a film: what is drawn, and what the reader does with it, from one playhead.

import { announce } from "../base/announcer.js"
import { leaveNoRoom, leaveRoom } from "../base/cover.js"
import { closestTo, setText } from "../base/dom.js"
import { markElsewhere } from "../base/elsewhere.js"
import { nearest } from "../base/film.js"
import { drawnOnPaper, followPrinting } from "../base/paper.js"
import { offerPicture } from "../base/standalone.js"
import { showChosen } from "./chooser.js"
import { paintControls } from "./controls.js"
import { paintEdgeLegend } from "./edge_legend.js"
import { paintInspector } from "./inspector.js"
import { endLearning, followsHandOver, goesOnWith, noteWaiting, statusOf, takeHandedOver } from "./learner.js"
import { keepLastSeen, takeLastSeen } from "./last_seen.js"
import { makeLearning, VIEWS_ID } from "./learning.js"
import { paintInputs } from "./maps.js"
import { writeScale } from "./pixels.js"
import { offerPlacing } from "./plane.js"
import { makePlaneChoices } from "./plane_choices.js"
import { paintDots } from "./plane_points.js"
import { advance, keyFrame, seek } from "./playback.js"
import { makePointing } from "./pointing.js"
import { paintReadings } from "./readings.js"
import { hasAllOf, hasUnsent, placeOf, stepAt } from "./reel.js"
import { makeResting } from "./resting.js"
import {
  arrange,
  draw,
  drawOther,
  keepAhead,
  makeScene,
  recolor,
  scenePicture,
  takeContinuation,
  takeFilm,
  takePicture,
} from "./scene.js"
import { makeShowing } from "./showing.js"
import { FILM_ID, makeSweeping } from "./sweeping.js"
import { arrangeTimeline, paintTimeline, setScale } from "./timeline.js"
import { makeTransport, withoutMotion } from "./transport.js"

/** @import { LossScaleName, PlayerModel, SentContinuation, SentRun } from "./model.d.ts" */
/** @import { Parts } from "./parts.js" */
/** @import { Reel } from "./reel.js" */
/** @import { PlayerOutbox } from "./showing.js" */

// Beside the title, the legend and the scale of the loss there is room for a longer status.
const ADVICE_WIDTH = 600

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
  const isFree = model.session !== undefined
  const scene = makeScene(host, parts, film, model, {
    select: (unit) => pointing.select(unit),
    hover: (item) => pointing.hover(item),
    edit: (edge) => pointing.edit(edge),
  })
  const showing = makeShowing(host, parts, scene, outbox, isFree)
  const { playback, learner } = showing
  /** @type {number | null} */
  let frameRequest = null
  let turn = 0
  /** Whether a film is to be sent whose steps had come as next steps. */
  let isRequested = false
  /** The sentence of Python that was shown last below the drawing. */
  let noted = parts.panel.note

  const sweeping = makeSweeping(parts.sweep, { own: () => showing.own, show: showOther })
  const resting = makeResting(showing, held)
  const learning = makeLearning(showing, resting, requestPaint)
  const lastSeen = isFree ? keepLastSeen(showing) : null
  const transport = makeTransport(showing, { resting, learning }, { takeShown, requestPaint })
  const choices = makePlaneChoices(showing, learning, { held, requestPaint })
  const pointing = makePointing(showing, { learning, transport, sweeping }, { held, requestPaint })

  const observer = new ResizeObserver(() => {
    if (host.clientWidth !== scene.measured) arrangeAndPaint()
    leaveRoom(parts.readings.root, parts.foot)
  })
  observer.observe(host)

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
    if (learning.isHeld()) playback.before = null
    else if (playback.playing && now !== undefined) {
      advance(playback, now, withoutMotion.matches)
      const { reel } = scene
      reel.reached = Math.max(reel.reached, reel.steps[keyFrame(playback)])
      if (learner.over && playback.playhead === playback.last) transport.halt()
      if (!playback.playing) resting.settle()
    }
    learning.requestDue()
    const here = keyFrame(playback)
    draw(scene, playback.playhead, here)
    // While the film moves each text is written every second frame: nobody reads faster, and each costs a layout.
    turn = playback.playing || playback.scrubbing ? 1 - turn : 0
    if (!turn) write(here)
    // A hand that rests within a drag must not leave the texts of the frame before.
    if (playback.playing || turn) requestPaint()
  }

  /** @param {number} here the key frame */
  function write(here) {
    const { lookedAt } = showing
    paintReadings(readings, here)
    inspector.note = parts.awaited || parts.panel.note || learner.over
    paintInspector(inspector, scene.reel, scene.hovered, here, isFree)
    paintEdgeLegend(legend, scene.reel.largest[here])
    sweeping.paint(lookedAt === null ? scene.reel.steps[here] : Math.round(lookedAt))
    const { picture, sample } = scene
    if (picture.pixels && sample) writeScale(picture.pixels, sample, scene.reel, here)
    paintControls(controls, playback.playing, here, playback.last, isFree)
    const waits = playback.playhead === playback.last || learning.isHeld()
    const isLate = noteWaiting(learner, waits, performance.now())
    setText(timeline.status, statusOf(learner, waits, isLate, scene.measured >= ADVICE_WIDTH))
    resting.noteLate(isLate)
    if (playback.playing) parts.weight.root.hidden = true
    if (isFree) markElsewhere(sweeping.taken !== null || !isAtPageStep(here))
  }

  /** @param {number} here the key frame */
  function isAtPageStep(here) {
    const { steps, grown } = scene.reel
    // A film may have fewer key frames than Python; next steps have others.
    return grown ? steps[here] === showing.pageStep : here === nearest(steps, showing.pageStep)
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
    if (reel === scene.reel || learner.isOn || learner.isHandedOver || hasUnsent(scene.reel)) return
    const step = showing.lookedAt ?? stepAt(scene.reel, playback.playhead)
    drawOther(scene, reel)
    playback.steps = reel.steps
    playback.last = reel.count - 1
    playback.playhead = placeOf(reel, step)
    showing.lookedAt = playback.playing ? null : step
    if (!playback.playing) playback.playhead = keyFrame(playback)
    resting.describeSoon()
    requestPaint()
  }

  function held() {
    // Where what was seen has been sent for good, the film of it is still to come, be its key the same.
    return { film: learner.isHandedOver || isRequested ? null : showing.own.key, sweep: sweeping.key }
  }

  function takeShown() {
    const { taken } = sweeping
    if (taken) outbox.add({ id: FILM_ID, text: taken }, held(), FILM_ID)
    return taken !== null
  }

  /** @param {LossScaleName} scale */
  function rescale(scale) {
    setScale(timeline, scale)
    arrangeTimeline(timeline, scene.reel, scene.colors, scene.sizes.width)
    paintTimeline(timeline, scene.reel, playback.playhead)
    outbox.postOnce("scale", { scale, ...held() })
  }

  /** @param {KeyboardEvent} event */
  function press(event) {
    if (
      event.ctrlKey || event.metaKey || event.altKey ||
      closestTo(event, "select, .panel, .along, .sweep, .view, .weight")
    ) return
    if (!transport.press(event)) {
      if (event.key !== "Escape" || scene.selected === null) return
      pointing.select(null)
    }
    event.preventDefault()
  }

  /**
   * Puts the playhead of a new film where it starts.
   * @param {number} step
   */
  function start(step) {
    showing.own = scene.reel
    showing.lookedAt = null
    const { steps, count } = scene.reel
    playback.playing = false
    playback.steps = steps
    playback.last = nearest(steps, scene.reel.last)
    playback.playhead = nearest(steps, step)
    learner.after = steps[count - 1]
    learner.underway = null
    resting.note(steps[playback.playhead])
  }

  /**
   * Takes another film: one of what was seen of a run that was trained on leaves the reader where they are.
   * @param {SentRun | SentContinuation} film
   * @param {PlayerModel} now
   */
  function change(film, now) {
    isRequested = false
    const end = "theta" in film ? film.steps[film.steps.length - 1] : film.last
    // One that is to be played, and goes further than what was seen, is of a press on another button behind that.
    const isToBePlayed = now.play_from !== null && end !== scene.reel.reached
    const isOwn = learner.isHandedOver && !isToBePlayed
    const isGoingOn = (learner.isOn && isOwn) || goesOnWith(learner, now)
    // The run of a value that was shown is that of the page now, and takes the step that was to follow.
    const isToStep = learner.awaitsFilm
    const before = scene.reel
    const at = stepAt(before, playback.playhead)
    if ("theta" in film) takeFilm(scene, film, now)
    else takeContinuation(scene, film)
    const isOfHandOver = takeHandedOver(learner, end, now.seq)
    if (!("theta" in film)) resting.keepDescribed(film.key)
    else if (isOwn && isOfHandOver && before.run === scene.reel.run && !learner.single) {
      keepAhead(scene, before)
      resting.keepDescribed(film.key)
    }
    start(now.position)
    if (isOwn) {
      playback.playhead = placeOf(scene.reel, at)
      if (!isGoingOn) seek(playback, keyFrame(playback))
    } else {
      endLearning(learner)
      learner.over = ""
    }
    lastSeen?.keep()
    resting.noteTrained(now.play_from !== null)
    if (isGoingOn) transport.goOn()
    else if (isToStep) transport.move(1)
    else if (now.play_from !== null) transport.playFrom(now.play_from)
  }

  // Of a value that Python has not taken there is nothing to train on.
  function isRefused() {
    const isTraining = learner.isOn || learner.awaitsFilm
    return isTraining && sweeping.taken !== null &&
      !outbox.items.some((item) => "id" in item && item.id === FILM_ID)
  }

  /**
   * The rest of the page is of a step at which Python has a key frame: of steps that have come as next steps the drawing
   * has others. Where it lacks that one, the film is sent.
   * @param {number} step
   */
  function restAt(step) {
    const { reel } = scene
    const isMoving = playback.playing || playback.scrubbing || resting.isPending || learner.single > 0
    if (isMoving || isRequested || learner.isHandedOver || !reel.grown || sweeping.taken !== null) return
    const place = reel.steps.indexOf(step)
    if (place === keyFrame(playback)) return
    if (place < 0) {
      isRequested = true
      resting.post(step, null)
      return
    }
    seek(playback, place)
    resting.note(step)
    resting.describeSoon()
    requestPaint()
  }

  function showAll() {
    showChosen(chooser, scene.sample, isFree)
    arrangeAndPaint()
    if (!playback.playing) resting.describe()
  }

  showing.pageStep = model.position
  start(model.position)
  pointing.noteSample()
  sweeping.take(model)
  // Of a player that is built anew; later the switch is ahead of Python.
  setScale(timeline, model.scale)
  offerPlacing(plane, model.placing, scene.colors)
  plane.views = model.views
  choices.moveData()
  showAll()
  const seen = isFree ? takeLastSeen(film.key) : null
  if (seen) resting.post(seen.step, seen.end)

  return {
    get key() {
      return showing.own.key
    },

    get held() {
      return held()
    },

    /**
     * Whether a film that is not sent is what has been handed over.
     * @param {SentContinuation} film
     */
    hasAllOf(film) {
      return learner.isHandedOver && hasAllOf(scene.reel, film)
    },

    get taken() {
      return sweeping.taken
    },

    /** @param {number | null} wanted */
    look(wanted) {
      if (learner.isOn || hasUnsent(scene.reel)) {
        transport.halt()
        resting.settle()
      } else sweeping.look(wanted)
    },

    /**
     * Shows what Python has passed: another film, or the same one in another way.
     * @param {PlayerModel} now
     * @param {boolean} isNewest whether that was made with all that has been sent
     */
    show(now, isNewest) {
      const { reel } = scene
      const { own } = showing
      showing.pageStep = now.position
      scene.palette = now.palette
      const { film } = now
      const isSent = "theta" in film || "still" in film
      const isAwaited = followsHandOver(learner, now.seq) || (isRequested && "theta" in film)
      if (isSent && (film.key !== own.key || isAwaited)) change(film, now)
      else if (isRefused()) transport.halt()
      const isRearranged = sweeping.take(now)
      const isRedrawn = takePicture(scene, now.picture)
      if (isRedrawn || scene.reel !== reel) pointing.noteSample()
      const points = choices.pendingPoints()
      const isPlaced = points.length < plane.pending.length
      plane.pending = points
      const isRounded = JSON.stringify(now.precision) !== JSON.stringify(reel.precision)
      scene.reel.precision = now.precision
      showing.own.precision = now.precision
      const isRecolored = recolor(scene)
      offerPlacing(plane, now.placing, scene.colors)
      if (!outbox.items.some((item) => "id" in item && item.id === VIEWS_ID)) choices.showPlane(now.views)
      choices.moveData()
      if (parts.panel.note !== noted) {
        noted = parts.panel.note
        if (noted) announce(announcer, noted, noted)
      }
      requestPaint()
      if (scene.reel !== reel || isRounded || isRecolored || isRedrawn || isRearranged) showAll()
      else if (isPlaced) paintDots(plane, scene.reel, scene.colors)
      if (!isNewest) return
      pointing.showRefused(now.refused_weights ?? {})
      restAt(now.position)
    },

    ...transport,
    ...choices,
    ...pointing,
    rescale,
    press,
    refresh: requestPaint,

    stop() {
      observer.disconnect()
      sweeping.stop()
      learning.stop()
      lastSeen?.stop()
      transport.stop()
      resting.stop()
      leaveNoRoom()
      markElsewhere(false)
      forgetPrinting()
      if (frameRequest !== null) cancelAnimationFrame(frameRequest)
    },
  }
}
