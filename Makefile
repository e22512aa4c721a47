# Two commands do all the set-up: `make grade` and `make test`. A second call sets nothing up again.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
KEY := .venv/.key
SAMPLES := $(addprefix tests/submissions/,correct/course-loop.py correct/vmapped-apply-mean.py \
	shared-key sum-not-mean late-bound-lambda crashed+missing-in-axes missing-copy)

.PHONY: grade test test-all key tools lint bench requirements clean

grade: $(KEY)
	$(BIN)/grader bulk $(SAMPLES) --out build/grade

test: $(KEY) lint tools
	$(BIN)/python -m solution.build --check
	$(BIN)/python -m pytest -n 2 --dist loadgroup --durations 10 -rs -m "not exhaustive"

# As `make test`, with all of the slow corpora.
test-all: $(KEY) lint tools
	$(BIN)/python -m solution.build --check
	$(BIN)/python -m pytest -n 2 --dist loadgroup --durations 10 -rs

key: $(KEY)

# Debian's, where they are missing and may be installed. Without the browser the tests of pages are
# skipped, without bubblewrap those of the walls that it makes: the last lines of a run say so.
tools:
	@{ command -v chromium && command -v bwrap; } > /dev/null || { test "$$(id -u)" = 0 && \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y \
		--no-install-recommends chromium fonts-dejavu-core bubblewrap; } > /dev/null 2>&1 || \
		echo "chromium or bubblewrap is missing: the tests that need them will be skipped."

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
	$(BIN)/python -m compileall -q exercise grader solution tests -x submissions
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
