"""Names that the error model and the builder of the key share."""

# Seeds that students write down instead of the one they are given.
CONSTANT_SEEDS = (0, 1, 2, 7, 42, 123, 1234, 2024)

# The right keys too: those of a negative seed where jax_enable_x64 is set.
OF_64_BITS = "split-of-64-bits"

# What a Dense layer inside another Module is called in most code; Flax calls those without a name
# Dense_0 or, under nn.vmap, VmapDense_0. The name enters the key.
LAYER_NAMES = (
    *("Dense_0", "VmapDense_0", "dense", "layer", "linear", "fc", "model", "net", "ensemble"),
    *("layers", "members", "copies", "heads", "models", "denses", "vmap_dense", "vdense"),
    *("proj", "dense1", "dense_0", "out", "output", "inner", "base", "module", "lin", "mlp"),
    *("member", "copy", "experts", "expert", "vmapped", "batched", "lifted", "stacked"),
    *("nets", "layer1", "layer_0", "fc1", "dense_layer", "block", "head", "vmap"),
)
