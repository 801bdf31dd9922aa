import { makePending, newestOnItsWay } from "../../ui/components/base/pending.js"
import { assertEquals } from "./assert.js"

/** @import { Message } from "../../ui/components/base/protocol.d.ts" */

/** @param {Message} message */
const names = ({ presses }) => /** @type {{ name: string }[]} */ (presses).map(({ name }) => name).join()

Deno.test("each message brings all that has not been acknowledged, in order", () => {
  const pending = makePending("pressed", "presses")
  /** @type {(name: string, at: string) => Message} */
  const press = (name, at) => pending.add({ name }, { at })
  const first = press("back", "?a")
  assertEquals(names(first), "back")
  assertEquals(names(press("back", "?a")), "back,back")
  const third = press("undo", "?b")
  assertEquals(names(third), "back,back,undo")
  // Where the oldest was made: what moved the address since may be among them.
  assertEquals(third.at, "?a")
  assertEquals(third.seq > first.seq, true)
  // The messages in between were lost: Python has taken the first alone.
  assertEquals(pending.acknowledge(first.seq), false)
  assertEquals(names(press("reset", "?c")), "back,undo,reset")
  assertEquals(pending.acknowledge(third.seq), false)
  const last = press("forward", "?d")
  assertEquals(names(last), "reset,forward")
  assertEquals(last.at, "?c")
  assertEquals(pending.acknowledge(last.seq), true)
  assertEquals(names(press("back", "?e")), "back")
})

Deno.test("a response that comes late brings nothing back", () => {
  const pending = makePending("pressed", "presses")
  const first = pending.add({ name: "back" }, { at: "" })
  const second = pending.add({ name: "undo" }, { at: "" })
  assertEquals(pending.acknowledge(second.seq), true)
  assertEquals(pending.acknowledge(first.seq), false)
  assertEquals(pending.items.length, 0)
})

Deno.test("a later item takes the place of one with its key", () => {
  const pending = makePending("values", "changes")
  /** @type {(id: string, text: string) => Message} */
  const change = (id, text) => pending.add({ id, text }, { key: id, at: "" }, { held: "k" })
  change("x1", "1")
  change("x2", "2")
  const last = change("x1", "3")
  const changes = /** @type {{ id: string, text: string }[]} */ (last.changes)
  assertEquals(changes.map(({ id, text }) => id + text).join(), "x22,x13")
  assertEquals(last.held, "k")
})

Deno.test("what is sent once more is another message with the same numbers, until it is acknowledged", () => {
  const pending = makePending("pressed", "presses")
  const view = pending.put("view", { color: "weight" })
  const pressed = pending.add({ name: "back" }, { at: "" })
  const [[name, again], ...others] = pending.repeated(view.seq)
  assertEquals(others.length, 0)
  assertEquals(
    [name, again.seq, again.times, names(again)].join(),
    ["pressed", pressed.seq, 2, "back"].join(),
  )
  assertEquals(pending.repeated(0).length, 2)
  assertEquals(pending.repeated(pressed.seq).length, 0)
})

Deno.test("the components of a page count together, from what a server has taken already", () => {
  const [one, other] = [makePending("values", "changes"), makePending("values", "changes")]
  one.start(1000)
  const numbers = [
    one.put("view", {}),
    other.put("view", {}),
    one.add({ id: "x1" }, { at: "" }),
    other.put("view", {}),
  ].map(({ seq }) => seq)
  assertEquals(numbers[0] > 1000, true)
  assertEquals(numbers.join(), [...new Set(numbers)].sort((a, b) => a - b).join())
  assertEquals(one.newest, numbers[2])
})

Deno.test("a change is on its way until its component has it acknowledged, whatever else is sent", () => {
  const pending = makePending("values", "changes")
  pending.acknowledge(pending.put("view", {}).seq)
  assertEquals(newestOnItsWay(), 0)
  const first = pending.add({ id: "x1" }, { at: "" })
  const second = pending.add({ id: "x2" }, { at: "" })
  const view = pending.put("view", { color: "weight" })
  assertEquals(newestOnItsWay(), second.seq)
  pending.acknowledge(first.seq)
  assertEquals(newestOnItsWay(), second.seq)
  pending.acknowledge(view.seq)
  assertEquals(newestOnItsWay(), 0)
})
