// Reads arrays as the browser does: packed models in base64 on the input, the bytes of their arrays, by name, on the
// output, as the type that they are read as has them.

import { decode, readArray, unpack } from "../../ui/components/base/arrays.js"

/** @param {ArrayBufferView} numbers */
const base64 = ({ buffer, byteLength }) =>
  Array.from(
    new Uint8Array(/** @type {ArrayBuffer} */ (buffer), 0, byteLength),
    (byte) => String.fromCharCode(byte),
  ).join("")

/** @type {string[]} */
const models = JSON.parse(await new Response(Deno.stdin.readable).text())
console.log(JSON.stringify(models.map((packed) => {
  const model = unpack(decode(packed, Uint8Array))
  return Object.fromEntries(
    Object.entries(model).map(([name, sent]) => [name, btoa(base64(readArray(sent, sent.type)))]),
  )
})))
