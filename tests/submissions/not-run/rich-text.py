{\rtf1\ansi\ansicpg1252
\f0\fs24 import jax\
}
