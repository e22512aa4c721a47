"""The environment variables of the processes that run submissions: JAX's settings, no secret."""

import os
from pathlib import Path

from grader.worker.walls import limits

KEPT = ("SYSTEMROOT", "PATHEXT", "PYTHONDONTWRITEBYTECODE")


def environment(cache: Path | None, fill_cache: bool) -> dict[str, str]:
    """Give a worker's whole environment: nothing of ours but what JAX needs."""
    kept = {k: os.environ[k] for k in KEPT if k in os.environ}
    settings = {
        "JAX_PLATFORMS": "cpu",
        "PYTHONHASHSEED": "0",
        "PYTHONUNBUFFERED": "1",
        "PYTHONIOENCODING": "utf-8:backslashreplace",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        # Starting them is a fifth of importing JAX; and their number is to change nothing.
        "OPENBLAS_NUM_THREADS": "1",
        # Compilation is the cost: both make XLA's compiler cheaper, and answers stay close.
        "JAX_DISABLE_MOST_OPTIMIZATIONS": "1",
        # In order and without threads, which a warm worker does not have.
        "XLA_FLAGS": "--xla_cpu_use_fusion_emitters=false"
        " --xla_cpu_enable_concurrency_optimized_scheduler=false"
        " --xla_cpu_parallel_codegen_split_count=1",
    }
    if cache is not None:
        settings |= {
            limits.FILL_CACHE: "1" if fill_cache else "",
            limits.CACHE: str(cache),
            "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS": "0" if fill_cache else "1e9",
            "JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES": "-1",
            "JAX_PERSISTENT_CACHE_ENABLE_XLA_CACHES": "none",
        }
    return kept | settings
