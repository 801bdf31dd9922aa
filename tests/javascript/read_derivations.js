// The derivation of every parameter, unit and input of each network sent, so that the Python tests can check it.

import { derivationOf } from "../../ui/components/live_network/derivation.js"
import { numbersOf, readFormulas } from "../../ui/components/live_network/formulas.js"
import { speak, writeExpression } from "../../ui/components/live_network/mathml.js"
import { overLetters } from "../../ui/components/live_network/mathml.js"
import {
  carriedByLinks,
  factorsOf,
  productOf,
  resultOf,
  sourceOf,
  sumOfOthers,
} from "../../ui/components/live_network/paths.js"
import { reasonOf } from "../../ui/components/live_network/reasons.js"
import { linksOf, readStep } from "../../ui/components/live_network/step.js"

/** @import { NetworkModel } from "../../ui/components/live_network/model.d.ts" */

/** @type {NetworkModel[]} */
const sent = await new Response(Deno.stdin.readable).json()
const read = (/** @type {NetworkModel} */ data) => {
  const values = new Map(data.controls.map(({ id, value }) => [id, value]))
  const network = readFormulas(data)
  const step = readStep(data, data.view, data.frame, (id) => values.get(id) ?? NaN)
  const numbers = numbersOf(network, step)
  return Object.fromEntries(
    [...data.drawing.nodes, ...linksOf(data.drawing)].map(({ id }) => {
      const source = sourceOf(id)
      if (!source) throw new TypeError(`${id} must be an item of the drawing`)
      const derivation = derivationOf(source, network, step, { order: null, path: null })
      const { count, positive, negative, open } = derivation.paths
      const { size, cause, sentence, named } = reasonOf(source, network, step, data.view.precision)
      return [id, {
        result: derivation.result,
        total: numbers(resultOf(source, step.isErrorTerm)),
        rest: sumOfOthers(source, derivation.order, network, numbers, step.isErrorTerm),
        sums: { count, positive, negative, open },
        paths: derivation.order.map((path) => ({
          path,
          value: productOf(factorsOf(source, path, network, step.isErrorTerm), numbers),
        })),
        factors: derivation.factors.map(({ symbol, item, letters, name }) => ({
          symbol,
          item,
          name,
          letters: speak(writeExpression(letters, overLetters(network)), String),
          value: numbers(symbol),
        })),
        carried: Object.fromEntries(carriedByLinks(source, network, numbers, step.isErrorTerm)),
        reason: { size, cause, sentence, named: named.map((symbol) => ({ symbol, value: numbers(symbol) })) },
      }]
    }),
  )
}
console.log(JSON.stringify(sent.map(read)))
