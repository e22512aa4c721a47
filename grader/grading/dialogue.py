"""What is asked of one worker, in which order, and what it says (trusted side)."""

import numpy as np

from grader import settings, wire
from grader.core.case import Case
from grader.core.errors import WorkerEndedError
from grader.core.exercise import Exercise
from grader.core.isolation import require
from grader.core.key import Key
from grader.core.observation import (
    MAX_NAME,
    Observation,
    Raised,
    Returned,
    parse,
    parse_array,
    parse_computed,
    parse_raised,
)
from grader.core.run import ModuleCall, Plan, Run
from grader.core.submission import Submission
from grader.grading.quotable import Quotable
from grader.sandbox.handle import Ending, Worker

PROBE_TOLERANCE = 1e-6
MAX_INIT_CALLS = 10**6
MEMORY_ERRORS = ("MemoryError", "JaxRuntimeError", "XlaRuntimeError")


class Dialogue:
    """What has been seen so far, so that a worker that dies half-way leaves what it showed."""

    def __init__(
        self,
        exercise: Exercise,
        submission: Submission,
        key: Key,
        plan: Plan,
        quotable: Quotable,
        unsafe: bool,
    ) -> None:
        """Nothing has been asked yet."""
        self.exercise, self.submission, self.key, self.plan = exercise, submission, key, plan
        self.quotable, self.is_quoted = quotable, not quotable.closed
        self.unsafe = unsafe
        self.greeted = False
        self.versions: dict[str, str] = {}
        self.isolation: tuple[str, ...] = ()
        self.refused = wire.Refused("")
        self.seen: dict[str, Observation] = {}
        self.settings: tuple[str, ...] = ()
        self.init_calls: dict[str, int] = {}
        self.module_calls: dict[str, tuple[ModuleCall, ...]] = {}
        self.module_answers: dict[str, np.ndarray] = {}
        self.printed_public: dict[str, str] = {}
        self.public_now: str | None = None  # what is under way, as long as nothing hidden was sent

    def go(self, worker: Worker) -> str:
        """Do the plan; gives the status of a run whose worker lived to the end."""
        hello = worker.ask(None, wire.Hello)
        self.greeted = True
        self.versions, self.isolation = hello.versions, hello.isolation
        if self.key.hidden and not self.unsafe:
            require(hello.isolation)
        if not self._calibrated(hello):
            return "environment"
        names = (self.exercise.function, self.exercise.parameters)
        helpers = {helper.path: helper.content for helper in self.submission.helpers}
        load = wire.Load(self.exercise.stub.name, self.submission.content, *names, helpers)
        worker.listen()
        self.public_now = ""
        reply: wire.Loaded = worker.ask(load, wire.LOADED)
        self._listen(worker)
        if isinstance(reply, wire.Refused):
            self.refused = reply
            if reply.error and reply.error.type == "MemoryError" and reply.status == "import-error":
                return "out-of-memory"
            known = ("syntax-error", "import-error", "missing-function", "wrong-signature")
            return reply.status if self.is_quoted and reply.status in known else "import-error"
        # Before any hidden case: the numbers that go through the Modules are quoted.
        for case in self.plan.observed:
            observed = worker.ask(wire.Observe(case.to_wire()), wire.Observed)
            calls = observed.calls[: wire.MAX_ITEMS]
            self.module_calls[case.id] = tuple(map(_module_call, calls))
            answer = parse_computed(observed.answer, 1)
            if answer is not None:
                self.module_answers[case.id] = answer
        for case in self.plan.cases:
            listening = case.public and self.public_now is not None
            self.public_now = case.id if listening else None
            if not case.public:
                self._ask_settings(worker)
                self.quotable.close(self.seen, self.printed_public)
            seen = self._call(worker, case)
            later = case.public and not self.is_quoted
            self.seen[case.id] = self.quotable.instead(case.id, seen) if later else seen
            self._listen(worker)
            if _out_of_memory(seen):
                return "out-of-memory"
        self.public_now = None
        self._ask_settings(worker)
        return _status(list(self.seen.values()))

    def _ask_settings(self, worker: Worker) -> None:
        """Ask which settings of JAX it changed, before it could tell anything hidden by them."""
        if self.is_quoted and not self.quotable.closed:
            left = worker.ask(wire.Inquire(), wire.Settings)
            self.settings = settings.known(left.names[: wire.MAX_ITEMS])

    def _listen(self, worker: Worker) -> None:
        """Note what was printed; it must be read before anything hidden is sent."""
        if self.public_now is not None:
            self.printed_public[self.public_now] = worker.listen()

    def _calibrated(self, hello: wire.Hello) -> bool:
        """Tell whether this JAX draws as the one that built the key did."""
        try:
            draws = parse_array(hello.probe)
        except wire.FrameError:
            return False
        probe = self.key.probe
        if draws is None or draws.shape != probe.shape:
            return False
        return bool(np.allclose(draws, probe, rtol=0, atol=PROBE_TOLERANCE))

    def _call(self, worker: Worker, case: Case) -> Observation:
        plan = self.plan
        call = wire.Call(
            case.to_wire(),
            by_keyword=case.id in plan.by_keyword,
            numpy=case.id in plan.with_numpy,
            count=case.id in plan.counted,
            whole=self.exercise.whole,
        )
        reply: wire.Answer = worker.ask(call, wire.ANSWER)
        if isinstance(reply, wire.Returned) and reply.init_calls is not None:
            self.init_calls[case.id] = min(max(reply.init_calls, 0), MAX_INIT_CALLS)
        try:
            return parse(reply, self.exercise.whole)
        except wire.FrameError as error:
            raise WorkerEndedError(str(error)) from None

    def finish(self, status: str, ending: Ending, used: float) -> Run:
        """Put the run together."""
        refused = self.refused if self.is_quoted else wire.Refused("")
        error = None if refused.error is None else parse_raised(refused.error)
        if self.public_now is not None and self.public_now not in self.printed_public:
            self.printed_public[self.public_now] = ending.unheard  # it ended meanwhile
        return Run(
            status,
            self.seen,
            self.init_calls,
            self.module_calls,
            error,
            tuple(name[:MAX_NAME] for name in refused.names[: wire.MAX_ITEMS]),
            refused.signature[: wire.MAX_TEXT],
            self.versions,
            self.isolation,
            ending.printed,
            self.printed_public if self.is_quoted else self.quotable.printed,
            used,
            self.settings,
            self.module_answers,
        )


def _status(seen: list[Observation]) -> str:
    raised = [s for s in seen if isinstance(s, Raised)]
    if seen and len(raised) == len(seen):
        if all(r.type == "NotImplementedError" for r in raised):
            return "not-implemented"
        return "crashed"
    return "graded"


def _out_of_memory(seen: Observation) -> bool:
    if isinstance(seen, Returned):
        return False
    text = seen.message.lower()
    if seen.type not in MEMORY_ERRORS:  # jnp.ones raises a ValueError of XLA's
        return text.startswith("resource_exhausted: out of memory")
    return seen.type == "MemoryError" or "resource_exhausted" in text or "out of memory" in text


def _module_call(call: wire.ModuleCall) -> ModuleCall:
    kernel, output = parse_computed(call.kernel, 2), parse_computed(call.output, 1, 2)
    about = (call.type[:MAX_NAME], call.initialising, call.outermost, call.default_init)
    return ModuleCall(*about, kernel, output)
