// Where the player gets the next steps of a run, which another component brings, and leaves its requests for them.

const BROUGHT = "backprop-explorer-steps-brought"
const REQUESTED = "backprop-explorer-steps-requested"

/**
 * @param {string} name
 * @param {(detail: unknown) => void} take
 * @returns {() => void} what ends it
 */
function follow(name, take) {
  /** @param {Event} event */
  const listen = (event) => event instanceof CustomEvent && take(event.detail)
  document.addEventListener(name, listen)
  return () => document.removeEventListener(name, listen)
}

/** @param {unknown} steps as they have been sent */
export function bringSteps(steps) {
  document.dispatchEvent(new CustomEvent(BROUGHT, { detail: steps }))
}

/** @param {(steps: unknown) => void} take */
export function followSteps(take) {
  return follow(BROUGHT, take)
}

/** @param {object} request */
export function requestSteps(request) {
  document.dispatchEvent(new CustomEvent(REQUESTED, { detail: request }))
}

/** @param {(request: unknown) => void} take */
export function followStepRequests(take) {
  return follow(REQUESTED, take)
}
