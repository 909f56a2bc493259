# For somebody who has just cloned this, two commands are enough:
#
#   make run                      install into .venv, then open the sample episodes
#   make run LIBRARY=~/episodes   … or a folder of one's own
#   make test                     install what tests need too, then run every test
#
# For those who work on it: make check, lint, crash, bench, keys, lock, clean. Works with GNU make 3.81 and later.

PYTHON ?=
LIBRARY = episodes
ARGS =
VENV = .venv
# Modules are run through the interpreter (python -m …), so that a checkout that was moved still works.
VENV_PYTHON = $(VENV)/bin/python
PIP = $(VENV_PYTHON) -m pip --quiet
SOURCES = $(shell find tui -name '*.py')

# Names with blanks reach the shell as one word, and nothing in them is run.
export LIBRARY PYTHON

.PHONY: run test check lint crash bench keys lock clean

run: $(VENV)/.compiled
	@case "$$LIBRARY" in "~/"*) LIBRARY="$$HOME/$${LIBRARY#??}" ;; esac; exec $(VENV_PYTHON) -m tui "$$LIBRARY"

# Byte code is kept here even where PYTHONDONTWRITEBYTECODE is set: each test that starts the reader, and each
# of the workers, would compile everything anew.
test: $(VENV)/.tests-installed $(VENV)/.compiled
	@env -u PYTHONDONTWRITEBYTECODE $(VENV_PYTHON) -m pytest -n auto --dist loadgroup $(ARGS)

check: lint test

lint: $(VENV)/.tests-installed
	@$(VENV_PYTHON) -m ruff check .
	@$(VENV_PYTHON) -m ruff format --check .
	@$(VENV_PYTHON) -m mypy
	@$(VENV_PYTHON) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'

# 200 times kill -9 at random moments, instead of the 25 times of make test.
crash: $(VENV)/.tests-installed
	@CRASHES=200 $(VENV_PYTHON) -m pytest -k crash -v $(ARGS)

bench: $(VENV)/.tests-installed $(VENV)/.compiled
	@$(VENV_PYTHON) -m benchmarks $(ARGS)

keys: $(VENV)/.installed
	@$(VENV_PYTHON) scripts/keys

lock:
	@scripts/lock

clean:
	rm -rf $(VENV) .venv-lock .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	rm -rf build dist snapshot_report.html
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Each file below says that a step was done with the requirements as they are now.

$(VENV)/.made:
	@scripts/venv $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.made pyproject.toml constraints.txt
	@echo "Installing pullquote into $(VENV) (only now, and after an update) …"
	@$(PIP) install --require-hashes -r constraints.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.tests-installed: $(VENV)/.installed constraints-test.txt
	@echo "Installing what the tests need …"
	@$(PIP) install --require-hashes -r constraints-test.txt
	@touch $@

# Compiled here, because Python itself does not where PYTHONDONTWRITEBYTECODE is set: starting would be slower.
$(VENV)/.compiled: $(VENV)/.installed $(SOURCES)
	@$(VENV_PYTHON) -m compileall -q tui
	@touch $@
