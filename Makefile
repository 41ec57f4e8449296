# On a fresh machine two commands do everything: `make demo` and `make test`. `make` alone lists the rest.

VENV := .venv
BIN  := $(VENV)/bin
UV   := $(BIN)/uv
# The interpreter to build the environment with; any 3.11 or newer.
PYTHON ?= python3

# A machine may switch .pyc files off; every start of the program would then cost seconds.
export PYTHONDONTWRITEBYTECODE :=
# Prebuilt interpreters come from a host this project does not name.
export UV_PYTHON_DOWNLOADS := never
export UV_NO_PROGRESS := 1

# By file: what its tests share (an installed wheel, a booted systemd) is made once.
PYTEST := $(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header

.DEFAULT_GOAL := help
.PHONY: help demo test check lint format prove cover bench golden fake-spapi requirements clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

demo: $(VENV)/.ready ## the incident on the shipped sample files, without any configuration
	@$(BIN)/preorder-watchdog demo

test: lint ## everything CI runs: lint, types, import contracts, all tests
	$(PYTEST)

check: lint ## lint, types, import contracts, architecture tests
	$(PYTEST) -m "not slow" tests/architecture

lint: $(VENV)/.ready ## format check, ruff, mypy, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: $(VENV)/.ready ## format, and fix what ruff can fix
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

prove: $(VENV)/.ready ## the long forms: a million rows, days of Hypothesis walks
	HYPOTHESIS_PROFILE=prove PREORDER_PROVE=1 $(PYTEST)

cover: $(VENV)/.ready ## the tests once more, with branch coverage
	$(PYTEST) --cov --cov-report=term-missing

bench: $(VENV)/.ready ## the speed figures, each script in its own process
	@for script in benchmarks/*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

golden: $(VENV)/.ready ## rewrite golden files, samples and generated pages; the diff is reviewed like code
	@for file in tests/make_incident.py $$(find tests -name 'write_*.py' | sort); do \
		$(BIN)/python -m "$$(echo $${file%.py} | tr / .)" || exit 1; done
	PREORDER_GOLDEN=rewrite $(BIN)/pytest -n 0 tests/golden tests/compose

fake-spapi: $(VENV)/.ready ## a fake Selling Partner API with the incident in it, to try the API mode without an account
	@$(BIN)/python -m tests.spapi_fake

requirements: $(VENV)/.ready ## lock the newest allowed versions, hashes only (docs/adr/0006)
	$(COMPILE) --upgrade pyproject.toml -o requirements/runtime.txt
	$(COMPILE) --upgrade --group dev --all-extras -c requirements/runtime.txt pyproject.toml -o requirements/dev.txt
	echo uv | $(COMPILE) -c requirements/dev.txt - -o requirements/uv.txt

clean: ## remove what was made here
	rm -rf $(VENV) build dist htmlcov .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find watchdog tests migrations benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment: exactly the locked packages, then this checkout as one path line. Renewed when a lock or pyproject.toml changes.
$(VENV)/.ready: requirements/uv.txt requirements/dev.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	test -x $(UV) || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	$(UV) pip sync --quiet --python $(BIN)/python --compile-bytecode --require-hashes requirements/dev.txt
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	touch $@
