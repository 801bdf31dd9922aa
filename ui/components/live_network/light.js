// What the reader points at in a derivation, as it is lit in the drawing: the weight or unit of a factor, the ribbon of a
// path, or those of all paths together.

import { isNumber } from "../base/format.js"
import { numbersOf } from "./formulas.js"
import { carriedByLinks, factorsOf, linksAlong, pathsOf, productOf, resultOf, sourceOf } from "./paths.js"

/** @import { NetworkFormulas } from "./formulas.js" */
/** @import { Path } from "./paths.js" */
/** @import { StepNumbers } from "./step.js" */

/**
 * Pointed at in the derivation of an item: a factor, by its item, or a path; all paths where both are null.
 * @typedef {{ of: string, item: string | null, path: Path | null }} Pointed
 */

/**
 * Items with an outline, and weights with a ribbon: what that carries, and the largest that a ribbon may carry;
 * whether they are of one path.
 * @typedef {{ item: string | null, ribbons: Map<string, number>, largest: number, isPath: boolean }} Light
 */

/**
 * @param {Pointed | null} pointed
 * @param {string} explained the item that the panel explains
 * @param {NetworkFormulas} network
 * @param {StepNumbers} step
 * @returns {Light | null}
 */
export function readLight(pointed, explained, network, step) {
  const source = pointed?.of === explained ? sourceOf(explained) : null
  if (!source || !pointed) return null
  const { item, path } = pointed
  if (item !== null) return { item, ribbons: new Map(), largest: 1, isPath: false }
  const numbers = numbersOf(network, step)
  const sizeOf = (/** @type {Path} */ way) =>
    productOf(factorsOf(source, way, network, step.isErrorTerm), numbers)
  const [largest] = pathsOf(source, network, numbers, step.isErrorTerm, 1).largest
  if (path) {
    const value = sizeOf(path)
    const ribbons = new Map(linksAlong(source, path, network).map((id) => [id, value]))
    return { item, ribbons, largest: Math.abs(sizeOf(largest)), isPath: true }
  }
  const ribbons = carriedByLinks(source, network, numbers, step.isErrorTerm)
  const sizes = [...ribbons.values(), numbers(resultOf(source, step.isErrorTerm))].map(Math.abs)
  return { item, ribbons, largest: Math.max(...sizes.filter(isNumber), 0), isPath: false }
}
