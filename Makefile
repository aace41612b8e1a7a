# make demo: install all that is needed, run the main job once, show its result.    make test: install, run all tests.
# Both may be repeated, as root or as an ordinary user; neither touches servers that it did not start.

SHELL := /bin/sh
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
# The first of these that is Python 3.11 or 3.12, the versions that dbt 1.7 runs on.
PYTHON ?= $(shell for python in python3.11 python3.12 python3; do \
	"$$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))' 2>/dev/null \
	&& { echo "$$python"; break; }; done)

# Certificates are the system's, so that a company's own authority is known; older releases of uv use the first name.
export UV_NATIVE_TLS := 1
export UV_SYSTEM_CERTS := 1

.PHONY: help demo test test-unit lint format lock bench soak install clean

help: ## Say what can be made.
	@grep -E '^[a-z-]+:.*##' $(firstword $(MAKEFILE_LIST)) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/uv.stamp:
	@test -n "$(PYTHON)" || { echo "error: Python 3.11 or 3.12 is needed and neither is on the PATH: install one, or make PYTHON=/path/to/it" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "error: $(PYTHON) cannot make virtual environments: install its venv module (apt-get install python3-venv)" >&2; exit 1; }
	$(BIN)/pip install --quiet --disable-pip-version-check 'uv>=0.5'
	@touch $@

$(VENV)/requirements.stamp: $(VENV)/uv.stamp requirements.lock
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes --requirement requirements.lock
	@touch $@

$(VENV)/project.stamp: $(VENV)/requirements.stamp pyproject.toml
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

install: $(VENV)/project.stamp ## Install Python packages into .venv, and MariaDB if it is missing.
	@local/install_mariadb.sh

demo: install ## Run the main job once on private servers and show its result.
	@$(BIN)/tidemark up
	@$(BIN)/tidemark seed --scale 1 --seed 1 --if-empty
	@$(BIN)/tidemark seed --source shop --scale 1 --seed 1 --if-empty
	@$(BIN)/tidemark run
	@echo
	@echo "The star schemas are in the databases warehouse and AnalyticalStream; every address is in local/connections.env."
	@echo "  $(BIN)/tidemark status                 the servers, Prefect's pages among them"
	@echo "  $(BIN)/tidemark docs                   the documentation, in a browser"
	@echo "  $(BIN)/tidemark seed --change 1%       let the source live on, then: $(BIN)/tidemark run"
	@echo "  $(BIN)/tidemark down                   stop the servers; their data stays"

TEST_PROCESSES ?= 2
test: install ## Run all tests, in TEST_PROCESSES=2 processes with servers of their own; those that measure time alone.
	@$(BIN)/pytest --numprocesses $(TEST_PROCESSES) --dist loadfile --durations=30 --durations-min=5 -m "not alone"
	@$(BIN)/pytest -m alone

test-unit: $(VENV)/project.stamp ## Run the tests that need no server.
	@$(BIN)/pytest tests/unit

lint: $(VENV)/project.stamp ## Check style, types, SQL and the dbt project's manifest.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive tidemark oltp ingestion warehouse flows app local tools
	$(BIN)/sqlfluff lint --disable-progress-bar dbt_project
	$(BIN)/python tools/check_manifest.py

format: $(VENV)/project.stamp ## Bring Python files into the project's style.
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(VENV)/uv.stamp ## Resolve the requirements anew.
	$(UV) pip compile --quiet pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --output-file requirements.lock

bench: install ## Run the benchmarks; they take a while.
	@$(BIN)/python -m bench

MINUTES ?= 60
soak: install ## Attack the pipeline with random histories, for MINUTES=60; seeds are printed.
	@$(BIN)/python -m tests.soak --minutes $(MINUTES)

clean: ## Stop the private servers and delete them, their data and .venv.
	@if [ -x $(BIN)/tidemark ]; then for home in local/data local/data/test* local/data/soak; do \
		TIDEMARK_HOME=$$home $(BIN)/tidemark down --delete; done; fi
	rm -rf $(VENV) local/data local/connections.env dbt_project/target dbt_project/logs
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis tidemark.egg-info
