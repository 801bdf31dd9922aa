// A frame of another page, which may have little room.

const LOW = 480

/** Whether the page stands in a frame of another page; its address says so, as Streamlit has it. */
export function isFramed() {
  return new URLSearchParams(location.search).get("embed")?.toLowerCase() === "true"
}

/** The height that a drawing may take in a low frame beside `others` pixels; Infinity where there is room. */
export function frameRoom(others) {
  return isFramed() && innerHeight <= LOW ? innerHeight - others : Infinity
}
