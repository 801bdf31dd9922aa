// Small helpers to make HTML and SVG elements.

const SVG = "http://www.w3.org/2000/svg"

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value)
  node.append(...children)
  return node
}

function html(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children)
}

function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children)
}

// Writing an attribute that has not changed still costs a style pass; 60 frames a second feel it.
function set(node, name, value) {
  const text = String(value)
  if (node.getAttribute(name) !== text) node.setAttribute(name, text)
}

function setText(node, text) {
  if (node.textContent !== text) node.textContent = text
}
