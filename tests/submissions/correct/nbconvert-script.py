#!/usr/bin/env python
# coding: utf-8

# # Lift

# In[1]:


get_ipython().run_line_magic('pip', 'install flax')
get_ipython().run_line_magic('matplotlib', 'inline')
import jax
import jax.numpy as jnp
import flax.linen as nn


# In[ ]:


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    out = jnp.zeros((features,))
    for i in range(n_copies):
        params_i = jax.tree_util.tree_map(lambda p, i=i: p[i], stacked)
        out = out + model.apply(params_i, x)
    return out / n_copies


# In[7]:


get_ipython().run_cell_magic('bash', '', 'rm -rf build\n')
custom_lift_forward(0, undefined_since_the_kernel_was_restarted, 3, 5)
