import { nextInGuide } from "../../ui/components/live_network/guide.js"
import { assertEquals } from "./assert.js"

const NOTHING = { isMoving: false, isChanged: false, isTaken: false }

Deno.test("the guide goes on with what the reader does", () => {
  assertEquals(nextInGuide(0, NOTHING), 0)
  assertEquals(nextInGuide(0, { ...NOTHING, isMoving: true }), 1)
  assertEquals(nextInGuide(1, { ...NOTHING, isMoving: true }), 1)
  assertEquals(nextInGuide(1, { ...NOTHING, isChanged: true }), 2)
  assertEquals(nextInGuide(2, { ...NOTHING, isTaken: true }), 3)
})

Deno.test("a number that is typed, and a slider that is let go where it stood, count as a drag", () => {
  assertEquals(nextInGuide(0, { ...NOTHING, isChanged: true }), 2)
  assertEquals(nextInGuide(1, NOTHING), 2)
})

Deno.test("a step that is taken ends it, whatever has been left out", () => {
  assertEquals(nextInGuide(0, { ...NOTHING, isTaken: true }), 3)
  assertEquals(nextInGuide(3, { ...NOTHING, isMoving: true }), 3)
})
