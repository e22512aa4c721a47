"""A submission of honest uses: what programs do that are not after anything.

Runs in a worker; each use is an expression that must not raise. The tests read its table too.
"""

# Its uses are strings, which use what it imports.
# ruff: noqa: ARG001, BLE001, D103, F401, S102
import dataclasses
import functools
import logging
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import flax.linen as nn
import jax
import jax.numpy as jnp
import numpy as np

USES = {
    "a thread": "run_thread()",
    "a pool of threads": "list(ThreadPoolExecutor(2).map(jnp.sum, [x, x]))",
    "pure_callback": "jax.pure_callback(np.sin, jax.ShapeDtypeStruct((4,), 'float32'), x) + 1",
    "debug.print": "jax.debug.print('{}', x), jax.effects_barrier()",
    "debug.callback": "jax.jit(lambda v: jax.debug.callback(print, v))(x)",
    "svd": "jnp.linalg.svd(m)[1].sum()",
    "eigh": "jnp.linalg.eigh(m)[0].sum()",
    "qr": "jnp.linalg.qr(m)",
    "solve": "jnp.linalg.solve(m, x)",
    "cholesky": "jnp.linalg.cholesky(m)",
    "fft": "jnp.abs(jnp.fft.fft(x))",
    "convolve": "jnp.convolve(x, x)",
    "sort": "jnp.sort(x), jnp.argsort(x)",
    "a large product": "(jnp.ones((300, 300)) @ jnp.ones((300, 300))).block_until_ready()",
    "grad and jit": "jax.jit(jax.grad(lambda v: (v**2).sum()))(x)",
    "scan": "jax.lax.scan(lambda c, v: (c + v, c), 0.0, x)",
    "while_loop": "jax.lax.while_loop(lambda v: v < 5, lambda v: v + 1, 0)",
    "random numbers": "jax.random.gumbel(jax.random.key(1), (3,)), jax.random.permutation(key, 9)",
    "seeding from the system": "np.random.default_rng().normal()",
    "Dense": "nn.Dense(3).init(key, x)",
    "Conv": "nn.Conv(2, (3,)).init(key, x[None, :, None])",
    "nn.vmap": "nn.vmap(nn.Dense, in_axes=None, variable_axes={'params': 0}, "
    "split_rngs={'params': True}, axis_size=3)(2).init(key, x)",
    "tabulate": "nn.Dense(3).tabulate(key, x)",
    "a late import of optax": "__import__('optax').adam(0.1).init(x)",
    "a late import of scipy": "__import__('scipy.stats').stats.norm.cdf(0.1)",
    "a late import of flax.nnx": "__import__('flax.nnx').nnx.Rngs(0)",
    "late imports of the library": "[__import__(n) for n in ('sqlite3', 'decimal', 'csv', 'bz2',"
    " 'unittest.mock', 'email.message', 'zoneinfo', 'lzma', 'ssl', 'curses', 'asyncio')]",
    "logging": "logging.getLogger('x').warning('seen')",
    "logging to the screen": "logging.basicConfig(force=True), logging.info('x')",
    "dataclasses": "dataclasses.make_dataclass('D', ['a'])(1)",
    "a cache": "functools.lru_cache(abs)(1)",
    "a traceback": "__import__('traceback').format_stack()",
    "source of a library": "__import__('inspect').getsource(np.mean)",
    "source of one's own": "__import__('inspect').getsource(run_thread)",
    "time": "__import__('time').perf_counter(), __import__('datetime').datetime.now()",
    "which machine": "__import__('platform').platform(), __import__('os').cpu_count()",
    "a package's version": "__import__('importlib.metadata').metadata.version('jax')",
    "a missing package": "absent('no_such_package')",
    "secrets": "__import__('secrets').token_hex(), __import__('uuid').uuid4()",
    "hashes": "__import__('hashlib').sha256(b'').hexdigest()",
    "pickling in memory": "__import__('pickle').dumps(x)",
    "text in memory": "__import__('io').StringIO().write('x')",
    "a timer": "__import__('signal').setitimer(0, 0)",
    "stderr": "print('x', file=sys.stderr)",
    "collecting garbage": "__import__('gc').collect()",
    "warnings": "__import__('warnings').warn('x')",
    "NumPy's linear algebra": "np.linalg.eigvals(np.eye(50))",
    "NaN checks": "jax.config.update('jax_debug_nans', True), jnp.log(x + 9), "
    "jax.config.update('jax_debug_nans', False)",
    "leak checks": "jax.checking_leaks().__enter__().__class__",
    "memory statistics": "jax.live_arrays(), jax.devices()",
    "cost analysis": "jax.jit(jnp.sum).lower(x).compile().cost_analysis()",
}


def run_thread() -> None:
    started = threading.Thread(target=lambda: jnp.ones(3).sum().block_until_ready())
    started.start()
    started.join()


def absent(name: str) -> None:
    try:
        __import__(name)
    except ModuleNotFoundError:
        return
    raise LookupError(name)


def attempt(name: str, x: Any) -> bool:
    m = jnp.eye(4) * 2 + 0.1
    given = globals() | {"x": x, "m": m, "key": jax.random.PRNGKey(0)}
    try:
        exec(USES[name], given)
    except BaseException as error:
        print(f"{name}: {error!r}", flush=True)
        return False
    return True


def custom_lift_forward(seed: int, x: Any, n_copies: int, features: int) -> Any:
    x = jnp.arange(4.0)
    return np.array([attempt(name, x) for name in USES])
