"""What is behind an exception: what raised, and what the mended program's answers hold.

Of the mended program's process nothing is quoted but what is reckoned here from its answers to
public cases: no message, no type, no shape that it chose.
"""

from dataclasses import replace

from msgspec import structs

from exercise.faults import in_order
from exercise.wording.evidence import HIDDEN
from exercise.wording.mends import sentence
from grader.core.diagnosis import Diagnosis, Fault
from grader.core.key import Key
from grader.core.mended import Mend, Mended
from grader.core.observation import Raised
from grader.core.run import Run
from grader.core.source import Source

_RAISE = "Some calls raise still."
_UNQUOTED = {
    "not-an-array": "What comes back is not an array.",
    "wrong-dtype": "The answer's dtype is not float32.",
    "wrong-shape": "The answer's shape is not (features,).",
}
_OF_RAISED = (*_UNQUOTED, "missing-in-axes", "unsliced-params", "wrong-axis")  # named by messages


def combine(
    raised: Diagnosis, behind: Diagnosis, mended: Mended, key: Key, run: Run, source: Source
) -> Diagnosis:
    """Put the faults that raised before those behind them, and say that they are behind."""
    if behind.find(*_UNQUOTED) and not all(m.fault for m in mended.mends):
        return raised  # a name that was guessed, and what comes out is no answer
    shown = any(m.public for m in mended.mends)
    condition = _condition(mended.mends, source)
    remark = _RAISE if _still_raising(mended) else _remark(behind, key)
    seen = f"{condition}, {_lower(remark)}" if shown else raised.remark
    faults = _mended(mended.mends, _message(raised, run), source)
    if faults and shown and not behind.faults:
        last = [*faults.values()][-1]
        faults[last.id] = structs.replace(last, evidence=f"{last.evidence} {seen}")
    for fault in behind.faults:
        text = f"{condition}, {_lower(_evidence(fault, mended))}"
        faults.setdefault(fault.id, structs.replace(fault, evidence=text))
    ids = {m.fault for m in mended.mends} - {""}
    return replace(
        behind,
        faults=tuple(faults[id] for id in in_order(set(faults))),
        alternatives=tuple(in_order({*a, *ids}) for a in behind.alternatives),
        picture=None,  # bars beside an exception would be taken for what came back
        matches=raised.matches,
        example=raised.example,
        recovered=raised.recovered,
        remark="" if faults else seen,
        mended=True,
    )


def _remark(behind: Diagnosis, key: Key) -> str:
    """What is seen where no fault is behind."""
    right = sum(behind.matches.get(k.case.id, False) for k in key.public)
    count = len(key.public)
    if right == count:
        return f"All {count} public cases are right."
    return (
        behind.remark or f"{right} of {count} public cases {'is' if right == 1 else 'are'} right."
    )


def _message(raised: Diagnosis, run: Run) -> str:
    """What the call raised that is shown."""
    seen = run.seen.get(raised.example.case) if raised.example else None
    return seen.message if isinstance(seen, Raised) else ""


def _mended(mends: tuple[Mend, ...], message: str, source: Source) -> dict[str, Fault]:
    """What was mended; the message is of what was handed in, so of the first mend."""
    own = " ".join(source.text.split())
    faults: dict[str, Fault] = {}
    for number, mend in enumerate(mends):
        # A later mend finds the earlier ones in the text: that is quoted to no one.
        words = {
            name: "\n".join(p if p.removesuffix("...") in own else "..." for p in text.split("\n"))
            for name, text in mend.words.items()
        }
        text = sentence(replace(mend, words=words if number else mend.words), message)
        text, line = (text, mend.line) if mend.public else (HIDDEN, None)
        line = None if number else line  # it was found by what a later process said
        message = ""
        if mend.fault in faults and text not in faults[mend.fault].evidence:
            before = faults[mend.fault]
            faults[mend.fault] = structs.replace(before, evidence=f"{before.evidence} {text}")
        elif mend.fault:
            faults[mend.fault] = Fault(mend.fault, text, line)
    return faults


def _condition(mends: tuple[Mend, ...], source: Source) -> str:
    public = [m for m in mends if m.public]
    lines = " and ".join(dict.fromkeys(source.place(m.line) for m in public if m.fault))
    parts = [f"{sentence(m)} on {source.place(m.line)}" for m in public if not m.fault]
    parts += [f"{lines} mended"] if lines else []
    return f"With {' and '.join(parts) or 'what raises mended'}"


def _evidence(fault: Fault, mended: Mended) -> str:
    if fault.id in _OF_RAISED and _still_raising(mended):
        return _RAISE
    return _UNQUOTED.get(fault.id, fault.evidence)


def _still_raising(mended: Mended) -> bool:
    return any(isinstance(seen, Raised) for seen in mended.run.seen.values())


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
