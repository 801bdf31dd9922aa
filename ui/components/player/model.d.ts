// What Python sends to the player, and what the player sends back.

import type { SignColors } from "../base/color.js"
import type { Precision } from "../base/format.js"
import type { Refusal, SliderControl } from "../base/slider.d.ts"

/** Numbers in base64; the field beside them has the type of each. */
type Base64 = string

/** What `player` of __init__.py passes: the film, and how it is shown. */
export interface PlayerModel {
  /** The newest message that Python has taken. */
  seq: number
  /** What differs from session to session; none in a saved page. */
  session?: string
  /** Whether Python has the note that the player is drawn. */
  painted?: boolean
  /** The film, or its key alone where the browser has it. */
  film: SentRun | SentContinuation | { key: string }
  /** The step at which a film that is new to the browser starts. */
  position: number
  /** The step from which such a film is played; null where it stands still. */
  play_from: number | null
  /** Whether training goes on with it where it went on with the film before. */
  goes_on: boolean
  /** The sample that is drawn where the inputs are pixels. */
  picture: SentPicture | null
  scale: LossScaleName
  /** What a click on the plane can place; null where it places nothing. */
  placing: SentPlacing | null
  /** How the plane is shown. */
  views: PlaneView[]
  palette: Record<"light" | "dark", PlayerColors>
  /** The controls beside the drawing; null where there are none. */
  panel: SentPanel | null
  /** Texts that could not be taken as weights, by their places in θ; none in a saved page. */
  refused_weights?: Record<string, Refusal>
  precision: Precision
  /** The films of several runs that can be chosen; none in a saved page. */
  sweep?: SweepChoices | null
}

/** Which hyperparameters a film can go through, and the chosen one, "" for none; `note` is why there is no film of it. */
export interface SweepChoices {
  choices: { name: string; label: string }[]
  chosen: string
  note: string
}

/** Numbers as `pack` sends them. */
export interface SweptNumbers {
  bytes: Uint8Array<ArrayBuffer>
}

/** A run of a film of several: as SentRun has it, where it differs from the run that the film goes with. */
export interface SentSweptRun {
  steps: number[]
  epochs: number[]
  frames: number[]
  best: number | null
  diverged: boolean
  theta: SweptNumbers
  gradient: SweptNumbers
  loss: TrainAndTest<SweptNumbers>
  accuracy: { train: SweptNumbers | null; test: SweptNumbers | null }
  hidden: SweptNumbers
  surface: SweptNumbers
  predictions: SweptNumbers
  /** The samples, where each run has its own. */
  points: { x: SweptNumbers; y: SweptNumbers; test: SweptNumbers } | null
}

/** What `build_sweep` of sweep.py makes: runs that differ in one hyperparameter, a run a value. */
export interface SentSweep {
  key: string
  /** The film that it goes with. */
  of: string
  name: string
  symbol: string
  values: number[]
  /** With the symbol, as they are shown, and alone with all digits, as they are taken. */
  texts: string[]
  numbers: string[]
  /** The place of the value of the run that it goes with, and whether the run there is that very run. */
  present: number
  is_own: boolean
  number: "<f4" | "<f8"
  /** Those of the film, as in SentRun. */
  center: number[]
  span: number[]
  runs: SentSweptRun[]
}

/** The map in flat colors, no samples of the test. */
export type PlaneView = "discrete" | "notest"

export interface SentPlacing {
  /** The classes. */
  names: string[]
  /** Whether a press on a button comes first, as the samples are no points of the reader's own yet. */
  optional: boolean
  /** For one new point and more: for each of them whether it is one of the test. */
  test: boolean[][]
}

/** What `panel_model` of panel.py makes: the controls in their order, and texts that could not be taken, by id. */
export interface SentPanel {
  fields: SentField[]
  rejected: Record<string, Refusal>
  /** What stands for the data without noise and share, as in SentDataFilm. */
  data: string
  /** A sentence that stands below the drawing where nothing is looked at; "" where there is none. */
  note: string
}

/** A control; `group` is the heading that it stands below, and it is `shown` where it applies. */
export type SentField = SentSlider | SentMenu | SentTiles | SentLayers

