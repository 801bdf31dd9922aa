import { movedPoints, readDataFilm, readLater, samplesAt } from "../../ui/components/player/data_film.js"
import { assertEquals } from "./assert.js"
import { encode } from "./player_film.js"

const POINTS = { count: 2, x: Float64Array.of(1, 2), y: Float64Array.of(0, 1), test: Uint8Array.of(0, 1) }
const FILM = readDataFilm({
  of: "a",
  noise: 0,
  share: 0.5,
  noises: [0, 0.25, 0.5],
  x: encode(Float32Array.of(1, 2, 3, 4, 5, 6)),
  y: encode(Float32Array.of(0, 1)),
  shares: [0.1, 0.5, 1],
  counts: [1, 1, 2],
  order: [1, 0],
})

Deno.test("the samples move along with the noise; what it does not change stays", () => {
  const moved = movedPoints(FILM, POINTS, { of: "a", noise: 0.3, share: 0.5 })
  assertEquals([...moved?.x ?? []], [3, 4])
  assertEquals([...moved?.y ?? []], [0, 1])
  assertEquals([...moved?.test ?? []], [0, 1])
})

Deno.test("the first samples in the order of the split are for training", () => {
  const { x: _x, y: _y, ...rest } = FILM
  const film = { ...rest, x: null, y: null }
  const tests = [0.1, 1].map((
    share,
  ) => [...movedPoints(film, POINTS, { of: "a", noise: NaN, share })?.test ?? []])
  assertEquals(tests, [[1, 0], [0, 0]])
})

Deno.test("each step has its samples; a run with the same ones throughout has none of its own", () => {
  const first = { step: 0, noise: 0, share: 0.5, ...POINTS }
  const later = readLater([3, 7].map((step) => ({
    step,
    noise: step / 10,
    share: 0.5,
    x: encode(Float64Array.of(step, 2)),
    y: encode(Float64Array.of(0, 1)),
    test: encode(Uint8Array.of(0, 1)),
  })))
  assertEquals([0, 2, 3, 6, 7, 99].map((step) => samplesAt([first, ...later], step)?.step), [
    0,
    0,
    3,
    3,
    7,
    7,
  ])
  assertEquals([...later[1].x], [7, 2])
  assertEquals(samplesAt([first], 5), null)
})

Deno.test("nothing is moved where all is as the run has it, or of other data", () => {
  assertEquals(movedPoints(FILM, POINTS, { of: "a", noise: 0, share: 0.5 }), null)
  assertEquals(movedPoints(FILM, POINTS, { of: "b", noise: 0.5, share: 1 }), null)
  assertEquals(movedPoints(null, POINTS, { of: "a", noise: 0.5, share: 1 }), null)
})
