import { betweenColors } from "../../ui/components/save_chart/component.js"
import { pictureWithin } from "../../ui/components/save_drawing/component.js"
import { assertEquals } from "./assert.js"

Deno.test("a color on the screen's scale has its place on that of paper", () => {
  const scales = {
    screen: [[0, 0, 0], [100, 100, 100], [200, 0, 0]],
    paper: [[255, 255, 255], [155, 155, 155], [55, 255, 255]],
  }
  scales.screen.forEach((color, k) => assertEquals(betweenColors(color, scales), scales.paper[k]))
  assertEquals(betweenColors([50, 50, 50], scales), [205, 205, 205])
  assertEquals(betweenColors([150, 50, 50], scales), [105, 205, 205])
})

/**
 * What is used of a document or a shadow tree.
 * @param {EventTarget | null} drawing
 * @param {{ shadowRoot: ParentNode }[]} hosts
 */
function treeOf(drawing, hosts = []) {
  const tree = { querySelector: () => drawing, querySelectorAll: () => hosts }
  return /** @type {ParentNode} */ (/** @type {unknown} */ (tree))
}

Deno.test("there is no picture while there is no drawing", () => {
  assertEquals(pictureWithin(treeOf(null)), null)
  assertEquals(pictureWithin(treeOf(null, [{ shadowRoot: treeOf(null) }])), null)
})

Deno.test("the picture is that of the drawing, in whatever shadow tree it is", () => {
  const drawing = new EventTarget()
  const picture = { text: "<svg/>", width: 10, height: 5 }
  drawing.addEventListener("picture", (event) => {
    if (event instanceof CustomEvent) event.detail.take(picture)
  })
  const inner = treeOf(null, [{ shadowRoot: treeOf(drawing) }])
  assertEquals(pictureWithin(treeOf(null, [{ shadowRoot: treeOf(null) }, { shadowRoot: inner }])), picture)
})
