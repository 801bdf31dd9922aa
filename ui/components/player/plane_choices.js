// What the reader does on the plane: places points, draws a sample, and chooses how it is shown.

import { movedPoints, samplesAt } from "./data_film.js"
import { VIEWS_ID } from "./learning.js"
import { arrangePlane } from "./plane.js"
import { keyFrame } from "./playback.js"
import { paintDots } from "./plane_points.js"

/** @import { HeldFilm, PlacedAt, PlaneView } from "./model.d.ts" */
/** @import { Learning } from "./learning.js" */
/** @import { Showing } from "./showing.js" */

/** @typedef {ReturnType<typeof makePlaneChoices>} PlaneChoices */

/**
 * @param {Showing} showing
 * @param {Learning} learning
 * @param {{ held: () => HeldFilm, requestPaint: () => void }} screen
 */
export function makePlaneChoices(showing, learning, { held, requestPaint }) {
  const { parts, scene, playback, outbox, isFree } = showing
  const { plane } = parts

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

  function pendingPoints() {
    return outbox.items.filter((item) => "label" in item)
  }

  return {
    pendingPoints,
    showPlane,

    /** @param {PlacedAt} at @param {number} label */
    placePoint(at, label) {
      learning.noteStep()
      outbox.add({ ...at, label }, held())
      plane.pending = pendingPoints()
      paintDots(plane, scene.reel, scene.colors)
    },

    /** @param {PlaneView[]} views */
    changeViews(views) {
      showPlane(views)
      learning.noteStep()
      if (isFree) outbox.add({ id: VIEWS_ID, text: views.join(".") }, held())
    },

    /** Draws the samples where the sliders of the panel have them. */
    moveData() {
      const { reel, colors } = scene
      const { data, numbers, acknowledged } = parts.panel
      const here = samplesAt(reel.samples, reel.steps[keyFrame(playback)])
      // Where samples change on the way, a slider at rest may still have those of another step.
      /** @type {(id: string, now: number | undefined) => number} */
      const chosen = (id, now) => {
        const number = numbers.get(id) ?? NaN
        return now !== undefined && number === acknowledged.get(id) ? now : number
      }
      const film = reel.data && here ? { ...reel.data, noise: here.noise, share: here.share } : reel.data
      const moved = movedPoints(film, reel.points, {
        of: data,
        noise: chosen("data.noise", here?.noise),
        share: chosen("data.train_share", here?.share),
      })
      if (!moved && !plane.moved) return
      plane.moved = moved
      if (scene.hovered?.kind === "point") {
        scene.hovered = null
        requestPaint()
      }
      paintDots(plane, reel, colors)
    },
  }
}
