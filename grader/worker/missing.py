"""Names whose absence explains itself: what is to be imported, installed or newer (tables).

Beside the student.
"""

# Names that are made by an import which every program of this kind has.
IMPORTS = {
    "jax": "import jax",
    "jnp": "import jax.numpy as jnp",
    "np": "import numpy as np",
    "flax": "import flax",
    "nn": "import flax.linen as nn",
    "linen": "from flax import linen",
    "nnx": "from flax import nnx",
    "lax": "from jax import lax",
    "vmap": "from jax import vmap",
    "jit": "from jax import jit",
    "tree_map": "from jax.tree_util import tree_map",
    "PRNGKey": "from jax.random import PRNGKey",
    "Dense": "from flax.linen import Dense",
    "optax": "import optax",
    "partial": "from functools import partial",
    "reduce": "from functools import reduce",
    "functools": "import functools",
    "itertools": "import itertools",
    "math": "import math",
    "dataclass": "from dataclasses import dataclass",
}
# What a course on machine learning has besides; none of it is a file of a student's.
PACKAGES = (
    *("torch", "torchvision", "tensorflow", "tensorflow_datasets", "keras", "sklearn", "pandas"),
    *("matplotlib", "seaborn", "plotly", "PIL", "cv2", "tqdm", "einops", "haiku", "equinox"),
    *("chex", "distrax", "dm_pix", "jaxtyping", "wandb", "tensorboard", "tensorboardX", "clu"),
    *("datasets", "transformers", "IPython", "ipywidgets", "pytest", "nose", "numba", "sympy"),
)
# What a later Python brought: (3, 12) is the first that has it.
ADDED = {
    "annotationlib": (3, 14),
    "compression": (3, 14),
    "copy.replace": (3, 13),
    "itertools.batched": (3, 12),
    "math.sumprod": (3, 12),
    "string.templatelib": (3, 14),
    "typing.ReadOnly": (3, 13),
    "typing.TypeAliasType": (3, 12),
    "typing.TypeIs": (3, 13),
    "typing.override": (3, 12),
    "warnings.deprecated": (3, 13),
}
NOTEBOOK = ("get_ipython", "display", "drive", "files")
