// Frames of another page and low screens, which have little room.

const LOW_FRAME = 480
// A laptop's, enlarged.
const LOW_SCREEN = 600

/** Whether the page stands in a frame of another page: Streamlit has a parameter for it. */
export function isFramed() {
  return new URLSearchParams(location.search).get("embed")?.toLowerCase() === "true"
}

/**
 * The height that is left for a drawing in a low frame or on a low screen; Infinity where there is room.
 * @param {{ frame: number, page: number }} others the pixels that all else takes that is to be in sight
 */
export function roomBeside({ frame, page }) {
  if (isFramed()) return innerHeight <= LOW_FRAME ? innerHeight - frame : Infinity
  return innerHeight <= LOW_SCREEN ? innerHeight - page : Infinity
}
