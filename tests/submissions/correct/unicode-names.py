"""Greek letters and umlauts as names: θ for the parameters, Σ for the sum."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    modell = nn.Dense(features=features)
    schlüssel = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    θ = jax.vmap(modell.init, in_axes=(0, None))(schlüssel, x)
    Σ = jnp.zeros(features)
    for κ in range(n_copies):
        θ_κ = jax.tree_util.tree_map(lambda p, κ=κ: p[κ], θ)
        Σ = Σ + modell.apply(θ_κ, x)
    μ = Σ / n_copies  # Mittelwert über alle Kopien
    return μ
