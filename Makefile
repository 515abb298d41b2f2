# Two commands for a newcomer: make report, make test. Each sets up .venv itself; nothing else needs to be installed.

PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
CORPUS ?= seeds
OUT ?= report

.PHONY: report test notebooks lab clean

report: .venv/.report
	$(BIN)/parallax report $(CORPUS) --out $(OUT)

test: .venv/.test
	$(BIN)/ruff check .
	$(BIN)/python -m pytest --numprocesses logical --maxprocesses 4 --dist loadfile

# Runs the notebooks on the seeds and stores their outputs, and the chart of the README.
notebooks: .venv/.test
	$(BIN)/python -m analysis.present.report.store notebooks

lab: .venv/.report
	$(BIN)/jupyter lab notebooks

clean:
	rm -rf .venv report tables dist build .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
		|| { echo "parallax needs Python 3.11, 3.12 or 3.13; $(PYTHON) is $$($(PYTHON) --version). Try: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.report: .venv/bin/python pyproject.toml constraints.txt
	@echo "Setting up .venv (a minute or two, once)"
	$(INSTALL) --editable '.[notebooks]'
	@touch $@

.venv/.test: .venv/.report
	$(INSTALL) --editable '.[notebooks,test]'
	@touch $@
