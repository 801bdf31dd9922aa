import type { Outbox } from "../base/protocol.d.ts"

/** What a box is: nothing typed yet, a right number, one that follows from a wrong one, a wrong one, one with too few
 * decimals, or no number. */
export type Kind = "" | "right" | "follows" | "wrong" | "short" | "unread"

/** A unit or an input. */
export interface Unit {
  id: string
  /** 0 for an input. */
  layer: number
  label: string
}

/** A weight: the places of its ends among the units. */
export interface Edge {
  id: string
  from: number
  to: number
}

/** A number that is shown and not to be found: at a unit with its letter, at a weight alone. */
export interface GivenNumber {
  /** The id of a unit or a weight. */
  place: string
  label: string
  text: string
}

/** A number that is to be found. */
export interface Box {
  /** The id of the quantity, which comes back with what is typed. */
  id: string
  /** The id of the unit at which it stands, or of the weight at whose end; "" for what is of neither, as the loss. */
  place: string
  /** Beside the box, and its whole name. */
  label: string
  name: string
  /** What a weight's box has, as dL/dw, where the label is the unit that the weight comes from; "" elsewhere. */
  quantity: string
  text: string
  kind: Kind
  /** Beside the box in a word or two, and in full; "" while there is nothing to be shown. */
  mark: string
  words: string
  /** Why a text is no number, as a sentence; "" where it is one. */
  problem: string
}

/** All that Python sends. Boxes stand in the order of the pass; Tab leads through all of a unit, then of the next. */
export interface AnswerBoxesModel {
  seq: number
  session: string | null
  run: string | null
  layers: number
  units: Unit[]
  edges: Edge[]
  given: GivenNumber[]
  boxes: Box[]
  /** The id of the box that is lit; it need not be among the boxes. */
  lit: string | null
  /** A sentence for those who listen to the page, read out when it changes. */
  announcement: string
}

/** What was typed into a box, sent until it is acknowledged. */
export interface TypedText {
  id: string
  text: string
}

export type BoxesOutbox = Outbox<TypedText>
