# one-liners, tabs and semicolons
import jax, flax.linen as nn; from jax import numpy as jnp
def custom_lift_forward(seed,x,n_copies,features):
	m=nn.Dense(features); k=jax.random.split(jax.random.PRNGKey(seed),n_copies); s=jax.vmap(m.init,(0,None))(k,x); o=jnp.zeros(features)
	for i in range(n_copies): o=o+m.apply(jax.tree_util.tree_map(lambda p,i=i:p[i],s),x)
	return o/n_copies
