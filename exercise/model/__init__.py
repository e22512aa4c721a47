"""The error model: what students do instead of the reference's steps, a line a misconception.

    keys    which keys make the copies              nothing -> kernels (copies, len(x), features)
    layer   what one copy computes                  kernels -> outputs (copies, features)
    turns   what the loop runs over                 outputs -> outputs and a list of turns
    index   which copy a turn takes                 those   -> what enters (turns, features)
    gather  how the outputs become one              those   -> a total, and the turns it took
    finish  what is done with the total             those   -> the answer

The first row of a step is what the reference does. To add a misconception is to add a row, and a
sample submission that it explains.
"""

from exercise.model.finish import FINISH
from exercise.model.gather import GATHER
from exercise.model.inputs import Inputs as Inputs
from exercise.model.keys import KEYS
from exercise.model.layer import LAYERS, SCALES
from exercise.model.loop import INDEX, TURNS
from grader.search import Model, Program, Step

MODEL = Model(
    (
        Step("keys", KEYS),
        Step("layer", LAYERS),
        Step("turns", TURNS),
        Step("index", INDEX),
        Step("gather", GATHER),
        Step("finish", FINISH),
    )
)


def scales_twice(program: Program) -> bool:
    """Tell whether x is multiplied and the total, too: of which only the product shows."""
    replaced = program.replaced
    return "finish" in replaced and "layer" in replaced and replaced["layer"].name in SCALES
