"""The class report says what the class misunderstands, from reports alone."""

from fractions import Fraction
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from exercise import EXERCISE
from grader.classreport.clusters import TOLERANCE, clusters
from grader.classreport.facts import Facts, costs
from grader.classreport.misconceptions import misconceptions
from grader.classreport.model import build
from grader.classreport.overview import overview
from grader.classreport.patterns import patterns
from grader.core.behaviour import Answer, Behaviour
from grader.core.key import Key
from grader.core.report import Report
from grader.core.submission import Submission
from grader.grading.behaviour import behaviour
from grader.grading.grade import grade_in_full
from grader.grading.suite import Suite
from grader.sandbox.sandbox import Sandbox
from tests.conftest import SAMPLES
from tests.support.class_tools import answered, check, fault, keep, report, right, wrong

CASES = check("public-cases", 30, "failed", "2 of 4 public cases do not match.")


def test_check_costs_the_fault_that_it_failed_for() -> None:
    """A check that failed for one fault costs that one; matching cases cost both."""
    faults = [fault("shared-key"), fault("sum-not-mean")]
    checks = [
        check("copies", 10, "failed", fault="shared-key"),
        check("mean", 20, "failed", fault="sum-not-mean"),
    ]
    shared = costs(report([*checks, CASES], faults))
    assert shared == {"shared-key": Fraction(25), "sum-not-mean": Fraction(35)}


def test_skipped_check_costs_what_it_was_skipped_because_of() -> None:
    """A check that waits for another one is lost by that one's fault."""
    faults = [fault("shared-key", "One key."), fault("sum-not-mean", "A sum.")]
    checks = [
        check("copies", 10, "failed", fault="shared-key"),
        check("weights", 8, "skipped", because="copies"),
        check("more", 4, "skipped", "nothing shows it", because="weights"),
    ]
    assert costs(report(checks, faults)) == {"shared-key": 22, "sum-not-mean": 0}


@given(
    st.lists(
        st.tuples(
            st.integers(0, 40),
            st.sampled_from(["passed", "failed", "skipped"]),
            st.sampled_from(["shared-key", "sum-not-mean", "missing-copy", ""]),
            st.sampled_from(["", "c0", "c2", "c9"]),
        ),
        max_size=6,
    )
)
def test_costs_add_up_to_the_points_lost(drawn: list[tuple[int, str, str, str]]) -> None:
    """Whatever the checks say, even in a circle: no point is lost twice, and none is forgotten."""
    faults = [fault("shared-key", "One key."), fault("sum-not-mean", "A sum.")]
    checks = [
        check(f"c{n}", points, outcome, fault=id, because=because)
        for n, (points, outcome, id, because) in enumerate(drawn)
    ]
    made = report(checks, faults)
    assert sum(costs(made).values()) == made.max_score - (made.score or 0)


def facts(**reports: Report) -> list[Facts]:
    """Facts by id."""
    return [Facts.of(id, each) for id, each in reports.items()]


def test_costliest_fault_is_taught_first() -> None:
    """Not the commonest fault comes first but the costliest; what comes with it is told."""
    dear = report([check("runs", 70, "failed", "An axis."), CASES], [fault("missing-in-axes")])
    class_ = facts(a=dear, b=wrong("sum-not-mean"), c=wrong("sum-not-mean", "shared-key"))
    first, second, third = misconceptions(class_)
    assert (first.id, first.points, first.students) == ("missing-in-axes", 100, ("a",))
    assert (second.id, second.points, second.students) == ("sum-not-mean", 45, ("b", "c"))
    assert second.together == (("shared-key", 1),)
    assert third.points == 15


def test_examples_that_show_a_fault_best_come_first() -> None:
    """A submission with a line and no other fault is a better example than one without."""
    class_ = facts(
        a=wrong("sum-not-mean"),
        b=wrong("sum-not-mean", "shared-key", line=2),
        c=wrong("sum-not-mean", line=2),
    )
    found = {m.id: m for m in misconceptions(class_)}
    assert found["sum-not-mean"].examples == ("c", "b", "a")


def test_overview_counts_each_submission_once() -> None:
    """Statuses, and the bars of the scores, add up; what has no score is in no bar."""
    lost = structs.replace(right(), score=None, status="environment", checks=())
    crashed = structs.replace(right(), score=0, status="crashed")
    seen = overview(facts(a=right(), b=wrong("shared-key"), c=lost, d=crashed))
    assert (seen.submissions, seen.gradable, seen.full) == (4, 3, 1)
    assert (seen.mean, seen.median) == (56.7, 70)
    assert seen.statuses == (("graded", 2), ("crashed", 1), ("environment", 1))
    assert sum(b.count for b in seen.scores) == 3
    assert seen.scores[-1].high == 100
    assert overview([]).mean is None


