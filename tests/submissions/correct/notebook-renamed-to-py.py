{
 "cells": [
  {
   "cell_type": "markdown",
   "metadata": {},
   "source": [
    "# Lift"
   ]
  },
  {
   "cell_type": "code",
   "execution_count": 1,
   "metadata": {},
   "outputs": [
    {
     "output_type": "display_data",
     "data": {
      "application/json": {
       "loss": NaN
      }
     }
    }
   ],
   "source": [
    "\"\"\"Custom lift, the way the course page does it: vmapped init, loop over slices.\"\"\"\n",
    "import jax\n",
    "import jax.numpy as jnp\n",
    "from flax import linen as nn\n",
    "\n",
    "\n",
    "def custom_lift_forward(seed, x, n_copies, features):\n",
    "    model = nn.Dense(features=features)\n",
    "    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)\n",
    "    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)\n",
    "\n",
    "    total = jnp.zeros((features,))\n",
    "    for i in range(n_copies):\n",
    "        params = jax.tree_util.tree_map(lambda p, i=i: p[i], stacked)\n",
    "        total = total + model.apply(params, x)\n",
    "    return total / n_copies\n"
   ]
  }
 ],
 "metadata": {
  "kernelspec": {
   "name": "python3",
   "language": "python",
   "display_name": "Python 3"
  }
 },
 "nbformat": 4,
 "nbformat_minor": 5
}