interface FieldNames {
  group: string
  shown: boolean
  id: string
  label: string
  /** What a screen reader reads. */
  name: string
}

export interface SentSlider extends SliderControl {
  kind: "slider"
  group: string
  shown: boolean
}

export interface SentMenu extends FieldNames {
  kind: "menu"
  value: string
  options: [value: string, label: string][]
}

/** Options with pictures, of which one or `many` are chosen, and more of them without. */
export interface SentTiles extends FieldNames {
  kind: "tiles"
  many: boolean
  chosen: string[]
  options: { value: string; label: string; picture: SentTilePicture }[]
  more: [value: string, label: string][]
}

export type SentTilePicture = SentPicturePoints | SentPictureMap

export interface SentPicturePoints {
  kind: "points"
  /** Whether the third byte is the place of a class, not a number around the middle of a byte. */
  several: boolean
  /** (points, 3) bytes: x1 and x2 from the lower left corner of the plane, and the color */
  points: Base64
}

export interface SentPictureMap {
  kind: "map"
  side: number
  /** (cells,) bytes from the upper left corner row by row */
  cells: Base64
}

/** The widths of the hidden layers. */
export interface SentLayers extends FieldNames {
  kind: "layers"
  widths: number[]
  max_layers: number
  max_units: number
}

/** What was chosen or typed, by the id of its field. */
export interface FieldText {
  id: string
  text: string
}

/** Colors as #rrggbb; two classes are the ends of the sign scale, more have a color and a marker each. */
export interface PlayerColors extends SignColors {
  classes: string[]
  markers: string[]
}

export type Task = "binary" | "classes" | "regression"
export type LossScaleName = "linear" | "log"

/** Numbers of the training samples, and those of the test samples where there are any. */
export interface TrainAndTest<Numbers> {
  train: Numbers
  test: Numbers | null
}

/** Mean and deviation of a column that is standardized. */
export type Standardized = [mean: number, deviation: number] | null

/** The plane that the maps are drawn over, or for one axis the line. */
export interface SentPlane {
  names: string[]
  low: number[]
  high: number[]
  /** The value at which each input that is no axis is held, by its place. */
  held: [input: number, value: number][]
}

/** A sample as a picture, and dL/dx of it at each key frame of the film: one byte a pixel. */
export interface SentPicture {
  /** Which sample it is, from 1. */
  number: number
  samples: number
  label: string
  /** (pixels,) from 0 for paper to 254 */
  ink: Base64
  /** (K, pixels) 127 for 0 */
  gradient: Base64
  /** (K,), float64: what the ends of the bytes of a gradient stand for */
  largest: Base64
}

/** Samples from a step on, with their noise and the share that is trained on; x, y and test as in SentRun. */
export interface SentLaterPoints {
  step: number
  noise: number
  share: number
  x: Base64
  y: Base64
  test: Base64
}

/** A film all of whose key frames have come as next steps of its run; what stands in it is as in SentRun. */
export interface SentContinuation {
  key: string
  run: string
  still: string
  /** Its last step. */
  last: number
  best: number | null
  diverged: boolean
}

