# make demo   the main job: real processes, real reports, end to end
# make test   everything that must be green, the same as in CI
# Both need nothing but Python 3.11+, make and a package index: they make .venv and install into it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
KEEP ?=

.PHONY: demo test nightly lint bench chaos soak letters interop tables clean

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "CalciFHIR needs Python 3.11 or newer")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing into $(VENV) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: $(STAMP)
	@$(BIN)/calcifhir demo --out demo-out $(if $(KEEP),--keep,)

lint: $(STAMP)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/calcifhir tables check

test: lint
	@$(BIN)/python -m pytest -n 3 --dist worksteal --ignore=tests/interop tests

# Every property over 20,000 generated readings and reports instead of 50 to 500; about an hour.
nightly: $(STAMP)
	@CALCIFHIR_HYPOTHESIS=nightly $(BIN)/python -m pytest -n 2 --timeout=0 --dist worksteal tests/core/test_invariants.py

# Independent judges of what we write (HAPI FHIR's validator, other people's servers); wants Java 17, Maven and Node.
interop: $(STAMP)
	@tests/interop/prepare.sh
	@$(BIN)/python -m pytest tests/interop

# Thousands of reports while workers, Redis and the door die and the EHR fails; some ten minutes on two cores.
REPORTS ?= 5000
SEED ?= 1
chaos: $(STAMP)
	@$(BIN)/python -m tests.chaos --reports $(REPORTS) --seed $(SEED)

# A steady load, the same without an EHR, and how long it takes to make that good; twice MINUTES and the rest.
RATE ?= 14
MINUTES ?= 10
soak: $(STAMP)
	@$(BIN)/python -m tests.chaos.soak --rate $(RATE) --minutes $(MINUTES)

bench: $(STAMP)
	@$(BIN)/python -m benchmarks

# Every category, action and language; opened in Chromium and shown to axe-core where these are, and says where not.
letters: $(STAMP)
	@tests/letters/prepare.sh
	@$(BIN)/python -m tests.letters.gallery docs/gallery

tables: $(STAMP)
	@$(BIN)/calcifhir tables check

clean:
	@rm -rf $(VENV) demo-out docs/gallery .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
