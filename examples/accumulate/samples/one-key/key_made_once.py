import jax
import jax.numpy as jnp


def loss_of(params, x, y, key):
    kept = jax.random.bernoulli(key, 0.5, x.shape)
    x = jnp.where(kept, x / 0.5, 0.0)
    return jnp.mean((x @ params["w"] + params["b"] - y) ** 2)


def accumulate(params, xs, ys, seed, micro):
    count = len(xs) // micro
    params = jax.tree.map(jnp.asarray, params)
    key = jax.random.PRNGKey(seed)
    keys = [key for _ in range(count)]
    total, grads = 0.0, jax.tree.map(jnp.zeros_like, params)
    for i in range(count):
        rows = slice(i * micro, (i + 1) * micro)
        value, grad = jax.value_and_grad(loss_of)(params, xs[rows], ys[rows], keys[i])
        total, grads = total + value, jax.tree.map(jnp.add, grads, grad)
    return total / count, jax.tree.map(lambda g: g / count, grads)
