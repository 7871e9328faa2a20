# The few commands of the house. `make help` lists them.
#
# Stamps in $(VENV)/.stamps say what is installed, so a second run installs nothing and a changed
# lock file installs again. A virtual environment of another Python is made anew.

PYTHON  ?= python3
VENV    ?= .venv
WORKERS ?= 2
PORT    ?= 8000
RESET   ?=
BIN     := $(VENV)/bin
STAMPS  := $(VENV)/.stamps
PIP     := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input

UV_VERSION := 0.13.9
LOCK_FLAGS := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet
UPGRADE    ?=

# Written so that a Python of any age understands the question.
PYTHON_ID := $(shell $(PYTHON) -c 'import sys; sys.stdout.write("%d.%d" % sys.version_info[:2])' 2>/dev/null)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install dev demo tour check test test-postgres coverage format bench screens mutation lock clean python-fits
MAKEFLAGS += --no-print-directory

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "PYTHON=python3.13 chooses another Python, VENV=.venv-313 another folder for it."

install: $(STAMPS)/samsyn ## put Samsyn into .venv

dev: $(STAMPS)/dev ## the same with everything the tests need

demo: install ## the hub on this machine, everybody in it invented; PORT=8000, RESET=1 begins anew
	@$(BIN)/samsyn demo --port $(PORT) $(if $(RESET),--reset)

tour: install ## the law engine at work, on everyday situations
	@$(BIN)/samsyn law tour

check: dev ## format, lint, types, import directions and house rules, without the tests
	@echo "== format"
	@$(BIN)/ruff format --check --quiet --output-format concise . || { echo "Run 'make format'."; exit 1; }
	@echo "== lint"
	@$(BIN)/ruff check --quiet --output-format concise .
	@echo "== types"
	@$(BIN)/mypy --no-error-summary $(wildcard src tests bench)
	@echo "== imports"
	@$(BIN)/lint-imports --no-cache --no-logo >$(STAMPS)/imports.txt 2>&1 || { cat $(STAMPS)/imports.txt; exit 1; }
	@echo "== house rules"
	@$(BIN)/python -m pytest -q tests/structure

test: check ## everything CI runs: the checks, then all tests
	@echo "== tests"
	@$(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal

# The newest of Debian's, else the first on the path. Where versions of PostgreSQL can differ: row
# policies, functions, roles, dumps, full text. No browser: it looks the same on all of them.
PG_BIN_HERE = $(or $(PG_BIN),$(lastword $(shell ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V)),$(patsubst %/,%,$(dir $(shell command -v initdb 2>/dev/null))))
POSTGRES_TESTS := tests/hub/guard tests/hub/isolation tests/hub/disclosures \
	tests/hub/desk/test_search.py tests/hub/project/test_backup.py \
	tests/hub/project/test_checks.py tests/hub/project/test_migrating.py tests/support/test_postgres.py

test-postgres: dev ## what hangs on the database, on the PostgreSQL of this machine (15 or later); PG_BIN= names another
	@test -x "$(PG_BIN_HERE)/initdb" || { \
		echo "No PostgreSQL is installed here: install one (Debian, Ubuntu: apt-get install postgresql)" \
			"or name the folder with initdb, make test-postgres PG_BIN=/path/to/bin." >&2; \
		exit 1; }
	@echo "== tests on $$("$(PG_BIN_HERE)/postgres" --version)"
	@PG_BIN="$(PG_BIN_HERE)" $(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal -m "not browser" $(POSTGRES_TESTS)

coverage: dev ## all tests, with the lines no test reaches
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest -q
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report

format: dev ## put the code into the house's form
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format --quiet .

bench: dev ## every claim of speed with its peers, written to bench/RESULTS.md
	@$(BIN)/python -m bench.law
	@$(BIN)/python -m bench.hub
	@$(BIN)/python -m bench.desk
	@$(BIN)/python -m bench.plan

screens: dev ## pictures of every screen of the hub, written to docs/screens
	@$(BIN)/python -m tests.hub.screens

mutation: dev ## change the evaluation of rules on purpose and see that a test fails
	@$(BIN)/mutmut run --max-children $(WORKERS)
	@$(BIN)/mutmut results
	@$(BIN)/mutmut export-cicd-stats
	@cat mutants/mutmut-cicd-stats.json

lock: ## write the lock files from requirements/*.in; UPGRADE=--upgrade takes the newest
	@set -e; tools=$$(mktemp -d); trap 'rm -rf "$$tools"' EXIT; \
	$(PYTHON) -m venv "$$tools/venv"; \
	"$$tools/venv/bin/pip" --quiet --disable-pip-version-check install "uv==$(UV_VERSION)"; \
	for name in build runtime dev; do \
		echo "== requirements/$$name.txt"; \
		"$$tools/venv/bin/uv" pip compile $(LOCK_FLAGS) $(UPGRADE) \
			--output-file "requirements/$$name.txt" "requirements/$$name.in"; \
	done

clean: ## remove everything that can be made again
	@rm -rf .venv build mutants .mypy_cache .pytest_cache .ruff_cache .import_linter_cache \
		.hypothesis .coverage .coverage.* src/*.egg-info
	@find src tests -name __pycache__ -type d -prune -exec rm -rf {} +


# --- stamps ---

python-fits:
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
		echo "Samsyn needs Python 3.11 or later, and '$(PYTHON)' is not a command here: install it" \
			"(Debian, Ubuntu: apt-get install python3 python3-venv) or name one, make PYTHON=/path/to/python3." >&2; \
		exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Samsyn needs Python 3.11 or later, and '$(PYTHON)' is $(PYTHON_ID): install a later one" \
			"and name it, make PYTHON=python3.11." >&2; \
		exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "'$(PYTHON)' lacks its venv module: install it (Debian, Ubuntu: apt-get install python3-venv)." >&2; \
		exit 1; }

$(STAMPS)/python-$(PYTHON_ID): | python-fits
	@echo "== $(VENV) with Python $(PYTHON_ID)"
	@$(PYTHON) -m venv --clear $(VENV)
	@mkdir -p $(STAMPS)
	@touch $@

$(STAMPS)/runtime: $(STAMPS)/python-$(PYTHON_ID) requirements/build.txt requirements/runtime.txt
	@echo "== packages Samsyn needs"
	@$(PIP) install --require-hashes -r requirements/build.txt -r requirements/runtime.txt
	@touch $@

# Editable, so that an edit of the code or the rulebook counts at once; without build isolation, so
# that the build too uses only what the lock files name.
$(STAMPS)/samsyn: $(STAMPS)/runtime pyproject.toml
	@echo "== samsyn"
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@echo "== loops of the planner, compiled once"
	@$(BIN)/python -c "from samsyn.plan.compiling import compile_ahead; compile_ahead()"
	@touch $@

$(STAMPS)/dev: $(STAMPS)/samsyn $(STAMPS)/issuer requirements/dev.txt
	@echo "== packages the tests need"
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

# A certified OpenID provider, at which the tests sign in.
$(STAMPS)/issuer: tests/oidc/package.json tests/oidc/package-lock.json | $(STAMPS)/python-$(PYTHON_ID)
	@command -v npm >/dev/null 2>&1 || { \
		echo "The tests need Node and npm: install them (Debian, Ubuntu: apt-get install nodejs npm)." >&2; \
		exit 1; }
	@echo "== the issuer that the tests sign in at"
	@npm --prefix tests/oidc ci --silent
	@touch $@
