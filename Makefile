# Two commands matter: `make demo` and `make test`. Both set up what they need; run again they start at once.
SHELL := /bin/bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
.NOTPARALLEL:

PYTHON_IN := .venv/bin/python
ROOMS := municipalities accounts journal attachments accessibility indicators partnerships situation agreements dialogues citizen_promises \
         followup five_steps subscriptions overview residents reports demo
# The second PDF/UA checker lives in an environment of its own; the tests find it here.
export OUTLOUD ?= $(CURDIR)/.tools/bin/outloud
# What Python compiles is kept, beside the sources: much is started in processes of its own, and an environment that
# asks for nothing to be written would compile the whole of Django for each.
export PYTHONDONTWRITEBYTECODE :=
export PYTHONPYCACHEPREFIX ?= $(CURDIR)/var/pycache
# Checks load the settings but touch nothing.
CHECK_ENV := SECRET_KEY=checks-only VAR_DIR="$(CURDIR)/var/checks"

.PHONY: help
help: ## what can be made
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

# --- Running -----------------------------------------------------------------------------------------------------

.PHONY: demo serve setup
demo: ## set up, fill with demo content, serve on 127.0.0.1:8000 (PORT=8001 for another)
	@exec scripts/demo.sh

serve: ## serve again what `make demo` set up; with a .env file, serve what it describes
	@exec scripts/serve.sh

setup: ## only the set-up of what the site needs
	@scripts/setup.sh app

# --- Testing -----------------------------------------------------------------------------------------------------

.PHONY: test test-quick test-unit test-e2e coverage setup-dev tools
test: setup-dev tools ## set up, then every check and every test
	@scripts/at_once.sh "$(MAKE) lint types" "$(MAKE) test-e2e" "$(MAKE) test-unit"

test-quick: setup-dev ## the tests that need no browser and no patience
	$(PYTHON_IN) -m pytest -n 2 --dist loadgroup -m "not e2e and not bench and not slow"

# WALK= leaves out what is the same on every database: the walk through every page with axe, what is only about the
# keyboard, the tools of lib, and the checkers of PDF files. One browser is then enough beside the unit tests.
WALK ?= yes
SAME := tests/lib tests/reports/test_pass_checkers.py tests/reports/test_pass_checkers_documents.py
test-unit:
	$(PYTHON_IN) -m pytest -n 2 --dist loadgroup -m "not e2e and not house and not bench" -rs $(if $(WALK),,$(SAME:%=--ignore=%))

# What has real processes work for it waits a good deal: it runs beside the unit tests. Playwright keeps an event loop
# in the thread, which Django otherwise takes for asynchronous code.
test-e2e:
	DJANGO_ALLOW_ASYNC_UNSAFE=1 $(PYTHON_IN) -m pytest -n $(if $(WALK),2,1) --dist loadgroup -m "e2e or house" -rs $(if $(WALK),,-k "not every_page and not keyboard and not test_thread")

coverage: setup-dev
	$(PYTHON_IN) -m pytest -n 2 --dist loadgroup -m "not e2e and not bench" --cov --cov-report=term-missing:skip-covered

setup-dev:
	@scripts/setup.sh dev

tools: ## linters and checkers that are only run (.tools)
	@scripts/setup.sh tools

# --- Checking ----------------------------------------------------------------------------------------------------

.PHONY: lint types
lint: ## style, imports, templates, migrations, container files, locks
	$(PYTHON_IN) -m ruff check .
	$(PYTHON_IN) -m ruff check --config scripts/ruff-verbs.toml $(wildcard $(ROOMS:%=%/actions.py) $(ROOMS:%=%/actions/*.py) $(ROOMS:%=%/rules.py) $(ROOMS:%=%/models.py) $(ROOMS:%=%/models/*.py))
	$(PYTHON_IN) -m ruff format --check .
	$(CHECK_ENV) .venv/bin/lint-imports
	$(PYTHON_IN) -m djlint --lint --quiet templates
	$(CHECK_ENV) $(PYTHON_IN) manage.py makemigrations --check --dry-run
	@scripts/check_containers.sh
	@scripts/check_locks.sh

types: ## mypy --strict on what is served
	$(CHECK_ENV) $(PYTHON_IN) -m mypy

# --- Measuring and keeping -----------------------------------------------------------------------------------------

.PHONY: bench lock rehearse clean
bench: setup-dev ## measured floors and ratios, on PostgreSQL
	scripts/with_servers.sh $(PYTHON_IN) -m pytest tests/benchmarks -q -s -m bench

lock: setup-dev ## write the hashed requirements anew from pyproject.toml (UPGRADE=1 for newer versions)
	@scripts/lock.sh

rehearse: tools ## build the real image without a container engine (root; needs debootstrap and buildah)
	@scripts/rehearse.sh

clean: ## remove what was set up; var, with the data, stays
	rm -rf .venv .tools node_modules .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis .coverage
