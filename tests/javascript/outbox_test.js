import { makeOutbox } from "../../ui/components/base/outbox.js"
import { endRun, setLeaving } from "../../ui/components/base/page_run.js"
import { assertEquals } from "./assert.js"
import { makeFakePage } from "./fake_page.js"

/** @import { SetStateValue } from "../../ui/components/base/component.d.ts" */
/** @import { Message, Outbox } from "../../ui/components/base/protocol.d.ts" */

/**
 * @typedef {{ id: string, text: string }} Change
 * @typedef {{ view: { color: string } }} Posted
 * @typedef {{
 *   page: ReturnType<typeof makeFakePage>,
 *   outbox: Outbox<Change, Posted>,
 *   host: Element,
 *   sent: [string, Message][],
 *   receive: (seq: number, session?: string, run?: string) => boolean,
 * }} Bench
 */

/**
 * A test of an outbox in a browser that is moved by hand; `sent` is what has come to Python.
 * @param {string} name
 * @param {Parameters<typeof makeFakePage>[0]} state
 * @param {(bench: Bench) => void} run
 */
function test(name, state, run) {
  Deno.test(name, () => {
    const page = makeFakePage(state)
    try {
      // Compared with others only.
      const host = /** @type {Element} */ ({})
      /** @type {Outbox<Change, Posted>} */
      const outbox = makeOutbox(host, "values", "changes")
      /** @type {[string, Message][]} */
      const sent = []
      /** @type {SetStateValue} */
      const way = (name, value) => {
        sent.push([name, /** @type {Message} */ (value)])
      }
      /** @type {Bench["receive"]} */
      const receive = (seq, session = "s", run) => outbox.receive(seq, way, session, run)
      run({ page, outbox, host, sent, receive })
      setLeaving(false)
      outbox.stop()
      assertEquals(page.waiting, 0, "after its end nothing is left")
    } finally {
      page.restore()
    }
  })
}

/** @param {[string, Message][]} sent */
const texts = (sent) =>
  sent.map(([, { changes }]) => /** @type {Change[]} */ (changes).map(({ id, text }) => id + text).join())

/** @param {[string, Message][]} sent */
const seqOf = (sent) => sent[sent.length - 1][1].seq

test("what is sent before the first run of the page has ended goes at its end, each field once", {}, (
  { outbox, sent, receive },
) => {
  receive(0, "s", "first")
  outbox.post("view", { color: "weight" })
  outbox.post("view", { color: "gradient" })
  outbox.add({ id: "x", text: "1" }, {})
  endRun("the one before")
  assertEquals(sent.length, 0)
  endRun("first")
  assertEquals(sent.map(([name]) => name), ["view", "values"])
  assertEquals(sent[0][1].color, "gradient")
  outbox.add({ id: "y", text: "2" }, {})
  assertEquals(texts(sent.slice(1)), ["x1", "x1,y2"])
  // Later runs hold nothing back.
  receive(0, "s", "second")
  outbox.add({ id: "y", text: "3" }, {})
  assertEquals(sent.length, 4)
})

test("nothing is held where the run has ended before its component came, or is not named", {}, (
  { outbox, sent, receive },
) => {
  endRun("first")
  receive(0, "s", "first")
  outbox.emit("painted", true)
  assertEquals(sent, [["painted", true]])
})

test("a run that another one has taken over from holds nothing for good", {}, ({ outbox, sent, receive }) => {
  receive(0, "s", "cut short")
  outbox.emit("painted", true)
  receive(0, "s", "next")
  assertEquals(sent.length, 0)
  endRun("next")
  assertEquals(sent, [["painted", true]])
})

test("a click elsewhere on the page comes behind what is held, one within the component does not", {}, (
  { page, outbox, host, sent, receive },
) => {
  receive(0, "s", "running")
  outbox.add({ id: "x", text: "1" }, {})
  page.dispatch("click", [{}, host])
  page.dispatch("focusin", [{}])
  assertEquals(sent.length, 0)
  page.dispatch("click", [{}])
  assertEquals(texts(sent), ["x1"])
})

test("a lost message is sent once more, as another one, until it is acknowledged", {}, (
  { page, outbox, sent, receive },
) => {
  assertEquals(receive(7), true)
  outbox.add({ id: "x", text: "1" }, {})
  outbox.add({ id: "y", text: "2" }, {})
  const newest = seqOf(sent)
  // Python has run for another reason, and has taken neither.
  assertEquals(receive(7), false)
  page.runTimers()
  page.runTimers()
  const again = sent.slice(2)
  assertEquals(texts(again), ["x1,y2", "x1,y2"])
  assertEquals(again.map(([, { seq, times }]) => [seq, times]), [[newest, 2], [newest, 3]])
  assertEquals(receive(newest), true)
  page.runTimers()
  assertEquals(sent.length, 4)
})

