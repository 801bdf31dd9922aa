import { canRequest, filmAlong, makeFilms, takeFilm } from "../../ui/components/live_network/films.js"
import { assertEquals } from "./assert.js"

const data = (w, b) => ({
  drawing: {},
  biases_fixed: false,
  controls: [{ id: "w", value: w }, { id: "b", value: b }],
})

Deno.test("a film is played and plotted along its own control, and not while another one moves", () => {
  const films = makeFilms()
  const film = { control: "w" }
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
  films.playing = { control: "w", key: "a" }
  films.requested = "w"
  takeFilm(films, { ...data(1, 2), film: { key: "a" } }, new Map())
  assertEquals([films.playing?.key, films.requested], ["a", null])
  takeFilm(films, { ...data(1, 2), film: null }, new Map())
  assertEquals(films.playing, null)
})
