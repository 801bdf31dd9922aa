// Writes numbers with their precisions, so that the Python tests can compare.

import { exact, formatNumber } from "../../ui/components/base/format.js"

/** @type {{ value: number, digits: number, decimals: number | null }[]} */
const sent = await new Response(Deno.stdin.readable).json()
const texts = sent.map((
  { value, digits, decimals },
) => [formatNumber(value, { digits, decimals }), exact(value)])
console.log(JSON.stringify(texts))
