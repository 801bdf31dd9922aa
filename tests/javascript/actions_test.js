import { makeFilm } from "../../ui/components/base/film.js"
import { makeActions } from "../../ui/components/live_network/actions.js"
import { assertEquals } from "./assert.js"
import { begin, NO_FRAMES } from "./live_data.js"

/** @import { NetworkOutbox } from "../../ui/components/live_network/actions.js" */

const SENT = { control: "w", key: "film", positions: [-1, 0, 1], ...NO_FRAMES }

/** The actions on a network of one weight, what they send, and which controls are put back. */
function start() {
  const state = begin()
  /** @type {unknown[]} */
  const sent = []
  /** @type {string[]} */
  const back = []
  /** @type {NetworkOutbox} */
  const outbox = {
    items: [],
    emit() {},
    number: () => 1,
    request: (name, value) => void sent.push([name, value]),
    post: (name, value) => void sent.push([name, value]),
    postLater() {},
    postOnce() {},
    add: (item, along, key) => void sent.push([item, along, key]),
    addInTurn() {},
    receive: () => true,
    stop() {},
  }
  const actions = makeActions(state, outbox, {
    isItem: (id) => id === "w",
    paint() {},
    moved() {},
    back: (id) => back.push(id),
  })
  const playFilm = () => {
    const made = { of: "", numbers: "", future: null, isWhole: true, isComplete: true }
    state.films.playing = { ...makeFilm(SENT, 0), ...made }
  }
  return { state, actions, sent, back, playFilm }
}

Deno.test("the film of a control is requested once, and not where it is here or answers are hidden", () => {
  const { state, actions, sent, playFilm } = start()
  actions.grab("w", false)
  actions.grab("w", false)
  assertEquals(sent, [["grabbed", { id: "w", low: -2, high: 2, held: null }]])
  state.films.requested = null
  playFilm()
  actions.grab("w", false)
  assertEquals(sent.length, 1)
  state.films.playing = null
  state.view.answers = false
  actions.grab("w", false)
  assertEquals(sent.length, 1)
})

Deno.test("what is pressed is selected, and sent when it is let go, once", () => {
  const { state, actions, sent, playFilm } = start()
  playFilm()
  actions.grab("w", true)
  assertEquals([state.view.selected, state.attended, sent.length], ["w", null, 0])
  actions.leave()
  actions.leave()
  assertEquals(sent, [["selected", { id: "w" }]])
})

Deno.test("a control that is no item of the drawing is explained, and the selection stays", () => {
  const { state, actions, sent } = start()
  actions.grab("eta", true)
  actions.leave()
  assertEquals([state.view.selected, state.attended, sent.length], ["none", "eta", 0])
})

Deno.test("a control moves along the positions of its film, and freely without one", () => {
  const { state, actions, playFilm } = start()
  actions.move("w", 0.7, true)
  assertEquals(state.moving, { id: "w", value: 0.7, committed: false })
  playFilm()
  actions.move("w", 0.7, true)
  assertEquals(state.moving?.value, 1)
})

Deno.test("a control that is let go commits its number, with the film that is here and the selection", () => {
  const { state, actions, sent, playFilm } = start()
  playFilm()
  actions.grab("w", true)
  actions.move("w", 0.7, true)
  actions.release("w")
  const change = [{ id: "w", text: "1" }, { held: "film", selected: "w" }, "w"]
  assertEquals(sent, [change])
  // The selection has gone with it.
  actions.leave()
  assertEquals(sent.length, 1)
  assertEquals(state.moving?.committed, true)
})

Deno.test("another number typed makes the film untrue", () => {
  const { state, actions, sent, playFilm } = start()
  playFilm()
  actions.type("eta", "0.5")
  assertEquals(sent, [[{ id: "eta", text: "0.5" }, { held: null, selected: "none" }, "eta"]])
  assertEquals(state.films.playing, null)
})

Deno.test("a drag that becomes a scroll goes back and sends nothing, one that is committed stays", () => {
  const { state, actions, sent, back } = start()
  actions.move("w", 0.7, true)
  actions.cancel("w")
  actions.release("w")
  assertEquals([state.moving, back, sent], [null, ["w"], []])
  actions.move("w", 0.7, true)
  actions.release("w")
  actions.cancel("w")
  assertEquals([state.moving?.value, back.length, sent.length], [0.7, 1, 1])
})

Deno.test("an item that is selected gets the film of its control, a selection of nothing none", () => {
  const { actions, sent } = start()
  actions.select("w")
  assertEquals(sent.map((message) => /** @type {unknown[]} */ (message)[0]), ["selected", "grabbed"])
  actions.select("none")
  assertEquals(sent.slice(2), [["selected", { id: "none" }]])
})

Deno.test("a change of the view is sent with all that belongs to it", () => {
  const { state, actions, sent } = start()
  actions.changeView({ scale: "linear" })
  assertEquals(sent, [["view", {
    color: "weight",
    scale: "linear",
    labels: true,
    loss_scale: "linear",
    horizon: 100,
    stage: "all",
    predict: false,
    tab: "along",
    nudge: 1e-4,
  }]])
  assertEquals(state.view.scale, "linear")
})
