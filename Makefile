# Every target sets up what it needs. VENV and PYTHON may be given: make test VENV=/tmp/venv PYTHON=python3.12
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
OUT ?= reports/furniture
WORKERS ?= 2

.PHONY: demo test test-slow lint bench bench-full gallery faults golden mutants nightly browser clean

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(BIN)/python setup.cfg pyproject.toml constraints.txt
	$(PIP) --editable .
	@touch $@

$(VENV)/.tested: $(VENV)/.installed
	$(PIP) --editable '.[test,lint]'
	@touch $@

demo: $(VENV)/.installed
	$(BIN)/clusternet demo --out $(OUT) --lang en,ar --overwrite

# Browser tests drive Debian's chromium; where it cannot be installed they are skipped and say so.
browser:
	@command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 \
	|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 && apt-get update -qq \
		&& DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-dejavu-core >/dev/null; } \
	|| echo "No Chromium here, and it cannot be installed: the browser tests will be skipped."

test: $(VENV)/.tested browser
	$(BIN)/python -m pytest -n $(WORKERS)

test-slow: $(VENV)/.tested browser
	$(BIN)/python -m pytest -m slow

lint: $(VENV)/.tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy --strict --follow-imports=silent clusternet/model clusternet/errors.py clusternet/messages.py
	$(BIN)/lint-imports

# Every peer beside ours, on small inputs: half an hour. The peers are nobody's dependency but the benchmark's.
SPEED := read build detect score chance layout whole
bench: $(VENV)/.tested
	$(PIP) --editable '.[bench]'
	for name in $(SPEED); do $(BIN)/python -m benchmarks.$$name --small || exit 1; done

# Every size of every benchmark; takes some hours.
bench-full: $(VENV)/.tested
	$(PIP) --editable '.[bench]'
	for name in $(SPEED); do $(BIN)/python -m benchmarks.$$name --full || exit 1; done
	$(BIN)/python -m benchmarks.quality
	$(BIN)/python -m benchmarks.maps
	$(BIN)/python -m benchmarks.matching

# The pictures of reports/gallery, made anew from the shipped surveys.
gallery: $(VENV)/.tested browser
	$(BIN)/python -m tests.gallery

# Every known fault, the tests that show what it gets, and how they ended.
faults: $(VENV)/.tested browser
	$(BIN)/python -m pytest -m fault --faults-table tests/faults/TABLE.md

# The bytes of four studies, made anew where they were changed on purpose.
golden: $(VENV)/.tested
	$(BIN)/python -m tests.golden.regenerate

# Many more examples of what must always hold, drawn anew.
nightly: $(VENV)/.tested
	CLUSTERNET_NIGHTLY=1 $(BIN)/python -m pytest tests/invariants tests/model tests/metrics -m "slow or not slow"

# Small faults put into metrics, suppression and readers: which of them does no test find?
mutants: $(VENV)/.tested
	$(PIP) --editable '.[mutants]'
	$(BIN)/python -m tests.mutation --out reports/mutants --share 0.02

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .ruff_cache .mypy_cache .hypothesis
