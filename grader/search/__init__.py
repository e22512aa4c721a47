"""Finds what a program did instead, by search over an exercise's error model (trusted side).

It knows no exercise. A student's program is taken to be the reference with a few steps replaced: a
model (`model`) lists the steps and what may stand in their place, a space (`space`) all programs
within a cost, each of which predicts an answer (`predict`). An index (`index`), made with the key,
finds by value those that may fit, and a search (`find`) keeps those that fit every answer.
"""

from grader.search.find import Answer as Answer
from grader.search.find import find as find
from grader.search.index import Index as Index
from grader.search.index import build_index as build_index
from grader.search.model import RARE as RARE
from grader.search.model import USUAL as USUAL
from grader.search.model import Model as Model
from grader.search.model import Program as Program
from grader.search.model import Row as Row
from grader.search.model import Step as Step
from grader.search.predict import Predictor as Predictor
from grader.search.space import every as every