/** A training run at its K key frames, as `build_player` of payload.py makes it. */
export interface SentRun {
  key: string
  /** What films of one run have alike, however long each is; none in a saved page. */
  run?: string
  /** The same for films of one run in which all is the same but what goes with its length. */
  still: string
  task: Task
  /** Rows and columns of the picture that the inputs make; its W1 is in no θ and no gradient. */
  pixels: number[] | null
  widths: number[]
  bias: boolean
  /** Names of the activations, one a layer. */
  activations: string[]
  /** Names of the inputs, then of all units. */
  labels: string[]
  /** Names of the outputs; two of one output are its two classes. */
  output_names: string[]
  steps: number[]
  epochs: number[]
  /** The type of the numbers below that have no other one. */
  number: "<f4" | "<f8"
  /** (K, P) */
  theta: Base64
  /** (K, P) */
  gradient: Base64
  /** (K,), float64 */
  loss: TrainAndTest<Base64>
  /** (K,), float64; none in regression */
  accuracy: { train: Base64 | null; test: Base64 | null }
  /** The step with the lowest test loss. */
  best: number | null
  diverged: boolean
  changes: SettingsChange[]
  left: SentFuture[]
  /** The F key frames that have maps. */
  frames: number[]
  plane: SentPlane
  standardized: { inputs: Standardized[]; outputs: Standardized[] }
  maps: {
    /** (inputs, cells), bytes */
    inputs: Base64
    /** (F, hidden units, cells), bytes */
    hidden: Base64
    /** (F, outputs, fine cells): bytes over two axes, numbers over one */
    surface: Base64
    /** The value of the middle byte, one a unit. */
    center: number[]
    /** The distance from there to the values of the least and the largest byte. */
    span: number[]
  }
  points: {
    /** (N, axes), float64 */
    x: Base64
    /** (N, outputs), float64 */
    y: Base64
    /** (N,), bytes */
    test: Base64
    /** (F, N, outputs) */
    predictions: Base64
    count: number
    /** Which of all samples each is, from 0; none where they make no picture. */
    rows: number[]
    note: string
    /** The samples that take their place on the way, in the order of their steps. */
    later: SentLaterPoints[]
  }
  /** What the sliders of the panel play; none in a saved page. */
  data?: SentDataFilm
}

/** The samples of `points` at every place of the sliders that move them, as `data_film` of data_film.py makes it. */
export interface SentDataFilm {
  /** What stands for the data without noise and share. */
  of: string
  /** Those of the run. */
  noise: number
  share: number
  /** (F,), of generated data only */
  noises: number[]
  /** (F or 1, N, axes) and (F or 1, N, outputs), float32: one frame of what the noise does not change */
  x: Base64 | null
  y: Base64 | null
  /** (S,), and how many samples are for training at each */
  shares: number[]
  counts: number[]
  /** (N,): the samples are for training in this order */
  order: number[]
}

/** Where a point has been clicked; on one axis x2 is null. */
export interface PlacedAt {
  x1: number
  x2: number | null
}

/** A point for the plane, with the place of its class. */
export interface PlacedPoint extends PlacedAt {
  label: number
}

/** What follows the last step that the browser has of a run, as `build_next_steps` of next_steps.py makes it. */
export interface SentSteps {
  /** The key of the film that the run begins with. */
  of: string
  /** The step that they follow. */
  after: number
  /** None where the run goes no further. */
  next: NextSteps | null
  /** Why no more can follow, as a sentence. */
  over: string | null
}

/** F key frames more; numbers and maps are those of SentRun. */
export interface NextSteps {
  steps: number[]
  epochs: number[]
  theta: Base64
  gradient: Base64
  loss: TrainAndTest<Base64>
  accuracy: { train: Base64 | null; test: Base64 | null }
  /** Those of them that have maps. */
  frames: number[]
  hidden: Base64
  surface: Base64
  /** The distances from the middle byte to the ends, one a unit: none smaller than before. */
  span: number[]
  predictions: Base64
  picture: SentPicture | null
}

/** A request for steps of the run that begins with a film; sent_player.py reads it. */
export interface WantedSteps {
  film: string
  /** The last step that the browser has. */
  after: number
  steps: number
  /** The step that is shown, of those up to `end` that have been seen. */
  step: number
  end: number
}

/** A step from which on other settings act, and what they become. */
export interface SettingsChange {
  step: number
  label: string
}

/** A future that a change has replaced: its training loss at ascending steps. */
export interface SentFuture {
  label: string
  steps: number[]
  /** float64 */
  loss: Base64
}

/** The key of the film that the browser has. */
export interface HeldFilm {
  film: string | null
  /** The same of the film of several runs. */
  sweep?: string | null
}

/**
 * How the run is shown, by field of the component's state: only the last of each counts. sent_player.py reads it, and
 * `changed`, the points and texts that have not been acknowledged.
 */
export interface PlayerViews {
  /** The step at which the playhead has come to rest. */
  position: HeldFilm & {
    step: number
    /** Of the run that began with the film `of`, the last step that has been seen; null where none was added. */
    end: number | null
    of: string
  }
  scale: HeldFilm & { scale: LossScaleName }
  /** The sample that is to be drawn, from 1. */
  sample: HeldFilm & { sample: number }
}
