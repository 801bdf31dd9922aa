// The symbols of −δ and −dL/d…, which the error-term convention has in place of δ and dL/d….

/** @import { SymbolTree } from "./model.d.ts" */

const NEGATED = ["delta", "da", "dW", "db"]
const PREFIX = "minus_"

/**
 * A symbol as the convention has it: −δ in place of δ.
 * @param {SymbolTree} symbol
 * @returns {SymbolTree}
 */
export function withMinus([name, ...place]) {
  return NEGATED.includes(name) ? [PREFIX + name, ...place] : [name, ...place]
}

/**
 * The symbol itself, and whether it stands for the negative of that.
 * @param {SymbolTree} symbol
 * @returns {{ isNegative: boolean, symbol: SymbolTree }}
 */
export function withoutMinus([name, ...place]) {
  const isNegative = name.startsWith(PREFIX)
  return { isNegative, symbol: [isNegative ? name.slice(PREFIX.length) : name, ...place] }
}
