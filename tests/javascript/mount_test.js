import { makeMount } from "../../ui/components/base/mount.js"
import { assertEquals } from "./assert.js"

// A place on the page is compared with others only.
const makePlace = () => /** @type {HTMLElement} */ ({})

function start() {
  /** @type {string[]} */
  const calls = []
  /** @type {ReturnType<typeof makeMount<string>>} */
  const mount = makeMount((_, first) => {
    calls.push(`create ${first}`)
    return { update: ({ data }) => void calls.push(`update ${data}`), stop: () => void calls.push("stop") }
  })
  const run = (/** @type {HTMLElement} */ parentElement, /** @type {string} */ data) =>
    mount({ parentElement, data, setStateValue() {}, setTriggerValue() {} })
  return { calls, run }
}

Deno.test("a component is made once for its place, and updated with each run", () => {
  const { calls, run } = start()
  const place = makePlace()
  run(place, "a")
  run(place, "b")
  run(makePlace(), "c")
  assertEquals(calls, ["create a", "update a", "update b", "create c", "update c"])
})

Deno.test("a component is stopped once, and made anew where its place is used again", () => {
  const { calls, run } = start()
  const place = makePlace()
  const [first, second] = [run(place, "a"), run(place, "b")]
  second()
  first()
  run(place, "c")
  assertEquals(calls, ["create a", "update a", "update b", "stop", "create c", "update c"])
})

Deno.test("a component that is ended and mounted again where it stands is the same, and is stopped once it is gone", () => {
  const { calls, run } = start()
  const place = { isConnected: true }
  const end = run(/** @type {HTMLElement} */ (place), "a")
  end()
  run(/** @type {HTMLElement} */ (place), "b")()
  assertEquals(calls, ["create a", "update a", "update b"])
  place.isConnected = false
  run(makePlace(), "c")
  assertEquals(calls, ["create a", "update a", "update b", "stop", "create c", "update c"])
})
