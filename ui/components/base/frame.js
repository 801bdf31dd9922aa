// Frames of another page and low screens, which have little room.

const LOW_FRAME = 480
// A laptop's, enlarged.
const LOW_SCREEN = 600
const PHONE_WIDTH = 568
const LOW_PHONE = 800

/** Whether the page stands in a frame of another page: Streamlit has a parameter for it. */
export function isFramed() {
  return new URLSearchParams(location.search).get("embed")?.toLowerCase() === "true"
}

/**
 * The height that is left for a drawing in a low frame, on a low screen, or on a phone where it stays in sight;
 * Infinity where there is room.
 * @param {{ frame: number, page: number, phone?: number }} others the pixels that all else takes that is to be in
 *   sight
 */
export function roomBeside({ frame, page, phone }) {
  if (isFramed()) return innerHeight <= LOW_FRAME ? innerHeight - frame : Infinity
  if (innerHeight <= LOW_SCREEN) return innerHeight - page
  return phone && innerWidth <= PHONE_WIDTH && innerHeight < LOW_PHONE ? innerHeight - phone : Infinity
}
