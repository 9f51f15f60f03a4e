# Two words to know: `make demo` shows the whole work, `make test` runs the tests.
# On Windows there is no make: see README.md.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin
READY := $(VENV)/.ready
DEMO := demo-workspace
# Tests that end late wait for nobody: an idle worker takes work from a busy one. Of the slow ones
# each is given out when a worker is free, the longest first; those that share much go together.
PYTEST := $(RUN)/python -m pytest -q -n auto --dist worksteal
PYTEST_SLOW := $(RUN)/python -m pytest -q -n auto --dist loadgroup
# Their thousands of small files are written in memory where it has this room, in megabytes; it is
# given back at the end, whatever happened. Servers of tests run as others, and pass through it.
MEMORY := /dev/shm
ROOM := 4000
define IN_MEMORY
room=$$(df -Pm $(MEMORY) 2>/dev/null | awk 'NR == 2 { print $$4 }'); \
if [ "$${room:-0}" -ge $(ROOM) ]; then \
    TMPDIR=$$(mktemp -d $(MEMORY)/crf-intake.XXXXXX) && chmod 711 "$$TMPDIR" && export TMPDIR; \
    trap 'rm -rf "$$TMPDIR"' EXIT; trap 'exit 130' INT TERM; \
fi;
endef
# Compiled files are kept: without them every worker compiles and rewrites all tests anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo test test-slow fuzz check fix forms clients lock windows clean

demo: $(READY)  ## show the whole work on fictional patients
	rm -rf "$(DEMO)"
	$(RUN)/crf-intake demo "$(DEMO)"

test: $(READY)  ## run the fast tests
	@$(IN_MEMORY) $(PYTEST) -m "not slow"

test-slow: $(READY)  ## run the slow tests
	@$(IN_MEMORY) $(PYTEST_SLOW) -m slow

fuzz: $(READY)  ## try all the random cases, of which the slow tests try a quarter
	FUZZ=whole $(PYTEST) tests/whole/fuzz tests/whole/rules tests/whole/oracle tests/whole/mail

check: $(READY)  ## style, types, import contracts
	$(RUN)/ruff format --check intake tests benchmarks docs tools
	$(RUN)/ruff check intake tests benchmarks docs tools
	$(RUN)/mypy
	$(RUN)/lint-imports

fix: $(READY)  ## format and mend what can be mended
	$(RUN)/ruff format intake tests benchmarks docs tools
	$(RUN)/ruff check --fix intake tests benchmarks docs tools

forms: $(READY)  ## rebuild the blank forms kept in form_templates/
	$(RUN)/crf-intake forms

clients: $(READY)  ## run a full form through every program and write docs/clients.md
	$(RUN)/python -m tests.whole.clients

lock: $(READY)  ## write what a release runs with, each file with its hash, for this system
	mkdir -p dist
	$(RUN)/python -m pip install --dry-run --ignore-installed --quiet --report - \
	    --constraint constraints.txt ".[all]" > dist/report.json
	$(RUN)/python tools/hashed_requirements.py < dist/report.json > dist/requirements.txt
	rm dist/report.json

windows: $(READY)  ## say whether all that users install is there for Windows
	$(RUN)/python tools/windows_wheels.py

clean:  ## remove what make made
	rm -rf "$(VENV)" "$(DEMO)"

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(RUN)/python -m pip install --quiet --disable-pip-version-check \
	    --constraint constraints.txt --editable ".[all,dev]"
# Apart and without what they ask for: PyMuPDF is under the AGPL, and fontTools changes what pypdf writes.
	$(RUN)/python -m pip install --quiet --disable-pip-version-check --no-deps --upgrade \
	    --constraint constraints.txt --target $(VENV)/checkers fonttools outloud pdfua
	touch $(READY)
