"""Names that JAX and Flax no longer have, or never had where they are looked for (a table).

Beside the student. One record a line: the name, the release without it (empty where the release is
not known, or where there never was one), what is there instead (empty where nothing is). A test
tries every record against the installed versions; releases are those of the two changelogs.
"""

from typing import NamedTuple


class Removed(NamedTuple):
    """A name that is not there, the release that removed it, and what to write instead."""

    name: str
    since: str
    instead: str


_RECORDS = (
    ("jax.tree_map", "JAX 0.6.0", "jax.tree.map"),
    ("jax.tree_leaves", "JAX 0.6.0", "jax.tree.leaves"),
    ("jax.tree_flatten", "JAX 0.6.0", "jax.tree.flatten"),
    ("jax.tree_unflatten", "JAX 0.6.0", "jax.tree.unflatten"),
    ("jax.tree_structure", "JAX 0.6.0", "jax.tree.structure"),
    ("jax.tree_transpose", "JAX 0.6.0", "jax.tree.transpose"),
    ("jax.treedef_is_leaf", "JAX 0.6.0", "jax.tree_util.treedef_is_leaf"),
    ("jax.tree_all", "", "jax.tree.all"),
    ("jax.tree_reduce", "", "jax.tree.reduce"),
    ("jax.tree_multimap", "", "jax.tree.map"),
    ("jax.tree_util.tree_multimap", "JAX 0.3.16", "jax.tree.map"),
    ("jax.tree_util.register_keypaths", "JAX 0.4.24", "jax.tree_util.register_pytree_with_keys"),
    ("jax.tree_util.map", "", "jax.tree_util.tree_map"),
    ("jax.tree.tree_map", "", "jax.tree.map"),
    ("jax.config", "JAX 0.4.29", "jax.config"),  # the module: the object of that name is there
    ("jax.config.config", "JAX 0.4.25", "jax.config"),
    ("jax.random.KeyArray", "JAX 0.4.24", "jax.Array"),
    ("jax.random.PRNGKeyArray", "JAX 0.4.24", "jax.Array"),
    ("jax.random.threefry2x32_key", "JAX 0.4.24", "jax.random.key"),
    ("jax.random.rbg_key", "JAX 0.4.24", "jax.random.key"),
    ("jax.random.unsafe_rbg_key", "JAX 0.4.24", "jax.random.key"),
    ("jax.random.shuffle", "JAX 0.4.31", "jax.random.permutation"),
    ("jax.random.seed", "", "jax.random.key"),
    ("jax.random.rand", "", "jax.random.uniform"),
    ("jax.random.randn", "", "jax.random.normal"),
    ("jax.core.Jaxpr", "JAX 0.6.0", "jax.extend.core.Jaxpr"),
    ("jax.core.ClosedJaxpr", "JAX 0.6.0", "jax.extend.core.ClosedJaxpr"),
    ("jax.core.JaxprEqn", "JAX 0.6.0", "jax.extend.core.JaxprEqn"),
    ("jax.core.Literal", "JAX 0.6.0", "jax.extend.core.Literal"),
    ("jax.core.Primitive", "JAX 0.6.0", "jax.extend.core.Primitive"),
    ("jax.core.Var", "JAX 0.6.0", "jax.extend.core.Var"),
    ("jax.core.Shape", "JAX 0.4.29", ""),
    ("jax.core.concrete_aval", "JAX 0.6.0", ""),
    ("jax.core.raise_to_shaped", "JAX 0.6.0", ""),
    ("jax.core.get_aval", "JAX 0.10.0", "jax.typeof"),
    ("jax.core.mapped_aval", "JAX 0.10.0", "jax.extend.core.mapped_aval"),
    ("jax.numpy.NINF", "JAX 0.4.24", "jax.numpy.inf"),
    ("jax.numpy.Inf", "", "jax.numpy.inf"),
    ("jax.numpy.infty", "", "jax.numpy.inf"),
    ("jax.numpy.NaN", "", "jax.numpy.nan"),
    ("jax.numpy.row_stack", "JAX 0.4.24", "jax.numpy.vstack"),
    ("jax.numpy.issubsctype", "JAX 0.4.24", "jax.numpy.issubdtype"),
    ("jax.numpy.trapz", "JAX 0.4.24", "jax.numpy.trapezoid"),
    ("jax.numpy.in1d", "JAX 0.4.24", "jax.numpy.isin"),
    ("jax.numpy.alltrue", "JAX 0.4.16", "jax.numpy.all"),
    ("jax.numpy.sometrue", "JAX 0.4.16", "jax.numpy.any"),
    ("jax.numpy.product", "JAX 0.4.16", "jax.numpy.prod"),
    ("jax.numpy.cumproduct", "JAX 0.4.16", "jax.numpy.cumprod"),
    ("jax.numpy.round_", "JAX 0.4.38", "jax.numpy.round"),
    ("jax.numpy.msort", "JAX 0.4.9", "jax.numpy.sort"),
    ("jax.numpy.fix", "JAX 0.10.0", "jax.numpy.trunc"),
    ("jax.numpy.DeviceArray", "JAX 0.4.14", "jax.Array"),
    ("jax.numpy.float", "", "jax.numpy.float32"),
    ("jax.numpy.int", "", "jax.numpy.int32"),
    ("jax.numpy.random", "", "jax.random"),
    ("jax.numpy.vmap", "", "jax.vmap"),
    ("jax.numpy.tree_map", "", "jax.tree.map"),
    ("jax.numpy.index_update", "", "jax.numpy.ndarray.at"),
    ("jax.numpy.tensor", "", "jax.numpy.array"),
    ("jax.numpy.cat", "", "jax.numpy.concatenate"),
    ("jax.numpy.Array", "", "jax.Array"),
    ("jax.ops.index_update", "", "jax.numpy.ndarray.at"),
    ("jax.ops.index_add", "", "jax.numpy.ndarray.at"),
    ("jax.ops.index_mul", "", "jax.numpy.ndarray.at"),
    ("jax.ops.index_min", "", "jax.numpy.ndarray.at"),
    ("jax.ops.index_max", "", "jax.numpy.ndarray.at"),
    ("jax.ops.index", "", "jax.numpy.ndarray.at"),
    ("jax.lax.tie_in", "JAX 0.4.29", ""),
    ("jax.lax.prod", "JAX 0.4.16", "math.prod"),
    ("jax.lax.mean", "", "jax.numpy.mean"),
    ("jax.nn.normalize", "JAX 0.4.29", "jax.nn.standardize"),
    ("jax.nn.Dense", "", "flax.linen.Dense"),
    ("jax.nn.Module", "", "flax.linen.Module"),
    ("jax.scan", "", "jax.lax.scan"),
    ("jax.cond", "", "jax.lax.cond"),
    ("jax.fori_loop", "", "jax.lax.fori_loop"),
    ("jax.map", "", "jax.lax.map"),
    ("jax.np", "", "jax.numpy"),
    ("jax.linen", "", "flax.linen"),
    ("jax.partial", "", "functools.partial"),
    ("jax.curry", "JAX 0.4.14", "functools.partial"),
    ("jax.DeviceArray", "", "jax.Array"),
    ("jax.linear_util", "JAX 0.4.24", "jax.extend.linear_util"),
    ("jax.abstract_arrays", "JAX 0.4.17", "jax.core"),
    ("jax.xla_computation", "JAX 0.4.34", "jax.make_jaxpr"),
    ("jax.clear_backends", "JAX 0.4.36", "jax.clear_caches"),
    ("jax.soft_pmap", "JAX 0.3.18", "jax.vmap"),
    ("jax.mask", "JAX 0.3.16", ""),
    ("jax.shapecheck", "JAX 0.3.16", ""),
    ("jax.device_put_sharded", "", "jax.device_put"),
    ("jax.device_put_replicated", "", "jax.device_put"),
    ("jax.util", "", ""),
    ("jax.experimental.stax", "JAX 0.3.16", "jax.example_libraries.stax"),
    ("jax.experimental.optimizers", "JAX 0.3.16", "jax.example_libraries.optimizers"),
    ("jax.experimental.loops", "JAX 0.3.16", "jax.lax.fori_loop"),
    ("jax.experimental.maps", "", "jax.shard_map"),
    ("jax.experimental.host_callback", "JAX 0.4.35", "jax.experimental.io_callback"),
    ("jax.experimental.callback", "JAX 0.4.2", "jax.pure_callback"),
    ("jax.experimental.export", "JAX 0.4.36", "jax.export"),
    ("jax.experimental.array_api", "JAX 0.5.0", "jax.numpy"),
    ("jax.experimental.PartitionSpec", "JAX 0.4.11", "jax.sharding.PartitionSpec"),
    ("jax.experimental.enable_x64", "JAX 0.9.0", "jax.enable_x64"),
    ("jax.experimental.disable_x64", "JAX 0.9.0", "jax.enable_x64"),
    ("jax.interpreters.xla.DeviceArray", "JAX 0.4.11", "jax.Array"),
    ("jax.interpreters.pxla.PartitionSpec", "JAX 0.4.11", "jax.sharding.PartitionSpec"),
    ("jax.interpreters.pxla.ShardedDeviceArray", "JAX 0.4.14", "jax.Array"),
    ("jax.lib.xla_bridge", "", "jax.extend.backend"),
    ("jax.scipy.misc", "", "jax.scipy.special"),
    ("jax.scipy.linalg.tril", "JAX 0.4.24", "jax.numpy.tril"),
    ("jax.scipy.linalg.triu", "JAX 0.4.24", "jax.numpy.triu"),
    ("jax.sharding.PositionalSharding", "", "jax.sharding.NamedSharding"),
    ("jax.sharding.OpShardingSharding", "JAX 0.4.12", "jax.sharding.NamedSharding"),
    ("jax.sharding.XLACompatibleSharding", "JAX 0.4.34", "jax.sharding.Sharding"),
    ("jax.Array.broadcast", "JAX 0.4.14", "jax.numpy.broadcast_to"),
    ("jax.Array.split", "JAX 0.4.14", "jax.numpy.split"),
    ("jax.Array.tile", "JAX 0.3.17", "jax.numpy.tile"),
    ("jax.Array.to_py", "", "numpy.asarray"),
    ("jax.Array.numpy", "", "numpy.asarray"),
    ("jax.Array.append", "", "jax.numpy.append"),
    ("flax.nn", "Flax 0.3.6", "flax.linen"),
    ("flax.deprecated", "Flax 0.4.0", "flax.linen"),
    ("flax.optim", "Flax 0.6.0", "optax"),
    ("flax.Module", "", "flax.linen.Module"),
    ("flax.Dense", "", "flax.linen.Dense"),
    ("flax.linen.Linear", "", "flax.linen.Dense"),
    ("flax.linen.optimizers", "", "optax"),
)
REMOVED = {record.name: record for record in (Removed(*fields) for fields in _RECORDS)}


def sentence(record: Removed, version: str) -> str:
    """Say that a name is gone, and what to write instead; `version` is that of its package."""
    name, since, instead = record
    if name == instead:
        return f"{name} is no module any more since {since}: `import jax`, then use {name}"
    here = f" (this is {version})" if version else ""
    gone = f"{name} was removed in {since}{here}" if since else f"There is no {name}{here}"
    return f"{gone}; use {instead}" if instead else f"{gone}, and nothing took its place"
