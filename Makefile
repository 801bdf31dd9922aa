PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test types tests format benchmark screenshots clean

run: $(VENV)/run
	$(BIN)/streamlit run app.py --server.port 8501

test: $(VENV)/dev browser
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/deno fmt --check --quiet
	$(BIN)/deno lint --quiet
	$(BIN)/deno test --quiet
	@$(MAKE) --no-print-directory --jobs 2 types tests

# Beside the tests, and behind them where both want the processor.
types: $(VENV)/dev
	nice $(BIN)/mypy

tests: $(VENV)/dev browser
	$(BIN)/python -m pytest -n 2 --dist worksteal

format: $(VENV)/dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/deno fmt --quiet

benchmark: $(VENV)/dev browser
	$(BIN)/python -m benchmarks.training
	$(BIN)/python -m benchmarks.browser

screenshots: $(VENV)/dev browser
	$(BIN)/python -m benchmarks.screenshots

# The browser that the tests drive: the machine's own, or else one that is installed now.
.PHONY: browser
browser: $(VENV)/dev
	@$(BIN)/python -m tests.browser.install

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/run: requirements.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements.txt
	touch $@

$(VENV)/dev: requirements.txt requirements-dev.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	touch $@

clean:
	rm -rf $(VENV)
