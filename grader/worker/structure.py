"""Names a program by what JAX has traced of it, before it is lowered (beside the student).

JAX finds a program in its compile cache by the text that it is lowered to, and lowering is half of
what an eager program costs a fresh process. What is lowered is a jaxpr: operations of JAX, their
parameters, types and constants. Two jaxprs have the same name only if all of that is equal; a jaxpr
that holds anything else (a function, an effect, an operation that JAX did not bring along, a kind
of value that is not listed here) has none.
"""

import dataclasses
import hashlib
import importlib
from enum import Enum
from importlib.metadata import version
from typing import Any

import numpy as np

MOST_CONSTANTS = 1 << 16  # bytes: what is larger is quicker lowered than compared
NOT_LOWERED = {"custom_jvp_call": {"jvp_jaxpr_fun"}}  # parameters that only derivatives need
ABOUT_AN_OPERATION = ("compute_type", "threefry_partitionable", "cur_abstract_mesh", "xla_metadata")
PARTS_OF_JAX = ("core", "interpreters.mlir", "random.prng", "sharding_impls", "mesh", "config")
NUMBERS = ("TypedInt", "TypedFloat", "TypedComplex")


class NamelessError(Exception):
    """A program holds what does not tell it from others."""


class Names:
    """Gives names to jaxprs, by the operations that JAX has when this is made."""

    def __init__(self, circumstances: tuple[Any, ...]) -> None:
        """`circumstances` are what a program's executable depends on besides."""
        core, lowering, keys, shardings, meshes, settings = (
            importlib.import_module(f"jax._src.{name}") for name in PARTS_OF_JAX
        )
        self._core: Any = core
        self._unspecified: Any = shardings.UnspecifiedValue
        self._single: Any = shardings.SingleDeviceSharding
        self._meshes = (meshes.Mesh, meshes.AbstractMesh)
        self._generators = dict(keys.prngs)
        self._generator: Any = keys.PRNGImpl
        self._settings: Any = settings.trace_context
        by_platform = lowering._platform_specific_lowerings.get("cpu", {})
        self._operations = {*lowering._lowerings, *by_platform}
        self._circumstances = circumstances

    def name(self, program: Any, *about: Any) -> str | None:
        """The name of a closed jaxpr and of how it is to be lowered; None where it has none."""
        try:
            whole = (self._closed(program), self._value(about), self._value(self._settings()))
        except Exception:  # noqa: BLE001  # NamelessError, or it looks otherwise than we know
            return None
        return hashlib.sha256(repr((self._circumstances, whole)).encode()).hexdigest()

    def _closed(self, program: Any) -> tuple[Any, ...]:
        if sum(getattr(constant, "nbytes", 0) for constant in program.consts) > MOST_CONSTANTS:
            raise NamelessError
        return self._open(program.jaxpr), *map(self._value, program.consts)

    def _open(self, jaxpr: Any) -> tuple[Any, ...]:
        """Variables are numbers, in the order in which they come."""
        numbers: dict[Any, int] = {}

        def bind(variable: Any) -> Any:
            numbers[variable] = len(numbers)
            return self._value(variable.aval)

        def read(atom: Any) -> Any:
            if not isinstance(atom, self._core.Literal):
                return numbers[atom]
            return "literal", self._value(atom.aval), self._value(atom.val)

        if jaxpr.effects:
            raise NamelessError
        given = [bind(variable) for variable in (*jaxpr.constvars, *jaxpr.invars)]
        steps = []
        for step in jaxpr.eqns:
            if step.effects or step.primitive not in self._operations:
                raise NamelessError
            name = step.primitive.name
            parameters = {
                k: v for k, v in step.params.items() if k not in NOT_LOWERED.get(name, ())
            }
            about = [getattr(step.ctx, kind) for kind in ABOUT_AN_OPERATION]
            read_here = [read(atom) for atom in step.invars]
            bound_here = [bind(variable) for variable in step.outvars]
            steps.append((name, read_here, self._value(parameters), self._value(about), bound_here))
        return len(jaxpr.constvars), given, steps, [read(atom) for atom in jaxpr.outvars]

    def _value(self, value: Any) -> Any:
        """A value as plain text, numbers and tuples, which show all that it is."""
        kind = type(value)
        if value is None or kind in (bool, int, str, bytes):
            return value
        if kind is float:
            return "float", value.hex()
        if kind in (tuple, list, frozenset, set, dict):
            parts = value.items() if kind is dict else value
            told = [self._value(part) for part in parts]
            return kind.__name__, sorted(told, key=repr) if kind in (dict, set, frozenset) else told
        if isinstance(value, Enum):
            return kind.__qualname__, value.name
        if isinstance(value, np.ndarray | np.generic):
            return "array", self._dtype(value.dtype), value.shape, value.tobytes()
        return self._of_jax(value, kind)

    def _of_jax(self, value: Any, kind: type) -> Any:
        import jax

        core = self._core
        if isinstance(value, core.ClosedJaxpr):
            return self._closed(value)
        if isinstance(value, core.Jaxpr):
            return self._open(value)
        if kind is core.ShapedArray and value.sharding.mesh.empty:
            shape = self._value(value.shape)
            return "type", self._dtype(value.dtype), shape, value.weak_type, str(value.memory_space)
        if isinstance(value, jax.Array) and not isinstance(value, core.Tracer):
            if not isinstance(value.dtype, np.dtype):  # random keys
                data = jax.random.key_data(value)
                return "keys", self._dtype(value.dtype), self._value(np.asarray(data))
            return "jax", self._value(np.asarray(value))
        if kind.__module__ == "jax._src.literals" and kind.__name__ in NUMBERS:
            return kind.__name__, repr(value)
        if kind is self._unspecified:
            return ("no sharding",)
        if kind in self._meshes and value.empty:
            return ("no mesh",)
        if kind is self._single:
            return "device", value.device_set == {jax.devices()[0]}, value.memory_kind
        if isinstance(value, self._generator):
            return "generator", self._known_generator(value)
        if kind is core.AxisEnv and not value.axis_sizes:
            return ("no axes",)
        return self._plain(value, kind)

    def _plain(self, value: Any, kind: type) -> Any:
        """Types, and JAX's own records of plain values."""
        if isinstance(value, np.dtype) or (
            isinstance(value, type) and issubclass(value, np.generic)
        ):
            return "dtype", np.dtype(value).name
        if hasattr(value, "_impl"):
            return self._dtype(value)
        if not kind.__module__.startswith("jax."):
            raise NamelessError
        if isinstance(value, tuple) and hasattr(value, "_fields"):
            return kind.__qualname__, [self._value(part) for part in value]
        if dataclasses.is_dataclass(value):
            names = [field.name for field in dataclasses.fields(value)]
            return kind.__qualname__, [(n, self._value(getattr(value, n))) for n in names]
        raise NamelessError

    def _dtype(self, dtype: Any) -> Any:
        if isinstance(dtype, np.dtype):
            if dtype.hasobject or dtype.fields:
                raise NamelessError
            return dtype.name
        return "key", self._known_generator(getattr(dtype, "_impl", None))

    def _known_generator(self, generator: Any) -> str:
        name = getattr(generator, "name", "")
        if self._generators.get(name) is not generator or generator is None:
            raise NamelessError
        return str(name)


def circumstances() -> tuple[Any, ...]:
    """What an executable of this process depends on besides its program, as JAX's cache has it."""
    import jax

    compiler: Any = importlib.import_module("jax._src.compiler")
    client: Any = importlib.import_module("jaxlib.xla_client")
    device = jax.devices()[0]
    machine = client.get_topology_for_devices([device]).fingerprint()
    options = compiler.get_compile_options(1, 1).SerializeAsString()
    return jax.__version__, version("jaxlib"), device.client.platform_version, machine, options
