# The two commands of the README: `make demo` and `make test`. Everything lands in .venv.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.PHONY: demo test lint types contracts check bench mutants wheel clean

.venv/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "plentymsg needs Python 3.11 or newer; try: make PYTHON=python3.12" >&2; exit 1; }
	@echo "Making .venv …"
	@$(PYTHON) -m venv .venv || { \
	  echo "Python's venv is missing; install it, for example: sudo apt-get install python3-venv" >&2; exit 1; }
	@touch $@

# What the program needs, at the versions it was tested with.
.venv/installed: .venv/made pyproject.toml constraints.txt src/plentymsg/__init__.py
	@echo "Installing plentymsg …"
	@$(PIP) install --constraint constraints.txt --editable .
	@touch $@

# What its developers need besides.
.venv/developed: .venv/installed
	@echo "Installing the development tools …"
	@$(PIP) install --constraint constraints.txt --requirement requirements-dev.txt
	@touch $@

demo: .venv/installed
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh examples/demo.sh

test: .venv/developed servers
	@$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

# The mail server that the tests run against.
.PHONY: servers
servers:
	@sh tests/servers/install.sh

lint: .venv/developed
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: .venv/developed
	@$(BIN)/mypy

contracts: .venv/developed
	@$(BIN)/lint-imports

check: lint types contracts test

bench: .venv/developed
	@$(BIN)/python -m benchmarks.startup
	@$(BIN)/python -m benchmarks.rules

# Whether the tests of the rules notice when a rule is wrong: some minutes, all cores. ARGS names some mutants.
mutants: .venv/developed
	@$(PIP) install --constraint constraints.txt --requirement requirements-mutation.txt
	@$(BIN)/mutmut run $(ARGS) >mutants.log 2>&1 || { tail -n 40 mutants.log >&2; exit 1; }
	@$(BIN)/mutmut export-cicd-stats >>mutants.log
	@$(BIN)/python -m tests.rules.mutation

wheel: .venv/developed
	@$(BIN)/python -m build --wheel

clean:
	rm -rf .venv dist build mutants mutants.log
