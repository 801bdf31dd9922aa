// Shows a picture in the colors of the page.

import { query } from "../base/dom.js"

/** @import { Component } from "../base/component.d.ts" */

/** @param {Component<{ picture: string }>} component an SVG element as text */
export default function ({ parentElement, data }) {
  query(parentElement, ".map", HTMLElement).innerHTML = data.picture
}
