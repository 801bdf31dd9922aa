import { advance, keyFrame, makePlayback, pause, play, seek } from "../../ui/components/player/playback.js"
import { assert, assertEquals } from "./assert.js"

/** @param {number} last */
function filmOf(last) {
  return { ...makePlayback(), last }
}

/**
 * Plays at so many milliseconds a frame until the end; returns where the playhead was at each frame.
 * @param {ReturnType<typeof makePlayback>} playback
 * @param {number} each
 * @param {boolean} calm
 */
function playThrough(playback, each, calm) {
  const places = []
  for (let now = 1000; playback.playing; now += each) {
    advance(playback, now, calm)
    places.push(playback.playhead)
  }
  return places
}

Deno.test("a film takes its six seconds whatever the frame rate, and half of them at twice the speed", () => {
  for (const each of [10, 16, 40]) {
    for (const speed of [1, 2]) {
      const playback = filmOf(100)
      playback.speed = speed
      play(playback)
      const frames = playThrough(playback, each, false)
      assert(
        Math.abs((frames.length - 1) * each - 6000 / speed) <= each,
        `${frames.length} frames of ${each} ms`,
      )
      assertEquals([playback.playhead, playback.playing], [100, false])
    }
  }
})

Deno.test("the first frame after a pause moves nothing, however long ago the last was", () => {
  const playback = filmOf(10)
  play(playback)
  advance(playback, 0, false)
  advance(playback, 1500, false)
  assertEquals(playback.playhead, 2.5)
  pause(playback)
  assertEquals([playback.playhead, playback.playing], [3, false])
  play(playback)
  advance(playback, 1e6, false)
  assertEquals(playback.playhead, 3)
})

Deno.test("at the end of the film it plays from the start", () => {
  const playback = filmOf(10)
  seek(playback, Infinity)
  assertEquals(playback.playhead, 10)
  play(playback)
  assertEquals([playback.playhead, playback.playing], [0, true])
})

Deno.test("without motion it goes from key frame to key frame, twice in a second at the most", () => {
  for (const [last, speed] of [[300, 4], [300, 0.25], [3, 1]]) {
    const playback = filmOf(last)
    playback.speed = speed
    play(playback)
    const places = playThrough(playback, 16, true)
    assert(places.every(Number.isInteger), "a playhead between two key frames")
    const moves = new Set(places).size - 1
    assert(moves > 0 && moves <= (places.length * 16) / 500, `${moves} moves in ${places.length} frames`)
    assertEquals(playback.playhead, last)
  }
})

Deno.test("the playhead is put on key frames within the film", () => {
  const playback = filmOf(10)
  const places = [-Infinity, -1, 2.4, 2.6, 11, Infinity].map((to) => {
    seek(playback, to)
    return keyFrame(playback)
  })
  assertEquals(places, [0, 0, 2, 3, 10, 10])
})
