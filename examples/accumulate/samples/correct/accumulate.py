import jax
import jax.numpy as jnp


def loss_of(params, x, y, key):
    kept = jax.random.bernoulli(key, 0.5, x.shape)
    x = jnp.where(kept, x / 0.5, 0.0)
    error = x @ params["w"] + params["b"] - y
    return jnp.mean(error**2)


def accumulate(params, xs, ys, seed, micro):
    count = xs.shape[0] // micro
    keys = jax.random.split(jax.random.PRNGKey(seed), count)
    total, grads = 0.0, jax.tree.map(lambda p: jnp.zeros_like(jnp.asarray(p)), params)
    params = jax.tree.map(jnp.asarray, params)
    for i in range(count):
        rows = slice(i * micro, (i + 1) * micro)
        value, grad = jax.value_and_grad(loss_of)(params, xs[rows], ys[rows], keys[i])
        total = total + value
        grads = jax.tree.map(jnp.add, grads, grad)
    return total / count, jax.tree.map(lambda g: g / count, grads)
