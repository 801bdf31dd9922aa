import {
  advance,
  FILM_SECONDS,
  keyFrame,
  makePlayback,
  pause,
  play,
  seek,
} from "../../ui/components/player/playback.js"
import { stepAt } from "../../ui/components/player/reel.js"
import { assert, assertEquals } from "./assert.js"

/** A film with a key frame each step, played in six seconds. @param {number} last */
function filmOf(last) {
  const steps = Array.from({ length: last + 1 }, (_, step) => step)
  return { ...makePlayback(), steps, last, rate: last / FILM_SECONDS }
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
      playback.rate *= speed
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
    playback.rate *= speed
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

Deno.test("a run that is trained on never plays past what is there, waits there, and goes on by itself", () => {
  for (const calm of [false, true]) {
    const playback = { ...filmOf(4), endless: true, rate: 2 }
    play(playback)
    const places = [0, 600, 1200, 1800, 2400, 3000, 9000].map((now) => {
      advance(playback, now, calm)
      return playback.playhead
    })
    assert(places.every((place) => place <= 4), places.join())
    assertEquals([playback.playhead, playback.playing], [4, true])
    playback.steps = [0, 1, 2, 3, 4, 5, 6]
    playback.last = 6
    advance(playback, 9600, calm)
    assert(playback.playhead > 4 && playback.playhead < 6, `${playback.playhead}`)
  }
})

Deno.test("steps pass evenly, however far apart key frames are", () => {
  const playback = { ...makePlayback(), steps: [0, 10, 40, 41], last: 3, rate: 10 }
  play(playback)
  const steps = [0, 1000, 2000, 3000, 4000].map((now) => {
    advance(playback, now, false)
    return Math.round(1e9 * stepAt(playback, playback.playhead)) / 1e9
  })
  assertEquals(steps, [0, 10, 20, 30, 40])
})

Deno.test("a tab that was hidden does not catch up with a run that is trained on", () => {
  const playback = { ...filmOf(100), endless: true, rate: 10 }
  play(playback)
  advance(playback, 0, false)
  advance(playback, 60_000, false)
  assertEquals(playback.playhead, 10)
})

Deno.test("as fast as it goes, what is there is nearly played in a second, be it much or little", () => {
  for (const last of [5, 5000]) {
    const playback = { ...filmOf(last), endless: true, rate: Infinity }
    play(playback)
    for (let now = 0; now <= 1000; now += 16) advance(playback, now, false)
    assert(playback.playhead > 0.6 * last && playback.playhead <= last, `${playback.playhead} of ${last}`)
  }
})
