// A popover that is opened by a key takes the focus into its first field. Streamlit 1.67 leaves it on the button, and what
// is in the popover comes at the end of the page. Test: tests/browser/test_panel_by_hand.py. Can go once a popover takes
// the focus by itself.
//
// A field that a run has replaced by its successor hands the focus on to it.

const BUTTON = "[data-testid=stPopover] button"
const BODY = "[data-testid=stPopoverBody]"
const FIELD = "input:not([type=hidden]), select, textarea, button:not([disabled])"

export function followPopovers() {
  /** @type {MutationObserver | null} */
  let waiting = null

  /** @param {Element} button */
  function enter(button) {
    waiting?.disconnect()
    const look = () => {
      const isLeft = document.activeElement !== button && document.activeElement !== document.body
      const field = [...document.querySelectorAll(`${BODY} :is(${FIELD})`)].find((node) =>
        node instanceof HTMLElement && node.offsetParent
      )
      if (field instanceof HTMLElement && !isLeft) field.focus()
      if (field || isLeft) waiting?.disconnect()
    }
    waiting = new MutationObserver(look)
    waiting.observe(document.body, { childList: true, subtree: true })
    look()
  }

  document.addEventListener("click", (event) => {
    const { target, detail } = event
    const button = target instanceof Element ? target.closest(BUTTON) : null
    // A click without a pointer is one of a key.
    if (button && !detail) enter(button)
  })

  /** @type {Element | null} the field of a popover that has had the focus last */
  let field = null
  document.addEventListener("focusin", ({ target }) => {
    field = target instanceof Element && target.closest(BODY) ? target : null
  })
  new MutationObserver(() => {
    if (!field || field.isConnected || document.activeElement !== document.body) return
    const name = field.getAttribute("aria-label")
    const successor = [...document.querySelectorAll(`${BODY} [aria-label]`)].find((node) =>
      node.getAttribute("aria-label") === name
    )
    if (successor instanceof HTMLElement) successor.focus({ preventScroll: true })
  }).observe(document.body, { childList: true, subtree: true })
}
