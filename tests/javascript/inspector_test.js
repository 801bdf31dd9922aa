import { largestOutputs } from "../../ui/components/player/inspector.js"
import { assertEquals } from "./assert.js"

Deno.test("of many classes the three likeliest are named, the target too", () => {
  const reel = { output_names: ["a", "b", "c", "d", "e"], precision: { digits: 3, decimals: null } }
  assertEquals(largestOutputs(reel, 3, [0.1, 0.2, 0.05, 0.5, 0.15]), [
    "target d",
    "largest ŷ d: 0.500, b: 0.200, e: 0.150",
  ])
})
