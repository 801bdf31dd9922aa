// A file chosen in a popover, as Streamlit 1.67 cannot have it: what is in a popover is gone once that is closed, and the
// server has no word of a file before all of it has been sent. So while a file is on its way its popover stays open,
// whatever else the reader does. Test: tests/browser/test_training.py. Can go once a popover that is closed keeps what is
// being uploaded in it.

const UPLOADER = "[data-testid=stFileUploader]"
const FILE = "[data-testid=stFileChip]"
const SPINNER = "[data-testid=stFileChipIconSpinner]"
const CANCEL = "[data-testid=stFileChipDeleteBtn]"
const POPOVER = "[data-testid=stPopoverBody]"
const CLOSES = "[data-testid=stPopoverButton][aria-expanded=true]"

/**
 * The file that was chosen last: where, what was shown there `before` it, and whether its popover was kept open before
 * the file was shown. That is no longer than a response takes, unless it is lost.
 * @type {{ uploader: Element, before: Element | null, isKept: boolean } | null}
 */
let chosen = null

export function keepUploads() {
  addEventListener(
    "change",
    ({ target }) => choose(target, target instanceof HTMLInputElement && target.files),
    true,
  )
  addEventListener("drop", ({ target, dataTransfer }) => choose(target, dataTransfer?.files), true)
  // Before Streamlit.
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && keeps()) event.stopImmediatePropagation()
  }, true)
  addEventListener("click", (event) => {
    if (within(event.target, CANCEL)) chosen = null
    else if (within(event.target, CLOSES) && keeps()) event.stopImmediatePropagation()
  }, true)
  // Behind all that is clicked, and before the document, where a click outside of a popover closes it.
  document.body.addEventListener("click", (event) => {
    if (!within(event.target, POPOVER) && keeps()) event.stopPropagation()
  })
}

/**
 * @param {EventTarget | null} target
 * @param {FileList | null | false | undefined} files
 */
function choose(target, files) {
  const uploader = within(target, UPLOADER)
  if (uploader && files && files.length) {
    chosen = { uploader, before: uploader.querySelector(FILE), isKept: false }
  }
}

/** Whether a popover stays open that is to be closed now. */
function keeps() {
  if (!chosen?.uploader.isConnected) return false
  const { uploader, before, isKept } = chosen
  if (uploader.querySelector(FILE) !== before) return uploader.querySelector(SPINNER) !== null
  chosen.isKept = true
  return !isKept
}

/** @param {EventTarget | null} target @param {string} selector */
function within(target, selector) {
  return target instanceof Element ? target.closest(selector) : null
}
