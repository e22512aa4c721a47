#!/usr/bin/env bash
# Gradescope runs this for each submission. results/results.json is there whatever happens.
root=${AUTOGRADER_ROOT:-/autograder}
python=${GRADER_PYTHON:-$root/env/bin/python}
export GRADER_CACHE_DIR=$root/cache
cd "$root" || exit

# For the case that the grader does not get to write its own: no score, and nothing taken away.
mkdir -p results
cp source/withheld.json results/results.json

"$python" -P -m grader check --in submission --format gradescope --timeout 120 --exit-zero
code=$?
if [ "$code" -ne 0 ]; then
    echo "The grader ended with code $code: the score is withheld." >&2
fi
exit "$code"
