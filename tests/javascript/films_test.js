import {
  canRequest,
  filmAlong,
  filmAt,
  heldFilm,
  makeFilms,
  positionFor,
  takeBrought,
  takeNumbers,
} from "../../ui/components/live_network/films.js"
import { assertEquals } from "./assert.js"
import { NO_FRAMES, sentArray } from "./live_data.js"

const FUTURE = {
  steps: [0],
  positions: [0],
  codes: sentArray("<u2", Uint16Array.from([0])),
  low: sentArray("<f4", Float32Array.from([0])),
  high: sentArray("<f4", Float32Array.from([0])),
  last: sentArray("<f8", Float64Array.from([1])),
}
const KEY = "k"

/**
 * What is shown with two numbers, and the film that it names.
 * @param {number} w
 * @param {number} b
 * @param {{ control: string, key: string } | null} [film]
 */
const shown = (w, b, film = null) => ({
  drawing: {},
  biases_fixed: false,
  controls: [{ id: "w", value: w }, { id: "b", value: b }],
  layout: { length: 0 },
  numbers: `${w} ${b}`,
  film,
})
const NOW = shown(0, 2)
const values = (/** @type {ReturnType<typeof shown>} */ { controls }) =>
  new Map(controls.map(({ id, value }) => [id, value]))

/** The parts of a film of w, made of `NOW` unless others are given. */
const name = { control: "w", key: KEY, numbers: NOW.numbers }
const coarse = { ...name, positions: [0, 0.5, 1], ...NO_FRAMES, is_whole: false, future: null }
const whole = { ...coarse, positions: [0, 0.25, 0.5, 0.75, 1], is_whole: true, future: FUTURE }
const frames = { ...whole, future: null }
const future = { ...name, future: FUTURE }

/** @param {unknown[]} parts */
function begin(...parts) {
  const films = makeFilms()
  takeNumbers(films, NOW, values(NOW))
  for (const part of parts) takeBrought(films, NOW, part)
  return films
}

Deno.test("a film is played and plotted along its own control, and not while another one moves", () => {
  const films = begin(whole)
  const { playing } = films
  assertEquals(filmAlong(films, "b", null), null)
  assertEquals(filmAlong(films, "w", { id: "w" }), playing)
  films.playing = null
  assertEquals(filmAlong(films, "w", null), playing)
  assertEquals(filmAlong(films, "w", { id: "b" }), null)
})

Deno.test("a coarse film plays and is not plotted, until the fine one takes its place", () => {
  const films = begin(coarse)
  assertEquals([films.playing?.positions.length, filmAlong(films, "w", null)], [3, null])
  takeBrought(films, NOW, whole)
  assertEquals([films.playing?.positions.length, filmAlong(films, "w", null)?.key], [5, KEY])
})

Deno.test("a coarse film that comes behind its fine one changes nothing", () => {
  const films = begin(whole)
  const { playing } = films
  for (const late of [coarse, frames, future, whole]) takeBrought(films, NOW, late)
  assertEquals(films.playing === playing, true)
})

Deno.test("the training that would follow comes behind the frames, and alone it is no film", () => {
  const films = begin(future)
  assertEquals(films.playing, null)
  takeBrought(films, NOW, frames)
  assertEquals([films.playing?.future, heldFilm(films)], [null, null])
  takeBrought(films, NOW, { ...future, key: "another" })
  assertEquals(films.playing?.future, null)
  takeBrought(films, NOW, future)
  assertEquals([films.playing?.future?.at(0).last, heldFilm(films)], [1, KEY])
})

Deno.test("a film is held once all of it is here", () => {
  assertEquals([heldFilm(begin()), heldFilm(begin(coarse)), heldFilm(begin(whole))], [null, null, KEY])
})

Deno.test("a film of another slider than the one requested is passed over, and the requested one is taken", () => {
  const films = begin()
  films.requested = "b"
  takeBrought(films, NOW, whole)
  assertEquals([films.playing, films.requested], [null, "b"])
  takeBrought(films, NOW, { ...whole, control: "b", key: "of b" })
  assertEquals([films.playing?.key, films.requested], ["of b", null])
})

