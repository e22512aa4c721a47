# The answer follows from linearity.
# See the notebook.
