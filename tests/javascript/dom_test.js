import { query, set, setText } from "../../ui/components/base/dom.js"
import { assertEquals } from "./assert.js"

class Field {
  /** @type {[string, string][]} */
  attributes = []
  /** @type {{ nodeValue: string } | null} */
  firstChild = null

  /**
   * @param {string} name
   * @param {string} value
   */
  setAttribute(name, value) {
    this.attributes.push([name, value])
  }
}

/** An element as far as these helpers use one. */
function makeField() {
  const field = new Field()
  return { field, node: /** @type {Element} */ (/** @type {unknown} */ (field)) }
}

/** @param {unknown} found */
function errorOf(found) {
  const parent = /** @type {ParentNode} */ (/** @type {unknown} */ ({ querySelector: () => found }))
  try {
    query(parent, ".row input", /** @type {new () => Element} */ (/** @type {unknown} */ (Field)))
    return null
  } catch (error) {
    return error instanceof Error ? error.message : error
  }
}

Deno.test("an element that is missing, or another one, is an error that names it", () => {
  assertEquals(errorOf(new Field()), null)
  assertEquals(errorOf(null), ".row input must be Field, got no element")
  assertEquals(errorOf(new Date()), ".row input must be Field, got Date")
})

Deno.test("what stands there already is not written again", () => {
  const { field, node } = makeField()
  for (const value of [1, 1, 2, 2, 1, true]) set(node, "width", value)
  set(node, "height", 1)
  assertEquals(field.attributes, [["width", "1"], ["width", "2"], ["width", "1"], ["width", "true"], [
    "height",
    "1",
  ]])
})

Deno.test("a text is written into the node that holds it, so that nothing else is built", () => {
  const { field, node } = makeField()
  const text = { nodeValue: "" }
  field.firstChild = text
  setText(node, "1.5")
  assertEquals([text.nodeValue, field.firstChild === text], ["1.5", true])
})
