# Everything that is done to this project is done from here. Each step prints one line, and more only when it fails.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
WHEEL  := build/wheel
D3     := tests/browser/node_modules/.ready
CODE   := $(wildcard src tests benchmarks docs)

# What `make test` runs: all but the long versions. `make test TESTS=tests/test_project.py` runs one file.
TESTS = -m "not long"

# As many at once as there are processors; the tests of a file stay together, for they share servers.
WORKERS = --numprocesses auto --dist loadfile

# `make demo SERVE=0` stops after publishing.
SERVE = 1

POSTGRESQL = ls /usr/lib/postgresql/*/bin/initdb /usr/pgsql-*/bin/initdb 2>/dev/null | grep -q . || command -v initdb
SUPPORTED  = import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))

# -qq: a warning about somebody's own package configuration is not news about headcount; errors are shown.
export PIP_DISABLE_PIP_VERSION_CHECK = 1
INSTALL = -m pip install -qq
# Every package is in the lock, build tools too, so nothing is looked up that the lock does not name.
OURS    = --no-deps --no-build-isolation

MAKEFLAGS += --no-print-directory
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help setup demo pictures test check check-full lint types wheel bench bench-watch docs format hooks lock clean postgresql ceph nginx apache systemd promtool chromium

help: ## shows this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

setup: $(READY) ## makes .venv with everything that is needed, at the locked versions

demo: $(READY) ## the main job end to end on a simulated history; SERVE=0 stops after publishing
	@$(BIN)/headcount demo demo $(if $(filter 0,$(SERVE)),--no-serve)

pictures: $(READY) chromium ## takes the picture of README.md anew, of a demo
	@mkdir -p build && $(BIN)/headcount demo build/pictures --no-serve > build/pictures.log
	@chromium --headless --no-sandbox --hide-scrollbars --window-size=1000,1000 \
	--screenshot=docs/pictures/digest.png file://$(CURDIR)/build/pictures/public/digest.html 2> build/pictures.log

test: $(READY) postgresql ceph nginx apache systemd promtool chromium $(D3) ## runs the tests, without their long versions
	@echo "test     pytest $(subst ",,$(TESTS))"
	@$(BIN)/pytest -q $(WORKERS) $(TESTS)

check: lint types test wheel ## everything that CI runs, in CI's order

check-full: TESTS =
check-full: check ## the same, with the long versions of the tests

lint: $(READY) ## looks for faults and for code that is not formatted
	@echo "lint     ruff check, ruff format"
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .

types: $(READY) ## checks the types, strictly
	@echo "types    mypy $(CODE)"
	@$(BIN)/mypy --no-error-summary $(CODE)

wheel: $(READY) $(WHEEL)/venv/.ready ## builds the wheel and tries it where nothing but its own dependencies is installed
	@echo "wheel    build, install, headcount --version, headcount demo"
	@rm -rf $(WHEEL)/*.whl $(WHEEL)/demo
	@$(BIN)/python -m pip wheel -qq $(OURS) --wheel-dir $(WHEEL) .
	@$(WHEEL)/venv/bin/python $(INSTALL) --no-deps --force-reinstall $(WHEEL)/*.whl
	@cd $(WHEEL) && venv/bin/headcount --version
	@cd $(WHEEL) && venv/bin/headcount demo demo --no-serve

bench: $(READY) ## runs the benchmarks, each against its named floor or rival
	@for name in $(filter-out watch,$(basename $(notdir $(wildcard benchmarks/*.py)))); do echo "bench    $$name"; $(BIN)/python -m benchmarks.$$name || exit 1; done

bench-watch: $(READY) ## lets things break in made-up worlds, and shows what is noticed when; WRITE=1 keeps the figures in docs
	@echo "bench    watch, about an hour on two processors"
	@$(BIN)/python -m benchmarks.watch $(if $(WRITE),--write)

docs: $(READY) ## writes the pages of docs/reference that come from what the code declares
	@echo "docs     docs/reference"
	@$(BIN)/python -m docs.generate

format: $(READY) ## mends what can be mended by machine
	@$(BIN)/ruff check --quiet --fix .
	@$(BIN)/ruff format --quiet .

hooks: $(READY) ## has git check each commit and its message
	@$(BIN)/pre-commit install --hook-type pre-commit --hook-type commit-msg

lock: $(READY) ## looks for newer versions of all dependencies and writes both locks
	@$(LOCK) --group dev --output-file requirements.lock pyproject.toml
	@$(LOCK) --constraint requirements.lock --output-file requirements-runtime.lock pyproject.toml

clean: ## removes everything that was made here, .venv and the demo included
	@rm -rf $(VENV) build demo dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

postgresql:
	@.ci/need PostgreSQL postgresql '$(POSTGRESQL)'

ceph:
	@.ci/fetch-ceph build/ceph

nginx:
	@.ci/need nginx nginx 'PATH=$$PATH:/usr/sbin command -v nginx'

apache:
	@.ci/need Apache apache2-bin 'PATH=$$PATH:/usr/sbin command -v apache2'

systemd:
	@.ci/need systemd-analyze systemd 'command -v systemd-analyze'

promtool:
	@.ci/need promtool prometheus 'command -v promtool'

chromium:
	@.ci/need Chromium chromium 'command -v chromium || command -v chromium-browser || command -v google-chrome'

# One lock for every supported Python and system; no address of a package registry, only names, versions and hashes.
LOCK = $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --all-extras --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c '$(SUPPORTED)' || { echo "headcount needs Python 3.11, 3.12 or 3.13: make PYTHON=python3.11" >&2; exit 1; }
	@echo "setup    $(VENV), with what requirements.lock names"
	@.ci/need "Python's venv" python3-venv '$(PYTHON) -c "import ensurepip"'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python $(INSTALL) --require-hashes -r requirements.lock
	@$(BIN)/python $(INSTALL) $(OURS) --editable .
	@touch $@

$(D3): tests/browser/package-lock.json
	@.ci/need "Node's npm" npm 'command -v npm'
	@! command -v npm >/dev/null || { echo "setup    d3, as the first user's pages load it" && \
	npm ci --silent --ignore-scripts --prefix tests/browser && touch $@; }

$(WHEEL)/venv/.ready: requirements-runtime.lock
	@echo "wheel    $(WHEEL)/venv, with what requirements-runtime.lock names"
	@rm -rf $(WHEEL)/venv
	@$(BIN)/python -m venv $(WHEEL)/venv
	@$(WHEEL)/venv/bin/python $(INSTALL) --require-hashes -r requirements-runtime.lock
	@touch $@
