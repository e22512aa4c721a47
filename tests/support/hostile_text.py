"""Reports in which everything that a submission can say is hostile."""

import json
from dataclasses import dataclass

import msgspec
from hypothesis import strategies as st
from msgspec import structs

from grader import ROOT
from grader.core.report import Report
from grader.formats.delivery import Context

GOLDEN = ROOT / "tests" / "golden"
PAYLOADS = [
    *("::error::mine", "::set-output name=score::100", "%0A::error::mine", "##[error]mine"),
    *("##vso[task.complete result=Succeeded;]", "\n::stop-commands::x\n", "\r::debug::"),
    *("<script>alert(1)</script>", "<img src=x onerror=y>", "<!--", "]]>", "&lt;b&gt;", "<?x?>"),
    *("![x](https://a.example/x.png)", "[x](javascript:y)", "https://a.example", "www.a.example"),
    *("`", "```", "````text", "~~~", "| x |", "\\|", "\n\n# x", "\n---\n", "> x", "@everyone"),
    *("\x1b[2J", "\x1b]0;x\x07", "\x9b31m", "\x00", "\x08", "\u202e", "\u2028", "\x85", "\ufffe"),
    *("\udcff", "=cmd()", "score=100\nmax=1", "EOF\nscore=100", "\U0001f600", "x" * 900),
]
hostile = st.lists(st.sampled_from(PAYLOADS) | st.text(max_size=20), max_size=6).map("".join)


def golden(name: str) -> Report:
    """A report from the golden files, with the fields that those leave out."""
    data = json.loads((GOLDEN / f"{name}.json").read_text("utf-8"))
    return msgspec.convert(data | {"grader": "0", "environment": {}, "key": ""}, Report)


@dataclass(frozen=True)
class Said:
    """What a submission can bring into its report, and into what is printed beside it."""

    name: str
    message: str
    evidence: str
    line: str

    def report(self, name: str) -> Report:
        """Put it into a golden report, wherever text of a submission may stand."""
        base = golden(name)
        diagnosis = base.diagnosis
        faults = tuple(structs.replace(f, evidence=self.evidence) for f in diagnosis.faults)
        if example := diagnosis.example:
            example = structs.replace(example, came_back=self.message, pattern=self.evidence)
        return structs.replace(
            base,
            submission=structs.replace(base.submission, name=self.name),
            message=self.message,
            checks=tuple(
                structs.replace(c, message=self.evidence if c.outcome == "failed" else c.message)
                for c in base.checks
            ),
            diagnosis=structs.replace(
                diagnosis, faults=faults, example=example, remark=self.evidence
            ),
        )

    @property
    def context(self) -> Context:
        """The file by its hostile name, and its lines."""
        return Context(self.name, [self.line] * 40, {"public-1": self.message})


PLAIN = Said("custom_lift.py", "a message", "some evidence", "x = 1")
said = st.builds(Said, hostile, hostile, hostile, hostile)
KINDS = sorted(path.stem for path in GOLDEN.glob("*.json"))
kinds = st.sampled_from(KINDS)
