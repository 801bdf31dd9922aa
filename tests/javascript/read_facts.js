// What is explained of every item, for each network sent, so that the Python tests can check it.

import { factsOf } from "../../ui/components/live_network/facts.js"
import { linksOf, readStep } from "../../ui/components/live_network/step.js"

/** @import { NetworkModel } from "../../ui/components/live_network/model.d.ts" */

/** @type {NetworkModel[]} */
const sent = await new Response(Deno.stdin.readable).json()
const read = (/** @type {NetworkModel} */ data) => {
  const values = new Map(data.controls.map(({ id, value }) => [id, value]))
  const step = readStep(data, data.view, data.frame, (id) => values.get(id) ?? NaN)
  const nodes = data.drawing.nodes.map((node, index) => ({ ...node, index }))
  const links = linksOf(data.drawing)
  const scene = { ...step, precision: data.view.precision }
  const facts = (/** @type {{ id: string }} */ item) => ({
    id: item.id,
    ...factsOf(item.id, nodes, links, scene),
  })
  return {
    units: nodes.map(facts),
    links: links.map((link) => ({ ...facts(link), drawn: step.quantity(link) })),
  }
}
console.log(JSON.stringify(sent.map(read)))