def test_map_groups_equal_outcomes_best_score_first() -> None:
    """Each submission with a score is in one pattern."""
    lost = structs.replace(right(), score=None, checks=())
    class_ = facts(a=wrong("shared-key"), b=right(), c=wrong("sum-not-mean"), d=lost)
    found = patterns(class_)
    assert [p.students for p in found] == [("b",), ("a", "c")]
    assert found[1].outcomes == ("passed", "failed")


def grouped(**seen: Behaviour) -> list[tuple[str, ...]]:
    """The clusters of what ran through."""
    return [c.students for c in clusters({id: ("graded", each) for id, each in seen.items()})]


def test_answers_that_are_equal_but_for_noise_are_one() -> None:
    """Numbers within the tolerance are equal; a mutant's distance is not."""
    near, far = 1 + TOLERANCE / 2, 1 + 20 * TOLERANCE
    assert grouped(a=answered(1, 2), b=answered(near, 2), c=answered(far, 2)) == [
        ("a", "b"),
        ("c",),
    ]


def test_what_is_linked_by_a_third_is_one() -> None:
    """Single linkage: two answers that are both equal to a third are in its cluster."""
    step = 1 + TOLERANCE * 0.9
    assert grouped(a=answered(1), b=answered(step**2), c=answered(step)) == [("a", "b", "c")]
    assert grouped(a=answered(1), b=answered(step**2)) == [("a",), ("b",)]


def test_all_but_numbers_must_be_equal() -> None:
    """Another dtype, shape, type of exception or status is another behaviour; NaN equals NaN."""
    half = Behaviour(
        answers=(Answer("public-1", False, "ArrayImpl", "float16", (1,), ("1.0000e+00",)),)
    )
    raised, other = (
        Behaviour(answers=(Answer("public-1", True, t),)) for t in ("KeyError", "TypeError")
    )
    found = grouped(a=answered(1), b=half, c=raised, d=other, e=answered(1, case="public-2"))
    assert found == [("a",), ("b",), ("c",), ("d",), ("e",)]
    assert grouped(a=answered(float("nan"), 1), b=answered(float("nan"), 1)) == [("a", "b")]
    crashed = clusters({"a": ("crashed", raised), "b": ("graded", raised)})
    assert len(crashed) == 2


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.floats(-0.3, 0.3)), max_size=12), st.randoms())
def test_clusters_are_a_partition_whatever_the_order(drawn, random) -> None:
    """Each submission is in the cluster of its answer, in whichever order they are met."""
    seen = {
        f"s{n}": ("graded", answered(base, base + noise * TOLERANCE, 1))
        for n, (base, noise) in enumerate(drawn)
    }
    wanted: dict[int, list[str]] = {}
    for n, (base, _) in enumerate(drawn):
        wanted.setdefault(base, []).append(f"s{n}")
    shuffled = list(seen)
    random.shuffle(shuffled)
    found = clusters({id: seen[id] for id in shuffled})
    assert sorted(c.students for c in found) == sorted(tuple(sorted(w)) for w in wanted.values())
    assert [len(c.students) for c in found] == sorted(
        (len(w) for w in wanted.values()), reverse=True
    )


def test_report_has_what_has_no_name(tmp_path: Path) -> None:
    """Wrong answers without a fault are clustered; right ones and named ones are not."""
    reports = {
        "a": right(),
        "b": wrong("shared-key", line=2),
        "c": wrong(remark="Odd."),
        "d": wrong(),
    }
    same = answered(1, 2)
    found = build(EXERCISE, keep(tmp_path / "out", reports, dict.fromkeys(reports, same)))
    assert [c.found.students for c in found.clusters] == [("c", "d")]
    assert found.clusters[0].report.diagnosis.remark == "Odd."
    assert [n.found.id for n in found.misconceptions] == ["shared-key"]
    assert (
        found.misconceptions[0].examples[0].lines[found.misconceptions[0].examples[0].marked or 0]
        == "    return x"
    )


def test_another_text_of_the_same_answer_is_found(key: Key, sandbox: Sandbox, suite: Suite) -> None:
    """Graded for real: names, comments and form differ, and the behaviour is the same."""
    text = (SAMPLES / "wrong-divisor/running_average.py").read_text("utf-8")
    texts = {
        "a": text,
        "b": f"# mine\n{text.replace('out', 'total')}",
        "c": text.replace("/ 2", "/ 3"),
    }
    gradings = {
        id: grade_in_full(EXERCISE, Submission.of(f"{id}.py", t.encode()), key, sandbox, suite)
        for id, t in texts.items()
    }
    seen = {id: ("graded", behaviour(g)) for id, g in gradings.items()}
    assert [c.students for c in clusters(seen)] == [("a", "b"), ("c",)]
    assert seen["a"][1].recovered["public-1"] == ("1.2500e-01", "2.5000e-01", "5.0000e-01")
