PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run check test lint types javascript units tests format benchmark screenshots lock clean

run: $(VENV)/run
	$(BIN)/streamlit run app.py --server.port 8501

# What a change is checked with while it is made: no browser, no server, few examples a property.
check: lint
	@$(MAKE) --no-print-directory --jobs 3 types javascript units

# Everything that has to pass: all of `check`, and a real browser and real servers.
test: lint browser
	@$(MAKE) --no-print-directory --jobs 3 types javascript tests

lint: $(VENV)/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/deno fmt --check --quiet
	$(BIN)/deno lint --quiet

# Beside the tests, and behind them where all need the processor. What is written is faults alone.
types: $(VENV)/dev
	@nice $(BIN)/mypy --no-error-summary

javascript: $(VENV)/dev
	@nice $(BIN)/deno check --quiet ui tests/javascript
	@nice $(BIN)/deno test --quiet --no-check >$(VENV)/javascript.log || { cat $(VENV)/javascript.log; exit 1; }

units: $(VENV)/dev
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not browser"

# Three for two cores, as a test in a browser waits for half of its time.
tests: $(VENV)/dev browser
	$(BIN)/python -m pytest -n 3 --dist worksteal

format: $(VENV)/dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/deno fmt --quiet

benchmark: $(VENV)/dev browser
	$(BIN)/python -m benchmarks.training
	$(BIN)/python -m benchmarks

screenshots: $(VENV)/dev browser
	$(BIN)/python -m benchmarks.screenshots

# Pins every package below those of requirements.txt and requirements-dev.txt, for all systems and Pythons that the
# program runs on. Pins that still fit stay: delete the files first to have the newest of everything.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --annotation-style line \
	--custom-compile-command "make lock"

lock: $(VENV)/lock
	$(BIN)/$(LOCK) requirements.txt --output-file requirements.lock
	$(BIN)/$(LOCK) requirements-dev.txt --constraints requirements.lock --output-file requirements-dev.lock

# The browser that the tests drive: the machine's own, or else one that is installed now.
.PHONY: browser
browser: $(VENV)/dev
	@$(BIN)/python -m tests.browser.install

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

INSTALL := pip install --quiet --disable-pip-version-check

$(VENV)/run: requirements.lock | $(VENV)/bin/python
	$(BIN)/$(INSTALL) --require-hashes --requirement requirements.lock
	touch $@

# The development lock repeats the pins of the other one: pip takes hashes for all that it installs or for nothing.
$(VENV)/dev: requirements-dev.lock | $(VENV)/bin/python
	$(BIN)/$(INSTALL) --require-hashes --requirement requirements-dev.lock
	touch $@

# Not from a lock, as the lock is what is made.
$(VENV)/lock: requirements-dev.txt | $(VENV)/bin/python
	$(BIN)/$(INSTALL) "$$(grep '^uv==' requirements-dev.txt)"
	touch $@

clean:
	rm -rf $(VENV)
