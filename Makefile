PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# What Python compiles, and pytest rewrites, is there for the next process: a test run starts a dozen.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run check test lint types javascript units tests format benchmark screenshots site lock newest audit sbom clean

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

# A demo without a server, in the folder site; its pages link to the app at APP_ADDRESS, if that is given.
site: $(VENV)/run
	rm -rf site
	$(BIN)/python -m deploy.site site --app "$(APP_ADDRESS)"

# Pins every package below those of requirements.txt and requirements-dev.txt, for all systems and Pythons that the
# program runs on. Pins that still fit stay: delete the files first to have the newest of everything.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --annotation-style line \
	--custom-compile-command "make lock"

define LOCK_ALL
	$(BIN)/$(LOCK) requirements.txt --output-file requirements.lock
	$(BIN)/$(LOCK) requirements-dev.txt --constraints requirements.lock --output-file requirements-dev.lock
	$(BIN)/$(LOCK) .github/requirements.txt --output-file .github/requirements.lock
endef

lock: $(VENV)/lock
	$(LOCK_ALL)

# Changes the pins and the locks to the newest of everything.
newest: $(VENV)/lock
	$(BIN)/python .github/newest.py loosen
	rm -f requirements.lock requirements-dev.lock
	$(LOCK_ALL)
	$(BIN)/python .github/newest.py pin

# What is known to be unsafe among all that is pinned.
audit: $(VENV)/audit/done
	for lock in requirements.lock requirements-dev.lock .github/requirements.lock; do \
		$(VENV)/audit/bin/pip-audit --require-hashes --disable-pip --requirement $$lock || exit 1; \
	done

# Every package that the app is installed with, and the hashes of its files.
sbom: $(VENV)/audit/done
	$(VENV)/audit/bin/cyclonedx-py requirements requirements.lock --output-reproducible --output-file sbom.json

# The browser that the tests drive: the machine's own, or else one that is installed now.
.PHONY: browser
browser: $(VENV)/dev
	@$(BIN)/python -m tests.browser.install

# Below the first no pin fits, and above the last a pinned package has no wheels.
PYTHONS := 3.11 3.12 3.13 3.14

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; v = "%d.%d" % sys.version_info[:2]; \
		v in "$(PYTHONS)".split() or sys.exit("Python " + v + " is not supported: use one of $(PYTHONS), as in make PYTHON=python3.13")'
	$(PYTHON) -m venv $(VENV)

INSTALL := pip install --quiet --disable-pip-version-check

$(VENV)/run: requirements.lock | $(VENV)/bin/python
	$(BIN)/$(INSTALL) --require-hashes --requirement requirements.lock
	touch $@

# The development lock repeats the pins of the other one: pip takes hashes for all that it installs or for nothing.
$(VENV)/dev: requirements-dev.lock | $(VENV)/bin/python
	$(BIN)/$(INSTALL) --require-hashes --requirement requirements-dev.lock
	touch $@

# Apart from the app's packages, with which these need not fit.
$(VENV)/audit/done: .github/requirements.lock | $(VENV)/bin/python
	$(BIN)/python -m venv $(VENV)/audit
	$(VENV)/audit/bin/$(INSTALL) --require-hashes --requirement .github/requirements.lock
	touch $@

# Not from a lock, as the lock is what is made.
$(VENV)/lock: requirements-dev.txt | $(VENV)/bin/python
	$(BIN)/$(INSTALL) "$$(grep '^uv==' requirements-dev.txt)"
	touch $@

clean:
	rm -rf $(VENV)