test("a response to an older message brings nothing back and loses nothing newer", {}, (
  { outbox, sent, receive },
) => {
  receive(0)
  outbox.add({ id: "x", text: "1" }, {})
  const first = seqOf(sent)
  outbox.add({ id: "y", text: "2" }, {})
  const second = seqOf(sent)
  assertEquals(receive(first), false)
  assertEquals(outbox.items.map(({ id }) => id), ["y"])
  assertEquals(receive(second), true)
  assertEquals(receive(first), false)
  assertEquals(outbox.items.length, 0)
})

test("numbers typed while the server is away all arrive when it is back", {}, (
  { page, outbox, sent, receive },
) => {
  receive(0)
  for (const [id, text] of [["x", "1"], ["y", "2"], ["x", "3"]]) outbox.add({ id, text }, {}, id)
  sent.length = 0
  // Another server takes over and has taken none of them.
  receive(0, "other")
  page.runTimers()
  assertEquals(texts(sent), ["y2,x3"])
  const [, { changes }] = sent[0]
  assertEquals(/** @type {{ session: string }[]} */ (changes).map(({ session }) => session), ["s", "s"])
})

test("items in turn wait for the response to the one before, and come all at once", {}, (
  { page, outbox, sent, receive },
) => {
  receive(0)
  for (const text of ["1", "2", "3"]) outbox.addInTurn({ id: "b", text }, {})
  assertEquals(texts(sent), ["b1"])
  receive(seqOf(sent))
  // What Python has taken already it passes over.
  assertEquals(texts(sent), ["b1", "b1,b2,b3"])
  // What is done elsewhere has to work with it: it waits no longer.
  outbox.addInTurn({ id: "b", text: "4" }, {})
  page.dispatch("focusin", [{}])
  assertEquals(texts(sent), ["b1", "b1,b2,b3", "b2,b3,b4"])
})

test("a request has the number of the message before it", {}, ({ outbox, sent, receive }) => {
  receive(5)
  outbox.request("view", { color: "weight" })
  assertEquals(seqOf(sent), 5)
})

test("an item is sent with the address at which the oldest was made", { search: "?net=2" }, (
  { outbox, sent, receive },
) => {
  receive(0)
  outbox.add({ id: "x", text: "1" }, {})
  assertEquals(sent[0][1].at, "?net=2")
})

test("of a component that has gone before the first run of the page has ended nothing waits", {}, (
  { outbox, sent, receive },
) => {
  receive(0, "s", "gone")
  outbox.emit("painted", true)
  outbox.stop()
  endRun("gone")
  assertEquals(sent.length, 0)
})

test("how something is shown is sent once, and numbered with the rest", {}, (
  { page, outbox, sent, receive },
) => {
  receive(0)
  outbox.add({ id: "x", text: "1" }, {})
  const changed = seqOf(sent)
  outbox.postOnce("view", { color: "weight" })
  assertEquals(seqOf(sent) > changed, true)
  // Python has taken neither: only the change is sent once more.
  assertEquals(receive(0), false)
  page.runTimers()
  assertEquals(sent.slice(2).map(([name]) => name), ["values"])
  assertEquals(receive(changed), false)
  page.runTimers()
  assertEquals(sent.length, 3)
})

test("what was seen is sent once more until it is acknowledged, be there no response at all", {}, (
  { page, outbox, sent, receive },
) => {
  receive(0)
  outbox.postLater("view", { color: "weight" })
  outbox.postLater("view", { color: "gradient" })
  const newest = seqOf(sent)
  page.runTimers()
  page.runTimers()
  assertEquals(sent.slice(2).map(([, { color, seq, times }]) => [color, seq, times]), [
    ["gradient", newest, 2],
    ["gradient", newest, 3],
  ])
  assertEquals(receive(newest), true)
  page.runTimers()
  assertEquals(sent.length, 4)
  // A page that is requested would be left again for it.
  outbox.postLater("view", { color: "signal" })
  setLeaving(true)
  page.runTimers()
  assertEquals(sent.length, 5)
})

test(
  "what no reader has done waits while another page is requested, and what has been done is not sent again",
  {},
  (
    { page, outbox, sent, receive },
  ) => {
    receive(0)
    outbox.add({ id: "x", text: "1" }, {})
    assertEquals(receive(0), false)
    sent.length = 0
    setLeaving(true)
    page.runTimers()
    outbox.emit("painted", true)
    outbox.request("view", { color: "weight" })
    outbox.postOnce("view", { color: "gradient" })
    endRun("of the page that is left")
    // A click on the link of the other page, for one.
    page.dispatch("click", [{}])
    assertEquals(sent, [])
    outbox.add({ id: "y", text: "2" }, {})
    assertEquals(texts(sent.splice(0)), ["x1,y2"])
    // It was the page that is there which was requested last.
    setLeaving(false)
    endRun("of the page that has come")
    assertEquals(sent.map(([name]) => name), ["painted", "view"])
    page.runTimers()
    assertEquals(texts(sent.slice(2)), ["x1,y2"])
  },
)
