// What the reader points at in the drawing: a unit to enlarge, an item to explain, a weight to change, a sample to draw.

import { announce } from "../base/announcer.js"
import { arrangePlane } from "./plane.js"
import { keyFrame } from "./playback.js"
import { openWeightBox } from "./weight_box.js"

/** @import { HeldFilm } from "./model.d.ts" */
/** @import { Learning } from "./learning.js" */
/** @import { Refusal } from "../base/slider.d.ts" */
/** @import { EdgeItem, Item, NetworkPicture } from "./network.js" */
/** @import { Reel } from "./reel.js" */
/** @import { Showing } from "./showing.js" */
/** @import { Sweeping } from "./sweeping.js" */
/** @import { Transport } from "./transport.js" */

const WEIGHT_ID = "weight"

/** @typedef {ReturnType<typeof makePointing>} Pointing */

/**
 * The edge whose box has a number of θ: its weight, or the bias of the unit that it leads to.
 * @param {NetworkPicture} picture
 * @param {Reel} reel
 * @param {number} place
 */
function edgeOf({ edges }, { nodes }, place) {
  return edges.find(({ index }) => index === place) ?? edges.find(({ to }) => nodes[to].biasIndex === place)
}

/**
 * @param {Showing} showing
 * @param {{ learning: Learning, transport: Transport, sweeping: Sweeping }} others
 * @param {{ held: () => HeldFilm, requestPaint: () => void }} screen
 */
export function makePointing(showing, { learning, transport, sweeping }, { held, requestPaint }) {
  const { parts, scene, playback, outbox, isFree } = showing
  /** The sample that is to be drawn, be it that Python has not sent it yet. */
  let wanted = 1

  /** @param {number} number */
  function request(number) {
    const { sample } = scene
    if (!isFree || !sample || number < 1 || number > sample.samples || number === wanted) return
    wanted = number
    learning.noteStep()
    outbox.postOnce("sample", { sample: number, ...held() })
  }

  return {
    /** @param {number | null} unit enlarged from now on, or no more where it is already */
    select(unit) {
      const { reel, selected, hovered } = scene
      const last = reel.nodes.length - 1
      // The only output's own map is what the square shows anyway.
      const whole = unit === selected || (unit === last && reel.outputs === 1)
      scene.selected = whole ? null : unit
      if (hovered?.kind === "point") scene.hovered = null
      arrangePlane(parts.plane, reel, scene.colors, scene.selected)
      scene.stale = true
      requestPaint()
    },

    /** @param {Item | null} item */
    hover(item) {
      if (item?.kind === scene.hovered?.kind && item?.index === scene.hovered?.index) return
      scene.hovered = item
      requestPaint()
    },

    /**
     * Opens the box of a weight at the shown step; of pictures, and in a saved page, there is none.
     * @param {EdgeItem} edge
     */
    edit(edge) {
      if (!isFree || showing.own.pixels) return
      if (playback.playing) transport.halt()
      // Of several runs it is the film's own that a weight is set in.
      sweeping.look(null)
      transport.standStill()
      openWeightBox(parts.weight, scene.reel, keyFrame(playback), edge, edge.group)
      requestPaint()
    },

    /**
     * Takes what could not be read as a weight: the box of the first that is new opens again, with its text and the reason.
     * While a film plays no edge has a box; it opens with the text then.
     * @param {Record<string, Refusal>} refused by the places of weights in θ
     */
    showRefused(refused) {
      const { weight, announcer } = parts
      const news = Object.entries(refused).find(([place, { text, message }]) =>
        weight.refused[place]?.text !== text || weight.refused[place]?.message !== message
      )
      weight.refused = refused
      if (!news) return
      const [place, { message }] = news
      announce(announcer, message, message)
      const edge = edgeOf(scene.picture, scene.reel, Number(place))
      if (!edge || playback.playing) return
      // Whoever has gone on elsewhere stays there.
      openWeightBox(weight, scene.reel, keyFrame(playback), edge, edge.group, edge.group.matches(":focus"))
    },

    /** @param {number} index of the weight in θ @param {string} text */
    setWeight(index, text) {
      transport.standStill()
      outbox.add({ id: WEIGHT_ID, text: `${index} ${text}` }, held())
    },

    /** Takes the sample that is drawn as the one to be drawn. */
    noteSample() {
      wanted = scene.sample?.number ?? 1
    },

    /** @param {number} by */
    choose(by) {
      request(wanted + by)
    },

    /** @param {number} point of those on the plane */
    drawPoint(point) {
      const { rows } = scene.reel.points
      if (rows.length) request(rows[point] + 1)
    },
  }
}
