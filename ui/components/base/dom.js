// Small helpers to make HTML and SVG elements.

const SVG = "http://www.w3.org/2000/svg"

export function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value)
  node.append(...children)
  return node
}

export function html(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children)
}

export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children)
}

// What was last written where: reading the document, or writing what stands there already, costs time that 60
// frames a second do not have.
const written = new WeakMap()

export function set(node, name, value) {
  if (!written.has(node)) written.set(node, {})
  const known = written.get(node)
  if (known[name] === value) return
  known[name] = value
  node.setAttribute(name, value)
}

export function setText(node, text) {
  if (!written.has(node)) written.set(node, {})
  const known = written.get(node)
  if (known.textContent === text) return
  known.textContent = text
  if (node.firstChild) node.firstChild.data = text
  else node.textContent = text
}
