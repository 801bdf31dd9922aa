import {
  beginLearning,
  dueSteps,
  endLearning,
  followsHandOver,
  goesOnWith,
  isHeard,
  makeLearner,
  noteHandOver,
  noteRequest,
  noteWaiting,
  statusOf,
  takeHandedOver,
  takeResponse,
} from "../../ui/components/player/learner.js"
import { assert, assertEquals } from "./assert.js"

/** @param {number} after */
function learnerAt(after) {
  const learner = { ...makeLearner(), after }
  beginLearning(learner, 0)
  return learner
}

/**
 * Answers the request under way with all of its steps.
 * @param {ReturnType<typeof makeLearner>} learner
 * @param {number} now
 */
function answer(learner, now) {
  const steps = learner.underway?.steps ?? 0
  return takeResponse(learner, { after: learner.after, over: null }, learner.after + steps, now)
}

Deno.test("training goes on with a film that goes on, or that was made before Python knew of it", () => {
  const learner = makeLearner()
  assert(!goesOnWith(learner, { seq: 0, goes_on: true }), "went on without having begun")
  beginLearning(learner, 7)
  assert(goesOnWith(learner, { seq: 8, goes_on: true }), "ended by a change made meanwhile")
  assert(goesOnWith(learner, { seq: 7, goes_on: false }), "ended by the response to the change before it")
  assert(!goesOnWith(learner, { seq: 8, goes_on: false }), "went on with a film that does not")
  endLearning(learner)
  assert(!goesOnWith(learner, { seq: 7, goes_on: true }), "went on after its end")
})

Deno.test("one piece is requested at a time, again only where no response comes", () => {
  const learner = learnerAt(0)
  const steps = dueSteps(learner, 0, 100, 0)
  assert(steps > 0, "no request")
  noteRequest(learner, steps, 0)
  assertEquals(dueSteps(learner, 0, 100, 1000), 0)
  assertEquals(dueSteps(learner, 0, 100, 60_000), steps)
  assert(answer(learner, 100), "not taken")
  assertEquals(learner.after, steps)
  assert(!takeResponse(learner, { after: 0, over: null }, steps, 200), "what comes twice was taken twice")
})

Deno.test("the next piece is requested before the last has been shown, and not sooner than needed", () => {
  for (const rate of [1, 10, 100, 1000]) {
    const learner = learnerAt(100_000)
    assert(dueSteps(learner, 100_000 - rate / 2, rate, 0) >= 1, `no request at ${rate}`)
    assertEquals(dueSteps(learner, 100_000 - 3 * rate, rate, 0), 0)
  }
})

Deno.test("the first piece is short, and later ones last for up to two seconds", () => {
  const learner = learnerAt(0)
  const sizes = Array.from({ length: 5 }, (_, k) => {
    const steps = dueSteps(learner, learner.after, 100, k)
    noteRequest(learner, steps, k)
    answer(learner, k)
    return steps
  })
  assertEquals(sizes, [15, 60, 200, 200, 200])
})

Deno.test("over a slow line pieces are longer, and requested sooner", () => {
  const learner = learnerAt(0)
  noteRequest(learner, 50, 0)
  answer(learner, 4000)
  assert(dueSteps(learner, 0, 10, 4000) >= 80, "too short")
})

Deno.test("the first piece behind a press is short, however long responses have taken and however fast it goes", () => {
  const learner = { ...learnerAt(300), response: 4000 }
  assertEquals(dueSteps(learner, 300, 100, 0), 15)
  const first = dueSteps(learner, 300, Infinity, 0)
  noteRequest(learner, first, 0)
  answer(learner, 100)
  assert(dueSteps(learner, 300, Infinity, 100) > 10 * first, "those that follow are as short")
})

