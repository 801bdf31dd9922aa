"""The limits that keep one visitor's work small, in one place.

Beside them stand server.maxUploadSize in .streamlit/config.toml, which stops an upload before it is read, and
KEY_FRAMES in core/training.py, which bounds what is kept of a run.
"""

# The One step page: what a screen can show, and what a link and a replay of it can carry.
MAX_UNITS = 6
MAX_HIDDEN_LAYERS = 4
MAX_MAGNITUDE = 1e6
MAX_STEPS = 10_000
MAX_BRANCHES = 40
MAX_UNDO = 100
MAX_SEED = 999_999

# What a process remembers of results, for all visitors: three replays of MAX_STEPS of the largest network.
MAX_REMEMBERED_BYTES = 64_000_000

# What goes to the browser at once: a slider's usual film, a run's, and a page saved as a file.
USUAL_FILM_BYTES = 150_000
MAX_RUN_FILM_BYTES = 3_900_000
# Some of the next steps of a run that is trained on while it is watched.
MAX_PIECE_BYTES = 200_000
# A film of twelve runs side by side.
MAX_SWEEP_BYTES = 1_500_000
MAX_SAVED_BYTES = 1_200_000
# The films of a saved network; with its code and formulas the page of the largest stays below 1.7 MB.
MAX_SAVED_NETWORK_BYTES = 1_320_000
# The films of one on the site without a server, whose pages stay below 1.5 MB.
MAX_SITE_NETWORK_BYTES = 1_000_000

# Characters of a link, which nginx has buffers for, of one parameter of it, and of a number.
MAX_LINK = 24_000
MAX_TEXT = 20_000
MAX_NUMBER = 100

# Long work goes on in pieces of this much predicted work, between which others have their turns.
PIECE_SECONDS = 0.02

# The Training page: seconds of predicted work that a run may take, and what is evaluated at every key frame.
MAX_WORK_SECONDS = 30.0
MAX_TRAINING_STEPS = 100_000
# Of the samples in a notebook; twenty letters each.
MAX_WRITTEN_NUMBERS = 100_000
# Changes of the settings within one run, and replaced futures that are still drawn.
MAX_CHANGES = 20
MAX_LEFT_BEHIND = 3
MAX_TRAINING_UNITS = 8
MAX_TRAINING_LAYERS = 6
MAX_SAMPLES = 5000
MAX_EVALUATED = 2000

# A table of the reader's own, and points that travel in a link.
MAX_BYTES = 5_000_000
MAX_ROWS = 50_000
# Lines above a table: a file has no more, as a line takes a byte.
MAX_SKIPPED = MAX_BYTES
# Characters of a table that is pasted: a browser is long with more in a box.
MAX_PASTED = 200_000
MAX_COLUMNS = 1_000
# Words that mean a missing cell, and the characters of one.
MAX_MISSING_WORDS = 100
MAX_WORD = 100
# What is sent of a table to be edited has at most MAX_BYTES and 8 bytes for each of these.
MAX_EDITED_CELLS = 250_000
# Samples that a session keeps beside those of its present data, for the run from before a change.
MAX_BESIDE_BYTES = 2_000_000
MAX_FEATURES = 20
# Inputs that are drawn as one picture, not as a unit each with its edges.
MAX_PIXELS = 64
MAX_CLASSES = 10
MAX_POINTS = 120
