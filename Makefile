# Two commands matter: `make reports` and `make test`. Each sets up .venv by itself.
# Another Python: `PYTHON=python3.12 make test`.

PYTHON ?= python3
UV ?= uv
SCENARIOS ?=
WORKERS ?= auto
# `loadfile` keeps the tests of a file in one worker, so that what a file renders is rendered once. By default it would leave
# the files with few tests for the end, and those take longest.
TOGETHER := --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder
NBVAL := --nbval-current-env --nbval-cell-timeout 120 $(TOGETHER)
COUNT ?= 20
VENV := .venv
BIN := $(VENV)/bin
# Its name carries the Python asked for, so that asking for another one builds .venv anew.
STAMP := $(VENV)/ready-$(subst /,-,$(PYTHON))

# Containers often forbid Python to keep compiled modules; each of the many processes here would compile pandas and all anew.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help setup reports test lint check coverage notebooks test-faults test-live record-live bench bench-batch lab explore lock schema expected-ledgers facts docs messages pictures outputs strip clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMP) ## Make .venv with the pinned packages (every target does this by itself)

# --no-compile: Python compiles what is used when it is first used, which halves the wait.
$(STAMP): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
		|| { echo "$(PYTHON) is not Python 3.11, 3.12 or 3.13: name one, as in PYTHON=python3.12 make setup" >&2; exit 1; }
	@echo "Setting up $(VENV) with $(PYTHON): a minute or so, once"
	@test -e $@ || $(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install -qq --no-compile --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install -qq --no-deps --no-build-isolation --editable .
	@touch $@

reports: $(STAMP) ## Render the report of every scenario, or of SCENARIOS="nepal chad"
	$(BIN)/imis-plan report $(SCENARIOS)

test: lint notebooks check ## Everything a change must pass: style, types, notebooks, tests

lint: $(STAMP) ## Style, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The notebooks with stored outputs are held against them: `make outputs` stores them anew.
notebooks: $(STAMP) ## Run every notebook from top to bottom
	$(BIN)/pytest notebooks/country_budget.ipynb notebooks/portfolio.ipynb --nbval-lax $(NBVAL)
	$(BIN)/pytest notebooks/start_here.ipynb notebooks/explore.ipynb --nbval $(NBVAL)

check: $(STAMP) ## Run the tests (WORKERS=0 for one process)
	$(BIN)/pytest tests $(TOGETHER)

# Apart from `check`: measuring slows each of the many processes that the tests start.
coverage: $(STAMP) ## Run the tests and tell which lines of the package none of them reaches
	$(BIN)/pytest tests --cov $(TOGETHER)

test-live: $(STAMP) ## Read real openIMIS backends of three releases (needs PostgreSQL; about three minutes)
	$(BIN)/pytest tests/live/run_live.py

record-live: $(STAMP) ## Record anew what a real openIMIS answers, for the quick tests
	$(BIN)/python -m tests.live.record

# Kills at random moments, full disks, hanging cells; a fault that shows once in twenty times is a fault.
test-faults: $(STAMP) ## Run the fault tests COUNT times in a row (20)
	for i in $$(seq $(COUNT)); do echo "run $$i of $(COUNT)"; $(BIN)/pytest -q $(TOGETHER) tests/report/test_faults.py tests/report/test_failures.py tests/report/test_apart.py || exit 1; done

bench: $(STAMP) ## Scenarios per second, by horizon and number of roles
	$(BIN)/python -m benchmarks

bench-batch: $(STAMP) ## Reports in batch beside a shell loop of papermill and nbconvert; a thousand ledgers (up to half an hour)
	$(BIN)/python -m benchmarks.batch

lab: $(STAMP) ## Open the notebooks in JupyterLab, the guided one first
	$(BIN)/imis-plan explore --lab --notebook notebooks/start_here.ipynb

explore: $(STAMP) ## Ask what if, in a page without code
	$(BIN)/imis-plan explore

# Done with a tool that resolves for every system at once; it is not part of the environment, hence the test for it.
# --no-strip-extras: pip does not see `coverage==7.17.3` as an answer to `coverage[toml]` once a newer coverage is out.
lock: ## Pin all packages anew from pyproject.toml (needs uv)
	@command -v $(UV) >/dev/null || { echo "uv is missing: pip install uv, or name it as in UV=path make lock" >&2; exit 1; }
	$(UV) pip compile pyproject.toml --all-extras --universal --python-version 3.11 --fork-strategy fewest \
		--upgrade --generate-hashes --no-strip-extras --no-emit-index-url --no-annotate --no-header --quiet --output-file requirements.lock

schema: $(STAMP) ## Write the JSON Schema of the parameter files
	$(BIN)/python -m imis_plan.scenario.json_schema

expected-ledgers: $(STAMP) ## Rebuild the stored ledgers after a meant change of numbers
	$(BIN)/python -m tools.store_ledgers

facts: $(STAMP) ## Rebuild the facts about countries from tools/facts_sources
	$(BIN)/python -m tools.build_facts

docs: $(STAMP) ## Bring formulas, tables and examples of the pages in step
	$(BIN)/python -m tools.formulas
	$(BIN)/python -m tools.examples

# Only a LANGUAGE given to make counts: many desktops set a variable of that name.
messages: $(STAMP) ## Bring the translations in step with the words; LANGUAGE=pt begins a new one
	$(BIN)/python -m tools.catalogues $(if $(filter command,$(firstword $(origin LANGUAGE))),$(LANGUAGE))

pictures: $(STAMP) ## Make the pictures of the README from a real report (needs Chromium)
	$(BIN)/python -m tools.pictures

outputs: $(STAMP) ## Store anew what notebooks with stored outputs show
	$(BIN)/python -m tools.notebook_outputs --run

strip: $(STAMP) ## Take outputs and traces of machines out of the notebooks
	$(BIN)/python -m tools.notebook_outputs

clean: ## Remove what was built; the environment stays
	rm -rf .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist
	find reports -mindepth 1 ! -name README.md -delete
	find . -name __pycache__ -type d -not -path './$(VENV)/*' -prune -exec rm -rf {} +
