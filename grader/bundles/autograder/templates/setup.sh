#!/usr/bin/env bash
# Gradescope runs this once, as root, when the autograder is uploaded.
# The solution is not in here. lib/solution/key holds numbers, which only root may read.
set -euo pipefail
shopt -s inherit_errexit
umask 022
root=${AUTOGRADER_ROOT:-/autograder}
export GRADER_CACHE_DIR=$root/cache

# A Python of at least 3.11, which JAX needs and Ubuntu 22.04 lacks; uv brings one.
newer_python() {
    local name
    for name in python3.13 python3.12 python3.11; do
        if "$name" -c 'import ensurepip, venv' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    apt-get update -qq >&2
    apt-get install -y -qq --no-install-recommends python3 python3-venv ca-certificates >&2
    python3 -m venv "$root/uv" >&2
    "$root/uv/bin/python" -m pip install --quiet uv >&2
    export UV_PYTHON_INSTALL_DIR=$root/python  # where workers, who are nobody, can read it
    "$root/uv/bin/uv" python install 3.12 >&2
    "$root/uv/bin/uv" python find --managed-python 3.12
}

python=${GRADER_PYTHON:-}  # an environment that is there already, for trying this elsewhere
if [ -z "$python" ]; then
    base=$(newer_python)
    "$base" -m venv "$root/env"
    python=$root/env/bin/python
fi
cd /
"$python" "$root/source/install.py"
chmod -R a+rX "$root/source"  # however it was unpacked: workers, who are nobody, read it
chmod -R go-rwx "$root/source/lib/solution"
"$python" -P -m grader warm
"$python" -P -m grader doctor || true  # for this log: which walls there are around submissions
