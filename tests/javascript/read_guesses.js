// Reads guesses as the browser does: texts on the input, numbers or null on the output.

import { readGuess } from "../../ui/components/live_network/predict.js"

const texts = JSON.parse(await new Response(Deno.stdin.readable).text())
console.log(JSON.stringify(texts.map(readGuess)))
