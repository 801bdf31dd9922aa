// What is explained of every item and control, for each network sent, so that the Python tests can check it.

import { exactOnScreen, formatNumber } from "../../ui/components/base/format.js"
import { arrayEquation, equationsOf, productsOf, rowsOf } from "../../ui/components/live_network/equations.js"
import { factsOf } from "../../ui/components/live_network/facts.js"
import { numbersOf, readFormulas } from "../../ui/components/live_network/formulas.js"
import { withoutMinus } from "../../ui/components/live_network/negation.js"
import { speak } from "../../ui/components/live_network/mathml.js"
import { flawOf } from "../../ui/components/live_network/plugged.js"
import { linksOf, readStep } from "../../ui/components/live_network/step.js"

/** @import { Precision } from "../../ui/components/base/format.js" */
/** @import { Numbers } from "../../ui/components/live_network/expression.js" */
/** @import { Markup } from "../../ui/components/live_network/mathml.js" */
/** @import { NetworkModel } from "../../ui/components/live_network/model.d.ts" */

/**
 * MathML as text. Letters are an <mn> of their exact number, or none where they stand for an array.
 * @param {Markup} markup
 * @param {Numbers} numbers
 * @param {Precision} precision
 * @returns {string}
 */
function write({ tag, text, children = [], leaf, number, bracketed }, numbers, precision) {
  if (leaf && !number) return leaf[2] ? `<mn>${exactOnScreen(numbers(leaf))}</mn>` : "<array/>"
  if (leaf) {
    const shown = formatNumber(numbers(leaf), precision)
    const value = `<mn>${shown}</mn>`
    return bracketed && shown.startsWith("−") ? `<mrow><mo>(</mo>${value}<mo>)</mo></mrow>` : value
  }
  const inside = text?.replaceAll(">", "&gt;") ??
    children.map((child) => write(child, numbers, precision)).join("")
  return `<${tag}>${inside}</${tag}>`
}

/** @type {NetworkModel[]} */
const sent = await new Response(Deno.stdin.readable).json()
const read = (/** @type {NetworkModel} */ data) => {
  const values = new Map(data.controls.map(({ id, value }) => [id, value]))
  const { precision } = data.view
  const network = readFormulas(data)
  const step = readStep(data, data.view, data.frame, (id) => values.get(id) ?? NaN)
  const nodes = data.drawing.nodes.map((node, index) => ({ ...node, index }))
  const links = linksOf(data.drawing)
  const numbers = numbersOf(network, step)
  const explain = (/** @type {{ id: string }} */ { id }) => ({
    id,
    ...factsOf(id, nodes, links, {
      ...step,
      network,
      precision,
      control: data.controls.find((control) => control.id === id),
    }),
    equations: equationsOf(id, network, step).map((equation) => {
      const { letters, plugged, result, because } = rowsOf(equation, network)
      const row = (/** @type {Markup[] | null} */ parts) =>
        parts && `<math>${parts.map((part) => write(part, numbers, precision)).join("")}</math>`
      return {
        of: equation.result,
        name: speak(letters, () => ""),
        because: because && speak(because, () => ""),
        number: equation.right && exactOnScreen(numbers(equation.result)),
        letters: row(letters),
        plugged: row(plugged),
        result: row(result),
        flaw: equation.right && flawOf(equation.right, numbers(equation.result), numbers, precision),
      }
    }),
  })
  return {
    units: nodes.map(explain),
    links: links.map((link) => ({ ...explain(link), drawn: step.quantity(link) })),
    arrays: data.formulas.map(({ left }) =>
      speak(arrayEquation(withoutMinus(left).symbol, network, step) ?? [], String)
    ),
    products: productsOf(data.stages.flatMap(({ writes }) => writes), network)
      .map((parts) => speak(parts, String)),
    controls: data.controls.filter(({ id }) => /^(y|eta)/.test(id)).map(explain),
  }
}
console.log(JSON.stringify(sent.map(read)))
