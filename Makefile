# Two commands do all the set-up: `make grade` and `make test`. A second call sets nothing up again.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
KEY := .venv/.key
SAMPLES := $(addprefix tests/submissions/,correct/course-loop.py correct/vmapped-apply-mean.py \
	shared-key sum-not-mean late-bound-lambda crashed+missing-in-axes missing-copy)

.PHONY: grade test test-all key browser lint bench requirements clean

grade: $(KEY)
	$(BIN)/grader bulk $(SAMPLES) --out build/grade

test: $(KEY) lint browser
	$(BIN)/python -m solution.build --check
	$(BIN)/python -m pytest -n 2 --dist loadgroup --durations 25 -m "not exhaustive"

# As `make test`, with all of the slow corpora.
test-all: $(KEY) lint browser
	$(BIN)/python -m solution.build --check
	$(BIN)/python -m pytest -n 2 --dist loadgroup

key: $(KEY)

# Debian's, where it is missing and may be installed; without one, the tests of pages are skipped.
browser:
	@command -v chromium > /dev/null || { test "$$(id -u)" = 0 && apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
		chromium fonts-dejavu-core; } > /dev/null 2>&1 || \
		echo "There is no chromium: the tests of pages in a browser will be skipped."

bench: $(KEY)
	$(BIN)/python -m benchmarks.bulk $(BENCH)

lint: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python -m grader.schema --check
	$(BIN)/python -m grader.bundles.kit.pins --check
	$(BIN)/python -m exercise.pages --check
	$(BIN)/python -m grader.bundles.distribution --check
	$(BIN)/python -m tests.support.pictures --check

$(READY): requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

$(KEY): $(READY) $(wildcard solution/*.py exercise/model/*.py) $(wildcard exercise/findings/*.py) exercise/plan.py \
		$(wildcard examples/*/exercise.toml) $(wildcard examples/*/solution.py)
	$(BIN)/python -m solution.build
	$(BIN)/python -m solution.warm
	for folder in examples/*/; do $(BIN)/grader author build $$folder > /dev/null || exit 1; done
	touch $@

requirements: $(READY)
	(head -n 1 requirements.txt; $(BIN)/pip freeze --exclude-editable) > requirements.new
	mv requirements.new requirements.txt

clean:
	rm -rf .venv build exercise/key solution/key examples/*/key
