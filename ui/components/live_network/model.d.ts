import type { Scale, SignColors } from "../base/color.js"
import type { SentArray } from "../base/arrays.js"
import type { SentFilm } from "../base/film.js"
import type { Precision } from "../base/format.js"
import type { Refusal, SliderControl } from "../base/slider.d.ts"

/** The quantity that colors the edges. */
export type EdgeColor = "gradient" | "weight_delta" | "weight" | "contribution"

/** What stands below the explanation of what is selected. */
export type Tab = "along" | "nudge" | "code"

/** A unit or an input; its number in the node arrays of a frame is its place among the nodes. */
export interface DrawingNode {
  id: string
  /** 0 for an input. */
  layer: number
  unit: number
  label: string
}

/** A weight: the numbers of the nodes at its ends, and its place in θ. */
export interface DrawingEdge {
  id: string
  label: string
  index: number
  from: number
  to: number
}

/** A bias: the number of its node, and its place in θ. */
export interface DrawingBias {
  id: string
  label: string
  index: number
  node: number
}

/** The slope of a layer's activation function: its name in a sentence, the most it can be, whether it nears 0 at both ends. */
export interface SlopeFacts {
  name: string
  most: number
  saturates: boolean
}

/** What is drawn of a network; activations stand by layer, without the inputs. */
export interface Drawing {
  layers: number
  nodes: DrawingNode[]
  edges: DrawingEdge[]
  biases: DrawingBias[]
  activations: string[]
  slopes: SlopeFacts[]
  /** Whether loss and output activation are a pair whose δ is a difference. */
  fused: boolean
  loss: string
}

/** A named array of one layer, 0 for what belongs to none, or with an index one number of it. */
export type SymbolTree = [name: string, layer: number, index?: number[]]

/** A constant, and how it is written where that is not its value: ½. */
export interface Constant {
  value: number
  text?: string
}

/** An operation, by its name, and its arguments. */
export type OperationTree = [name: string, ...arguments: Expression[]]

export type Expression = SymbolTree | Constant | OperationTree

/** What an array is made of, what that follows from, the first of it first, and the lines of code that compute it. */
export interface Sides {
  right: Expression
  because: Expression[]
  code: string[]
}

/** An equation of arrays, and the sides that it has instead where the targets sum to 1. */
export interface Formula extends Sides {
  left: SymbolTree
  if_sums_to_one?: Sides
}

/** A slider with its number box; one that is not `shown` has only its value. */
export interface Control extends SliderControl {
  group: string
  scale: "linear" | "log"
  shown: boolean
}

/** Where the node arrays start in a frame. */
export type NodeArray = "a" | "z" | "derivative" | "da" | "delta"
export type Scalar = "loss" | "loss_after" | "loss_predicted"

/** Where each quantity starts in a frame, and how long that is. */
export type Layout = Record<Scalar | NodeArray | "gradient" | "length", number>

/** The numbers of one step; null for what overflows or is hidden. */
export type Frame = ArrayLike<number | null>

/** The loss at some steps; null for what is no number. */
export interface LossCurve {
  steps: number[]
  loss: (number | null)[]
}

/** The present curve from step 0 on and the branches left behind, with words for what the latter are. */
export interface SeenLosses {
  curve: LossCurve
  old: LossCurve[]
  left: string | null
}

/**
 * The loss at each of `steps` from now, from each of a film's `positions`: 16-bit codes, evenly over the logarithm of
 * the loss between a row's ends (in 32 bits), and the loss at the last step (in 64 bits).
 */
export interface SentLossAlong {
  steps: number[]
  positions: number[]
  codes: SentArray
  low: SentArray
  high: SentArray
  last: SentArray
}

/** What a film is of: its control, its key, and a text that stands for the numbers that it was made of. */
export interface FilmName {
  control: string
  key: string
  numbers: string
}

/** A film with the training that would follow, null where that comes later; `is_whole` is it at all positions. */
export type NetworkFilm = SentFilm & FilmName & { is_whole: boolean; future: SentLossAlong | null }

/** A film, or what is still missing of one that has come with all its frames. */
export type FilmPart = NetworkFilm | FilmName & { future: SentLossAlong }

/** What an exercise gives beside its numbers; a formula may be "". */
export interface Given {
  term: string
  name: string
  formula: string
}