Deno.test("nothing is requested at rest, behind the end of a run, or before what was seen has been taken", () => {
  const learner = learnerAt(10)
  assert(dueSteps(learner, 10, 10, 0) > 0, "no request")
  endLearning(learner)
  assertEquals(dueSteps(learner, 10, 10, 0), 0)
  beginLearning(learner, 0)
  learner.isHandedOver = true
  assertEquals(dueSteps(learner, 10, 10, 0), 0)
  learner.isHandedOver = false
  noteRequest(learner, 5, 0)
  takeResponse(learner, { after: 10, over: "diverged" }, 12, 0)
  assertEquals(dueSteps(learner, 12, 10, 0), 0)
  assertEquals([learner.over, statusOf(learner, true, true, true)], ["diverged", ""])
})

Deno.test("steps are taken one by one as often as that was requested", () => {
  const learner = { ...makeLearner(), after: 7, single: 2 }
  for (const after of [7, 8]) {
    assertEquals(dueSteps(learner, after, 100, 0), 1)
    noteRequest(learner, 1, 0)
    assert(answer(learner, 0), "not taken")
  }
  assertEquals([learner.after, dueSteps(learner, 9, 100, 0)], [9, 0])
})

Deno.test("what comes of a longer request from before a pause is none of the one step that was requested since", () => {
  const learner = { ...makeLearner(), after: 7, single: 1 }
  noteRequest(learner, 1, 0)
  assert(!takeResponse(learner, { after: 7, over: null }, 57, 0), "taken")
  assertEquals([learner.after, learner.single], [7, 1])
  assert(answer(learner, 0), "not taken")
  assertEquals([learner.after, learner.single], [8, 0])
})

Deno.test("where there is room the status adds what can be done meanwhile", () => {
  const learner = learnerAt(0)
  assertEquals(statusOf(learner, false, false, true), "learning … drag back to branch")
  assertEquals(statusOf(learner, false, false, false), "learning …")
  assertEquals(statusOf(learner, true, false, true), "learning …")
  assertEquals(statusOf(learner, true, true, true), "waiting for the server …")
})

Deno.test("a wait is one for the server once it has been long, until more is there", () => {
  const learner = makeLearner()
  assert(!noteWaiting(learner, true, 0), "not trained on")
  beginLearning(learner, 0)
  assert(!noteWaiting(learner, true, 1000), "short")
  assert(noteWaiting(learner, true, 5000), "long")
  assert(!noteWaiting(learner, false, 5001), "more is there")
  assert(!noteWaiting(learner, true, 5002), "another wait")
})

Deno.test("whoever listens hears of few of the pieces, none of them the first", () => {
  const learner = makeLearner()
  beginLearning(learner, 0)
  const heard = Array.from({ length: 40 }, (_, piece) => {
    learner.pieces = piece + 1
    return isHeard(learner)
  })
  assertEquals(heard.indexOf(true) >= 4, true)
  assertEquals(heard.filter(Boolean).length <= 8, true)
})

Deno.test("a film made before what was handed over leaves that on its way, however often it comes", () => {
  const learner = makeLearner()
  noteHandOver(learner, 40, 7)
  for (const seq of [0, 6, 6]) {
    assertEquals([followsHandOver(learner, seq), takeHandedOver(learner, 0, seq)], [false, false])
    assert(learner.isHandedOver, "forgotten")
  }
  noteHandOver(learner, 60, 9)
  assertEquals([followsHandOver(learner, 8), takeHandedOver(learner, 40, 8)], [true, true])
  assertEquals([followsHandOver(learner, 8), takeHandedOver(learner, 40, 8)], [false, false])
  assert(learner.isHandedOver, "forgotten")
  assert(takeHandedOver(learner, 60, 9), "another film")
  assert(!learner.isHandedOver, "still on its way")
})

Deno.test("a film made with what was handed over that goes less far ends the wait for it", () => {
  const learner = makeLearner()
  noteHandOver(learner, 40, 7)
  assert(!takeHandedOver(learner, 20, 7), "of the hand-over")
  assert(!learner.isHandedOver, "still on its way")
})
