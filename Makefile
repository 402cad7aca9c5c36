# The two main commands are `make reports` and `make test`. Each sets up .venv automatically.
# To use another Python: `PYTHON=python3.12 make test`.

PYTHON ?= python3
UV ?= uv
SCENARIOS ?=
WORKERS ?= auto
# `loadfile` keeps the tests of a file in one worker, so that each report is rendered once. By default, pytest-xdist would run
# files with few tests last, and those take longest.
TOGETHER := --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder
NBVAL := --nbval-current-env --nbval-cell-timeout 120 $(TOGETHER)
COUNT ?= 20
FUZZ ?= 3000
VENV := .venv
BIN := $(VENV)/bin
# Its name contains the requested Python, so that a request for another one rebuilds .venv.
STAMP := $(VENV)/ready-$(subst /,-,$(PYTHON))

# Containers often forbid Python to keep compiled modules; each of the many processes here would then compile pandas again.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help setup reports test lint check coverage notebooks test-faults test-fuzz test-live record-live bench bench-batch lab start explore lock schema expected-ledgers facts docs messages pictures outputs strip clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMP) ## Create .venv with the pinned packages (every target does this automatically)

# --no-compile: Python compiles each module at its first use, which halves the waiting time.
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

test: lint notebooks check ## All checks that a change must pass: style, types, notebooks, tests

lint: $(STAMP) ## Check style, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Notebooks with stored outputs are compared with them: `make outputs` stores new ones.
notebooks: $(STAMP) ## Run every notebook from top to bottom
	$(BIN)/pytest notebooks/country_budget.ipynb notebooks/portfolio.ipynb notebooks/own_section.ipynb notebooks/start.ipynb --nbval-lax $(NBVAL)
	$(BIN)/python -m tools.notebook_outputs --without-plans $(BIN)/pytest notebooks/start_here.ipynb notebooks/explore.ipynb --nbval $(NBVAL)

check: $(STAMP) ## Run the tests (WORKERS=0 for one process)
	$(BIN)/pytest tests $(TOGETHER)

# Separate from `check`: measuring slows each of the many processes that the tests start.
coverage: $(STAMP) ## Run the tests and list the lines of the package that no test reaches
	$(BIN)/pytest tests --cov $(TOGETHER)

test-live: $(STAMP) ## Read real openIMIS backends of three releases (needs PostgreSQL; about three minutes)
	$(BIN)/pytest tests/live/run_live.py

record-live: $(STAMP) ## Record the answers of a real openIMIS for the fast tests
	$(BIN)/python -m tests.live.record

# Kills at random moments, full disks, hanging cells; a failure in one run of twenty is a failure.
test-faults: $(STAMP) ## Run the fault tests COUNT times in a row (20)
	for i in $$(seq $(COUNT)); do echo "run $$i of $(COUNT)"; $(BIN)/pytest -q $(TOGETHER) tests/kernels/test_faults.py tests/kernels/test_failures.py tests/kernels/test_function_call.py tests/kernels/test_tempdirs.py || exit 1; done

# Other examples in each run, unlike in `make test`; what fails is printed with the values that it takes to fail again.
test-fuzz: $(STAMP) ## Try FUZZ mutations (3000) of real scenario files, tables and workbooks: problems, never a stack trace
	IMIS_PLAN_FUZZ=$(FUZZ) $(BIN)/pytest $(TOGETHER) tests/fuzz

bench: $(STAMP) ## Measure processor time: a report by part, draws, ledgers, pages, workbook, explorer
	$(BIN)/python -m benchmarks

bench-batch: $(STAMP) ## Compare all reports with those of an earlier commit, and with papermill and nbconvert (ten minutes or more)
	$(BIN)/python -m benchmarks.batch

lab: $(STAMP) ## Open copies of the notebooks in JupyterLab (my_plans/), starting with the guided one
	$(BIN)/imis-plan start --lab

start: $(STAMP) ## Open the form that leads from a country to its budget, without code
	$(BIN)/imis-plan start

explore: $(STAMP) ## Open the what-if explorer in a browser, without code
	$(BIN)/imis-plan explore

# uv resolves for every system at once; it is not part of the environment, so its presence is checked first.
# --no-strip-extras: pip does not accept `coverage==7.17.3` for `coverage[toml]` once a newer coverage is released.
lock: ## Pin all packages again from pyproject.toml (needs uv)
	@command -v $(UV) >/dev/null || { echo "uv is missing: pip install uv, or name it as in UV=path make lock" >&2; exit 1; }
	$(UV) pip compile pyproject.toml --all-extras --universal --python-version 3.11 --fork-strategy fewest \
		--upgrade --generate-hashes --no-strip-extras --no-emit-index-url --no-annotate --no-header --quiet --output-file requirements.lock

schema: $(STAMP) ## Write the JSON Schema of the parameter files
	$(BIN)/python -m imis_plan.scenario.json_schema

expected-ledgers: $(STAMP) ## Rebuild the stored ledgers after an intended change of numbers
	$(BIN)/python -m tools.store_ledgers

facts: $(STAMP) ## Rebuild the facts about countries from tools/facts_sources
	$(BIN)/python -m tools.build_facts

docs: $(STAMP) ## Update formulas, tables and examples in the pages
	$(BIN)/python -m tools.formulas
	$(BIN)/python -m tools.examples

# Only a LANGUAGE given to make counts: many desktops set a variable of that name.
messages: $(STAMP) ## Update the translation files; LANGUAGE=pt starts a new one
	$(BIN)/python -m tools.catalogues $(if $(filter command,$(firstword $(origin LANGUAGE))),$(LANGUAGE))

pictures: $(STAMP) ## Make the pictures of the README from a real report (needs Chromium)
	$(BIN)/python -m tools.pictures

outputs: $(STAMP) ## Update the outputs of the notebooks that store them
	$(BIN)/python -m tools.notebook_outputs --run

strip: $(STAMP) ## Remove outputs and machine-specific metadata from the notebooks
	$(BIN)/python -m tools.notebook_outputs

clean: ## Remove built files; the environment stays
	rm -rf .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist
	find reports -mindepth 1 ! -name README.md -delete
	find . -name __pycache__ -type d -not -path './$(VENV)/*' -prune -exec rm -rf {} +
