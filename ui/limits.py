"""The limits that keep one visitor's work small, in one place."""

MAX_UNITS = 6
MAX_HIDDEN_LAYERS = 4
MAX_MAGNITUDE = 1e6
MAX_STEPS = 10_000
MAX_BRANCHES = 40
MAX_UNDO = 100
MAX_SEED = 999_999
MAX_FILM_BYTES = 300_000
MAX_TEXT = 20_000
