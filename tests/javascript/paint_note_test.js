import { endRun } from "../../ui/components/base/page_run.js"
import { makePaintNote } from "../../ui/components/base/paint_note.js"
import { assertEquals } from "./assert.js"
import { makeFakePage } from "./fake_page.js"

Deno.test("the note that a component is drawn is sent again where a later run does not know of it", () => {
  const page = makeFakePage()
  try {
    /** @type {number[]} */
    const sent = []
    const notePaint = makePaintNote((times) => sent.push(times))
    notePaint(true)
    assertEquals(sent, [1])
    notePaint(false)
    assertEquals(sent, [1])
    endRun("first")
    notePaint(true)
    assertEquals(sent, [1])
    // The page was opened again.
    endRun("second")
    notePaint(false)
    assertEquals(sent, [1, 2])
    notePaint(false)
    assertEquals(sent, [1, 2])
  } finally {
    page.restore()
  }
})
