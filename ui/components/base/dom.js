// Small helpers to find, make and change HTML and SVG elements.

const SVG = "http://www.w3.org/2000/svg"
const MATHML = "http://www.w3.org/1998/Math/MathML"

/** @typedef {Record<string, string | number>} Attributes */

/**
 * The first element within `parent` that a selector finds; an error where there is none of that type.
 * @template {Element} E
 * @param {ParentNode} parent
 * @param {string} selector
 * @param {new () => E} type
 * @returns {E}
 */
export function query(parent, selector, type) {
  const element = parent.querySelector(selector)
  if (element instanceof type) return element
  throw new TypeError(`${selector} must be ${type.name}, got ${element?.constructor.name ?? "no element"}`)
}

/**
 * @template {Element} E
 * @param {E} node
 * @param {Attributes} attributes
 * @param {(Node | string)[]} children
 * @returns {E}
 */
function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value))
  node.append(...children)
  return node
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} attributes
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function html(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children)
}

/**
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} attributes
 * @param {(Node | string)[]} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children)
}

/**
 * @template {keyof MathMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} attributes
 * @param {(Node | string)[]} children
 * @returns {MathMLElementTagNameMap[Tag]}
 */
export function mathml(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(MATHML, tag), attributes, children)
}

/**
 * A copy of a node with all that is in it.
 * @template {Node} N
 * @param {N} node
 */
export function copyOf(node) {
  return /** @type {N} */ (node.cloneNode(true))
}

/**
 * The element that has the focus in the document or shadow tree of `node`.
 * @param {Node} node
 */
export function focusedBeside(node) {
  const root = node.getRootNode()
  return root instanceof Document || root instanceof ShadowRoot ? root.activeElement : null
}

/**
 * The element that a selector finds at or around what an event is about; null where there is none.
 * @param {Event} event
 * @param {string} selector
 */
export function closestTo({ target }, selector) {
  return target instanceof Element ? target.closest(selector) : null
}

// What was last written where: reading the document, or writing what stands there already, costs time that 60
// frames a second do not have.
/** @type {WeakMap<Element, Record<string, string | number | boolean>>} */
const written = new WeakMap()

/**
 * @param {Element} node
 * @param {string} name
 * @param {string | number | boolean} value
 * @returns {boolean} whether that is another value than the one before
 */
function isNew(node, name, value) {
  const known = written.get(node)
  if (known?.[name] === value) return false
  if (known) known[name] = value
  else written.set(node, { [name]: value })
  return true
}

/**
 * Sets an attribute, unless it has that value already.
 * @param {Element} node
 * @param {string} name
 * @param {string | number | boolean} value
 */
export function set(node, name, value) {
  if (isNew(node, name, value)) node.setAttribute(name, String(value))
}

/**
 * Sets the text of an element without children, unless it has that text already.
 * @param {Element} node
 * @param {string} text
 */
export function setText(node, text) {
  if (!isNew(node, "textContent", text)) return
  if (node.firstChild) node.firstChild.nodeValue = text
  else node.textContent = text
}
