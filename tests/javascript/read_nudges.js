// The forward pass of every network sent and the nudge of each of its numbers, so that the Python tests can compare them
// with the core's.

import { numbersOf, readFormulas } from "../../ui/components/live_network/formulas.js"
import { readCode } from "../../ui/components/live_network/code_view.js"
import { gradientSymbol, passOf, readNudge, subjectOfNudge } from "../../ui/components/live_network/nudge.js"
import { gradientName } from "../../ui/components/live_network/nudge_view.js"
import { readStep } from "../../ui/components/live_network/step.js"

/** @import { NetworkModel } from "../../ui/components/live_network/model.d.ts" */

/** @type {NetworkModel[]} */
const sent = await new Response(Deno.stdin.readable).json()
const read = (/** @type {NetworkModel} */ data) => {
  const values = new Map(data.controls.map(({ id, value }) => [id, value]))
  const network = readFormulas(data)
  const step = readStep(data, data.view, data.frame, (id) => values.get(id) ?? NaN)
  const pass = passOf(network)
  const { numbers } = pass.run(step.value)
  const units = data.drawing.nodes.filter(({ layer }) => layer)
  const [z, a] = ["z", "a"].map((name) =>
    units.map(({ layer, unit }) => numbers[pass.placeOf([name, layer, [0, unit]])])
  )
  const { edges, biases, nodes } = data.drawing
  const nudges = [...edges, ...biases, ...nodes].map(({ id }) => {
    const subject = subjectOfNudge(id, network)
    const gradient = subject ? numbersOf(network, step)(gradientSymbol(subject.symbol)) : NaN
    const nudge = readNudge(network, step, id, { h: data.view.nudge, gradient })
    return {
      id,
      gradient,
      quotient: nudge?.quotient,
      kind: nudge?.verdict.kind,
      reached: units.map((unit) => nudge?.reaches(unit)),
      changed: units.map((unit) => nudge?.aChange(unit)),
      code: readCode(id, network, { ...step, precision: data.view.precision }),
    }
  })
  const names = Object.fromEntries(
    ["w1.1.1", "b1.1", "n0.1", "n1.1", "y1"].flatMap((id) => {
      const subject = subjectOfNudge(id, network)
      return subject ? [[subject.letter, gradientName(subject, network)]] : []
    }),
  )
  return { z, a, loss: numbers[pass.placeOf(["loss", 0, []])], nudges, names }
}
console.log(JSON.stringify(sent.map(read)))
