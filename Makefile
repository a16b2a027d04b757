# The daily commands. `make` alone lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup demo test test-deep check bench lock clean

PORT ?= 8000
PYTHON_IN := .venv/bin/python

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## build .venv/ with everything, and nothing else
	@tools/setup dev

demo: ## run the demo county (PORT=8000; FRESH=1 starts over)
	@tools/setup runtime
	@exec .venv/bin/gongkai demo --port $(PORT) $(if $(filter-out 0,$(FRESH)),--fresh)

test: ## run all tests, on SQLite and on PostgreSQL (ARGS= goes to pytest)
	@tools/setup dev
	@tools/debian-needs
	@$(PYTHON_IN) -m gongkai.testing $(ARGS)

test-deep: ## run the tests with the large counts
	@tools/setup dev
	@tools/debian-needs
	@$(PYTHON_IN) -m gongkai.testing --deep $(ARGS)

check: ## linters, types, imports, migrations, translations, deployment checks
	@tools/setup dev
	@tools/debian-needs
	@$(PYTHON_IN) tools/check $(ONLY)

bench: ## measure the speed (SIZE=100000; ONLY=search)
	@tools/setup dev
	@$(PYTHON_IN) -m bench $(ONLY)

lock: ## resolve the dependencies again and write requirements/
	@tools/setup dev
	@tools/lock

clean: ## remove what the commands made, but for the data in var/
	@rm -rf .venv build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find src bench -name __pycache__ -prune -exec rm -rf {} +
