import { placePixels } from "../../ui/components/player/network_layout.js"
import { readPicture } from "../../ui/components/player/pixels.js"
import { assert, assertEquals } from "./assert.js"
import { encode } from "./player_film.js"

Deno.test("a sample and its gradient are read with the scale of each key frame", () => {
  const picture = readPicture({
    number: 3,
    samples: 9,
    label: "7, test sample",
    ink: encode(Uint8Array.of(0, 254)),
    gradient: encode(Uint8Array.of(127, 254, 0, 127)),
    largest: encode(Float64Array.of(0.5, 0.25)),
  })
  assertEquals(picture.number, 3)
  assertEquals(Array.from(picture.gradient), [127, 254, 0, 127])
  assertEquals(Array.from(picture.largest), [0.5, 0.25])
})

Deno.test("the pictures stand one above the other within the drawing, in any of its sizes", () => {
  for (const [width, height] of [[342, 420], [700, 320], [1200, 640]]) {
    const { side, x, sample, gradient } = placePixels(width, height)
    assert(side > 60 && x >= 0, `a side of ${side}`)
    assert(sample > 0 && gradient >= sample + side + 20, `${gradient} below ${sample}`)
    assert(gradient + side + 20 <= height, `${gradient} within ${height}`)
    assert(x + side < width / 2, `${side} of ${width}`)
  }
})
