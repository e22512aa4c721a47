"""What is behind an exception: what raised, and what the mended program's answers hold.

Of the mended program's process nothing is quoted but what is reckoned here from its answers to
public cases: no message, no type, no shape that it chose.
"""

from dataclasses import replace

from exercise import evidence
from exercise.mend.wording import sentence
from grader.diagnosis import Diagnosis, Fault
from grader.key import Key
from grader.mended import Mend, Mended
from grader.observation import Raised
from grader.run import Run
from grader.source import Source

_UNQUOTED = {
    "not-an-array": "What comes back is not an array.",
    "wrong-dtype": "The answer's dtype is not float32.",
    "wrong-shape": "The answer's shape is not (features,).",
    "missing-in-axes": "Some calls raise still.",
}


def combine(
    raised: Diagnosis, behind: Diagnosis, mended: Mended, key: Key, run: Run, source: Source
) -> Diagnosis:
    """Put the faults that raised before those behind them, and say that they are behind."""
    public = [run.seen.get(k.case.id) for k in key.public]
    shown = any(isinstance(seen, Raised) for seen in public)
    faults = {f.id: f for f in _mended(mended.mends, shown, _message(raised, run))}
    condition = _condition(mended.mends, source) if shown else "With what raises mended"
    for fault in behind.faults:
        text = f"{condition}, {_lower(_evidence(fault, mended))}"
        faults.setdefault(fault.id, replace(fault, evidence=text))
    mended_ids = {m.fault for m in mended.mends} - {""}
    remark = behind.remark
    if not behind.faults and not remark:
        right = sum(behind.matches.get(k.case.id, False) for k in key.public)
        remark = f"{right} of {len(key.public)} public cases are right."
    return replace(
        behind,
        faults=tuple(evidence.in_order(faults)),
        alternatives=tuple(tuple(sorted({*a, *mended_ids})) for a in behind.alternatives),
        weights=None,  # bars beside an exception would be taken for what came back
        matches=raised.matches,
        example=raised.example,
        recovered=raised.recovered,
        remark=f"{condition}, {_lower(remark)}" if remark else "",
        mended=True,
    )


def _message(raised: Diagnosis, run: Run) -> str:
    """What the call raised that is shown."""
    seen = run.seen.get(raised.example.case) if raised.example else None
    return seen.message if isinstance(seen, Raised) else ""


def _mended(mends: tuple[Mend, ...], shown: bool, message: str) -> list[Fault]:
    if not shown:  # words and lines could hold the hidden inputs
        return [Fault(m.fault, evidence.UNSHOWN) for m in mends if m.fault]
    first = {id(m): message for m in mends[:1]}  # later ones were raised by mended programs
    return [Fault(m.fault, sentence(m, first.get(id(m), "")), m.line) for m in mends if m.fault]


def _condition(mends: tuple[Mend, ...], source: Source) -> str:
    lines = dict.fromkeys(m.line for m in mends)
    return f"With {' and '.join(map(source.place, lines))} mended"


def _evidence(fault: Fault, mended: Mended) -> str:
    some_raise = any(isinstance(seen, Raised) for seen in mended.run.seen.values())
    if some_raise and fault.id in ("unsliced-params", "wrong-axis"):
        return _UNQUOTED["missing-in-axes"]
    return _UNQUOTED.get(fault.id, fault.evidence)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
