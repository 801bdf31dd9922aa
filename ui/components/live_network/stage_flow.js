// What the edges carry at a stage is sent along them once.

/** @import { Picture } from "./drawing.js" */
/** @import { Scene } from "./scene.js" */

const FLOW_MS = 700

/**
 * @param {Picture} picture
 * @param {Scene} scene
 */
export function sendAlong({ links }, { stage }) {
  if (!stage?.carried || matchMedia("(prefers-reduced-motion: reduce)").matches) return
  const ahead = stage.carried.backward ? -1 : 1
  for (const link of links) {
    if (!stage.isLit(link)) continue
    // A dash as long as the edge, moved into it from where it comes from.
    link.flow.animate(
      [{ strokeDasharray: "1 1", strokeDashoffset: ahead }, { strokeDasharray: "1 1", strokeDashoffset: 0 }],
      { duration: FLOW_MS, easing: "ease-out" },
    )
  }
}
