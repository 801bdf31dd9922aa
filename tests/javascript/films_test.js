import { canRequest, filmAlong, makeFilms, takeFilm } from "../../ui/components/live_network/films.js"
import { makeFilm } from "../../ui/components/base/film.js"
import { assertEquals } from "./assert.js"
import { NO_FRAMES } from "./live_data.js"

/**
 * @param {number} w
 * @param {number} b
 */
const data = (w, b) => ({
  drawing: {},
  biases_fixed: false,
  controls: [{ id: "w", value: w }, { id: "b", value: b }],
  layout: { length: 0 },
})

const sent = { control: "w", key: "a", positions: [0, 1], ...NO_FRAMES, future: null }
const film = { ...makeFilm(sent, 0), of: "", future: null }

Deno.test("a film is played and plotted along its own control, and not while another one moves", () => {
  const films = makeFilms()
  films.playing = film
  assertEquals(filmAlong(films, "b", null), null)
  assertEquals(filmAlong(films, "w", { id: "w" }), film)
  films.playing = null
  assertEquals(filmAlong(films, "w", null), film)
  assertEquals(filmAlong(films, "w", { id: "b" }), null)
})

Deno.test("a film that was requested in vain is requested again when a number has changed", () => {
  const films = makeFilms()
  const values = new Map([["w", 1]])
  assertEquals(canRequest(films, "w", data(1, 2), values), true)
  assertEquals(canRequest(films, "w", data(1, 2), values), false)
  assertEquals(canRequest(films, "w", data(1, 3), values), true)
})

Deno.test("what Python no longer names is played no more", () => {
  const films = makeFilms()
  films.playing = film
  films.requested = "w"
  takeFilm(films, { ...data(1, 2), film: { key: "a" } }, new Map())
  assertEquals([films.playing?.key, films.requested], ["a", null])
  takeFilm(films, { ...data(1, 2), film: null }, new Map())
  assertEquals(films.playing, null)
})

Deno.test("a film is plotted as long as nothing has changed but its own control, along its positions", () => {
  const films = makeFilms()
  const kept = (/** @type {number} */ w, /** @type {number} */ b) => {
    takeFilm(films, { ...data(w, b), film: null }, new Map([["w", w], ["b", b]]))
    return films.plotted?.key ?? null
  }
  takeFilm(films, { ...data(0, 2), film: sent }, new Map([["w", 0], ["b", 2]]))
  assertEquals(filmAlong(films, "w", null)?.key, "a")
  assertEquals([kept(1, 2), kept(0.5, 2)], ["a", null])
  takeFilm(films, { ...data(0, 2), film: sent }, new Map([["w", 0], ["b", 2]]))
  filmAlong(films, "w", null)
  assertEquals(kept(0, 3), null)
})