Deno.test("a film of an older state is not played", () => {
  const films = begin()
  const next = shown(0, 3, { control: "w", key: "next" })
  takeNumbers(films, next, values(next))
  takeBrought(films, next, whole)
  assertEquals(films.playing, null)
  takeBrought(films, next, { ...whole, key: "next", numbers: next.numbers })
  assertEquals(films.playing?.key, "next")
})

Deno.test("a film that comes when its own slider has been let go is played, as nothing else has changed", () => {
  const films = begin()
  const next = shown(0.5, 2, { control: "w", key: KEY })
  takeNumbers(films, next, values(next))
  takeBrought(films, next, whole)
  assertEquals(filmAlong(films, "w", null)?.key, KEY)
})

Deno.test("a film that comes before its numbers is played with them", () => {
  const films = begin()
  const next = shown(0, 3, { control: "w", key: "next" })
  const made = { key: "next", numbers: next.numbers }
  takeBrought(films, NOW, { ...coarse, ...made })
  takeBrought(films, NOW, { ...whole, ...made })
  assertEquals(films.playing, null)
  takeNumbers(films, next, values(next))
  assertEquals([films.playing?.key, films.playing?.isComplete, films.early.length], ["next", true, 0])
})

Deno.test("what is true no more is played no more, what has a position more is", () => {
  const films = begin(whole)
  takeNumbers(films, { ...NOW, film: null }, values(NOW))
  assertEquals(films.playing?.key, KEY)
  const moved = shown(0.5, 2, { control: "w", key: KEY })
  takeNumbers(films, moved, values(moved))
  assertEquals(films.playing?.numbers, moved.numbers)
  const other = shown(0.5, 3, { control: "w", key: "next" })
  takeNumbers(films, other, values(other))
  assertEquals(films.playing, null)
  const between = begin({ ...whole, key: `${KEY}@0.3` })
  takeNumbers(between, moved, values(moved))
  assertEquals(between.playing?.key, `${KEY}@0.3`)
  const typed = shown(0.4, 2, { control: "w", key: `${KEY}@0.4` })
  takeNumbers(between, typed, values(typed))
  assertEquals(between.playing, null)
})

Deno.test("what is dragged stands at positions of the film, a key goes on between those of a coarse one", () => {
  const place = (/** @type {number} */ value) => ({ id: "w", value })
  const films = begin(coarse)
  assertEquals([positionFor(films, place(0.7), true), positionFor(films, place(0.7), false)], [0.5, 0.7])
  assertEquals(positionFor(films, place(0.5000001), false), 0.5)
  assertEquals([filmAt(films, place(0.7)), filmAt(films, place(0.5))?.key], [null, KEY])
  assertEquals([filmAt(films, { id: "b", value: 0.5 }), filmAt(films, null)], [null, null])
  takeBrought(films, NOW, whole)
  assertEquals([positionFor(films, place(0.7), true), positionFor(films, place(0.7), false)], [0.75, 0.75])
  assertEquals(filmAt(films, place(0.7))?.key, KEY)
  assertEquals(positionFor(films, { id: "b", value: 0.7 }, true), 0.7)
})

Deno.test("a film that was requested in vain is requested again when a number has changed", () => {
  const films = makeFilms()
  const stood = new Map([["w", 1]])
  assertEquals(canRequest(films, "w", shown(1, 2), stood), true)
  assertEquals(canRequest(films, "w", shown(1, 2), stood), false)
  assertEquals(canRequest(films, "w", shown(1, 3), stood), true)
})

Deno.test("a request stands until its film or other numbers have come", () => {
  const films = begin()
  films.requested = "b"
  takeNumbers(films, NOW, values(NOW))
  assertEquals(films.requested, "b")
  const next = shown(0, 3)
  takeNumbers(films, next, values(next))
  assertEquals(films.requested, null)
})

Deno.test("a film is plotted as long as nothing has changed but its own control, along its positions", () => {
  const films = begin(whole)
  const kept = (/** @type {number} */ w, /** @type {number} */ b) => {
    const next = shown(w, b)
    takeNumbers(films, next, values(next))
    return films.plotted?.key ?? null
  }
  assertEquals(filmAlong(films, "w", null)?.key, KEY)
  assertEquals([kept(1, 2), kept(0.3, 2)], [KEY, null])
  films.playing = begin(whole).playing
  filmAlong(films, "w", null)
  assertEquals(kept(0, 3), null)
})
