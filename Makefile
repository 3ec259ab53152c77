# medlint: make demo | test | test-s3 | lint | bench | bench-outputs | bench-lines | mutations | corpus-report | docs. Needs Python 3.11 or later, git and make.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
SETUP  := pyproject.toml

.PHONY: demo test test-s3 lint bench bench-outputs bench-lines mutations corpus-report docs clean

demo: $(VENV)/.installed
	@echo '$$ medlint check examples/'
	@$(BIN)/medlint check --fail-level never examples/

test: $(VENV)/.test
	$(BIN)/python -m pytest -q -n auto

test-s3: $(VENV)/.test-s3
	$(BIN)/python -m pytest -q tests/integrations/test_s3.py

lint: $(VENV)/.lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --config pyproject.toml
	$(BIN)/medlint rules test rules

bench: $(VENV)/.bench
	$(BIN)/python benchmarks/run.py

bench-outputs: $(VENV)/.bench
	$(BIN)/python benchmarks/outputs.py

bench-lines: $(VENV)/.bench
	$(BIN)/python benchmarks/lines.py

mutations: $(VENV)/.installed
	$(BIN)/python -m quality.mutations

corpus-report: $(VENV)/.installed
	$(BIN)/python -m quality.corpus_report

docs: $(VENV)/.installed
	$(BIN)/python docs/build.py

clean:
	rm -rf $(VENV) dist build

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "medlint needs Python 3.11 or later; try: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(BIN)/python $(SETUP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

$(VENV)/.test-s3: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test-s3]'
	@touch $@

$(VENV)/.lint: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[lint]'
	@touch $@

$(VENV)/.bench: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	@touch $@