export interface View {
  color: EdgeColor
  scale: Scale
  /** Whether the edges have their numbers. */
  labels: boolean
  /** A weight, bias or unit, or "none". */
  selected: string
  /** The stage up to which the step is computed, or "all". */
  stage: string
  /** Whether the numbers of a stage are to be predicted before they are shown. */
  predict: boolean
  precision: Precision
  /** Of the loss over steps. */
  loss_scale: Scale
  /** How many steps ahead the loss is shown. */
  horizon: number
  /** What stands below the explanation. */
  tab: Tab
  /** The h of a nudge. */
  nudge: number
  /** Whether the answers are shown. */
  answers: boolean
}

/** Where training stands. */
export interface Training {
  position: number
  end: number
  diverged: boolean
}

export interface Choices {
  colors: Record<EdgeColor, string>
  scales: Record<Scale, string>
  loss_scales: Record<Scale, string>
  horizons: number[]
  tabs: Record<Tab, string>
  /** The largest first. */
  nudges: number[]
}

/** The colors that tell the numbers of a formula apart by what they are, #rrggbb each. */
export type RoleColors = Record<"input" | "weight" | "rate" | "target" | "slope", string>

/**
 * How formulas are written. Letters are pieces by the names of symbols: one with _ has the subscript of the number, or
 * in an array that of the layer; @ is the letter of a unit itself.
 */
export interface Convention {
  /** Of δ as it is shown: −1 for the error term −δ. */
  delta: { sign: 1 | -1; symbol: string; name: string }
  letters: Record<string, string>
  array_letters: Record<string, string>
  /** What a letter is, by the name of its symbol, or of its negative with "minus_" before it. */
  meanings: Record<string, string>
  /** What stands between the two ends of a weight: →, or ← with the unit that it feeds first. */
  arrow: string
  /** What the lines of code are of. */
  code: string
  units_are_columns: boolean
  weights_are_turned: boolean
}

/** What stands before the lines of code: in `array` the numbers of what is given stand in place of {}. */
export interface CodeSetting {
  heading: string[]
  array: string
  given: [symbol: SymbolTree, name: string][]
  /** Names that hold nothing yet. */
  computed: string[]
}

/** An array that a stage reads or writes, and what its rows and columns are. */
export interface ArrayShape {
  symbol: string
  shape: string
  axes: string
  written: boolean
}

/** A stage of the step, in words; `writes` has the names and layers of its arrays. */
export interface StageText {
  id: string
  name: string
  /** 0 for a stage of no layer, or of all. */
  layer: number
  symbol: string
  title: string
  sentence: string
  writes: [string, number][]
  shapes: ArrayShape[]
  code: string[]
}

/** All that Python sends to the live network. */
export interface NetworkModel {
  /** The number of the newest message that Python has taken. */
  seq: number
  session?: string
  /** The run of the whole page in which this was drawn. */
  run?: string
  /** Whether Python has the note that the network is drawn. */
  painted?: boolean
  drawing: Drawing
  convention: Convention
  /** Of one step, in the order of the pass. */
  formulas: Formula[]
  code: CodeSetting
  /** In the order of the pass. */
  stages: StageText[]
  controls: Control[]
  layout: Layout
  frame: (number | null)[]
  /** Whether the frame has come from a film, which has fewer digits. */
  from_film?: boolean
  /** What stands for all numbers that films are made of. */
  numbers: string
  /** The film that was used last, as it is of these numbers. */
  film: { control: string; key: string } | null
  given: Given[]
  biases_fixed: boolean
  view: View
  rejected: Record<string, Refusal>
  /** The terms on the screen by their keys; `symbol` is what a term is of, "" where it is of no array. */
  glossary: Record<string, { term: string; sentence: string; symbol: string }>
  training: Training | null
  /** Whether a newcomer is shown what to do first. */
  guide: boolean
  /** The loss over the steps from now. */
  future: LossCurve | null
  past: SeenLosses | null
  choices: Choices
  palette: { light: SignColors; dark: SignColors }
  roles: { light: RoleColors; dark: RoleColors }
}

/** A number typed or dragged. */
export interface Change {
  id: string
  text: string
}

/** The step that the timeline was moved to, be it one that has not been taken yet. */
export interface Sought {
  step: number
}

/** What goes with the changes: the key of the film that is here, and what is selected. */
export interface WithChanges {
  held: string | null
  selected: string
}

/** What the live network sends beside its changes. */
export interface NetworkPosted {
  selected: { id: string }
  view: Pick<
    View,
    "color" | "scale" | "labels" | "loss_scale" | "horizon" | "stage" | "predict" | "tab" | "nudge"
  >
  /** The control whose film is requested, its range here, and the key of the film that is here; to `films`. */
  grabbed: { id: string; low: number; high: number; held: string | null }
}
