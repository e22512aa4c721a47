"""What the source of a submission shows about its faults: breaks ties and finds lines.

Each fact looks for one pattern and gives its line, or None. None of them decides anything by
itself: the outputs do.
"""

from exercise.facts.closures import closures_in_loops as closures_in_loops
from exercise.facts.closures import late_binding as late_binding
from exercise.facts.closures import late_init as late_init
from exercise.facts.closures import unbound_lambda as unbound_lambda
from exercise.facts.copies import accumulator_start as accumulator_start
from exercise.facts.copies import early_return as early_return
from exercise.facts.copies import fixed_counts as fixed_counts
from exercise.facts.copies import fixed_index as fixed_index
from exercise.facts.copies import overwriting as overwriting
from exercise.facts.copies import skipping as skipping
from exercise.facts.copies import vmap_line as vmap_line
from exercise.facts.copies import whole_leaf as whole_leaf
from exercise.facts.inputs import changed_input as changed_input
from exercise.facts.keys import changed_seed as changed_seed
from exercise.facts.keys import inner_layer as inner_layer
from exercise.facts.keys import key_maker as key_maker
from exercise.facts.keys import looped_init as looped_init
from exercise.facts.keys import plain_init as plain_init
from exercise.facts.keys import seed_maker as seed_maker
from exercise.facts.keys import single_key as single_key
from exercise.facts.keys import splits_in_n as splits_in_n
from exercise.facts.results import averaged_params as averaged_params
from exercise.facts.results import divisions as divisions
from exercise.facts.results import low_precision as low_precision
from exercise.facts.results import odd_divisor as odd_divisor
from exercise.facts.results import other_size as other_size
from exercise.facts.results import result_line as result_line
from exercise.facts.results import unusual_layer as unusual_layer
