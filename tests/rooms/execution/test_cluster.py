"""What is sent to a cluster, how, and what becomes of what does not come back."""

from __future__ import annotations

import pickle

import pytest

from intake.execution.child import Terms
from intake.execution.cluster import batch as batches
from intake.execution.cluster import executor as executors
from intake.execution.cluster import window as windows
from intake.execution.cluster.asked import asked
from intake.execution.cluster.batch import Answers, Batch, Question, read_batch
from intake.execution.cluster.executor import ClusterExecutor
from intake.execution.cluster.window import Died, Window
from intake.execution.one_child import Call
from intake.execution.plain import FaultInChild, done, refused, taken
from intake.model.errors import ClusterFault, ClusterUnavailable, UnreadableFile, over_limit
from tests.rooms.execution.deeds import double, refuse

TERMS = Terms(seconds=60)
HERE = {"crf-intake": "1", "pikepdf": "10.18"}


def program():
    return HERE


def _answered(batch, program=HERE, but=0):
    """Return what a worker sends back, but for so many calls at the end that it did not begin."""
    sent = [_done(one.question) for one in batch]
    kept = len(sent) - but
    return Answers(program, tuple(sent[:kept] + [None] * but))


def _call(question):
    return pickle.loads(question)  # noqa: S301 - asked in this test


def _done(question):
    call = _call(question)
    return done(call.function, call.arguments, call.named)


def _number(one):
    return _call(one.question).arguments[0]


class Held:
    """The bytes that a window holds."""

    def __init__(self):
        self.bytes = 0

    def count(self, size):
        self.bytes += size


@pytest.fixture
def held():
    return Held()


@pytest.fixture
def window(held):
    return Window(HERE, held.count)


@pytest.fixture
def ask(window, held):
    """Return a function that asks a window for the double of a number."""

    def add(*arguments, function=double):
        one, answer = asked(Call(function, arguments, {}), lambda: 60.0, lambda n: held.count(-n))
        held.count(len(one.question))
        window.add(one)
        return answer

    return add


def _sizes(batches):
    return [len(batch) for _, batch in batches]


def test_a_call_gives_what_it_gives_here(window, ask):
    number, refusal = ask(21), ask("password", function=refuse)
    for sent, batch in list(window.batches(1)):
        window.back(sent, _answered(batch))
    assert number.result(0) == 42
    with pytest.raises(UnreadableFile) as told:
        refusal.result(0)
    assert told.value.context == {"reason": "password"}


def test_two_batches_a_thread_are_under_way_and_share_what_waits(window, ask):
    answers = [ask(n) for n in range(40)]
    first = list(window.batches(2))
    assert _sizes(first) == [10, 10, 10, 10]
    answers += [ask(40), ask(41)]
    assert list(window.batches(2)) == [], "the window is full"
    window.back(first[1][0], _answered(first[1][1]))
    assert _sizes(window.batches(2)) == [2], "one came back, one more goes"
    assert [answer.result(0) for answer in answers[10:20]] == [2 * n for n in range(10, 20)]


def test_a_batch_holds_no_more_than_so_many_calls(window, ask, monkeypatch):
    monkeypatch.setattr(windows, "MOST_CALLS", 5)
    for n in range(30):
        ask(n)
    assert _sizes(window.batches(1)) == [5, 5]


def test_a_file_that_is_larger_than_a_batch_travels_alone(window, ask, monkeypatch):
    small = len(pickle.dumps(Call(double, (1,), {})))
    monkeypatch.setattr(windows, "MOST_BYTES", 2 * small)
    for arguments in ((1,), (2,), (3,), ("x" * 5 * small,), (4,)):
        ask(*arguments)
    sent = [[_number(one) for one in batch] for _, batch in window.batches(4)]
    assert [len(batch) for batch in sent] == [1, 1, 1, 1, 1]
    for n in range(5):
        ask(n)
    for number, batch in zip(range(1, 6), [1] * 5, strict=True):
        window.back(number, Answers(HERE, (done(double, (1,), {}),) * batch))
    assert _sizes(window.batches(1)) == [2, 2]


def test_what_a_batch_had_no_time_for_is_asked_again_first(window, ask):
    answers = [ask(n) for n in range(8)]
    (first, batch), _ = list(window.batches(1))
    ask(100)
    window.back(first, _answered(batch, but=3))
    ((_, again),) = window.batches(1)
    assert [_number(one) for one in again] == [1, 2, 3, 100]
    assert answers[0].result(0) == 0
    assert not answers[1].done()


def test_a_file_that_kills_workers_twice_is_found_and_stops_no_other(window, ask):
    answers = {n: ask(n) for n in (1, 2, 666, 3)}
    deaths = 0
    for _ in range(10):
        for number, batch in list(window.batches(1)):
            is_deadly = 666 in [_number(one) for one in batch]
            deaths += is_deadly
            window.back(number, Died() if is_deadly else _answered(batch))
    assert deaths == 2
    with pytest.raises(UnreadableFile) as told:
        answers[666].result(0)
    assert told.value.context == {"limit": "process"}
    assert [answers[n].result(0) for n in (1, 2, 3)] == [2, 4, 6]
    assert not list(window.unanswered())


def test_an_answer_of_another_version_is_not_taken(window, ask):
    answer = ask(1)
    ((number, batch),) = window.batches(1)
    with pytest.raises(ClusterUnavailable) as told:
        window.back(number, _answered(batch, program={**HERE, "pikepdf": "10.17"}))
    assert told.value.context == {"part": "pikepdf", "here": "10.18", "there": "10.17"}
    assert not answer.done()
    assert [one.answer for one in window.unanswered()] == [answer], "somebody has to be told"


def test_what_nobody_wants_any_more_is_not_sent(window, ask, held):
    unwanted, wanted = ask(3), ask(4)
    assert unwanted.cancel()
    sent = [_number(one) for _, batch in window.batches(1) for one in batch]
    assert sent == [4]
    assert not wanted.cancel(), "it is under way"
    assert held.bytes == len(pickle.dumps(Call(double, (4,), {})))


def test_nothing_is_held_of_what_was_answered_and_taken(window, ask, held):
    answer = ask(3)
    ((number, batch),) = window.batches(1)
    window.back(number, _answered(batch))
    assert held.bytes == len(_done(batch[0].question))
    assert answer.result(0) == answer.result(0) == 6
    assert held.bytes == 0


class Machines:
    """A cluster that answers at once, as it is told to."""

    def __init__(self, outcome=None, threads=1):
        self.number = threads
        self.outcome = outcome
        self.sent = []

    def threads(self):
        return self.number

    def send(self, batch, done):
        self.sent.append(batch)
        answers = Answers(HERE, tuple(_done(question.call) for question in batch.questions))
        done(self.outcome or answers)


def test_what_is_asked_is_sent_and_answered_until_the_end():
    machines = Machines()
    with ClusterExecutor(machines, TERMS, program) as cluster, cluster.allotting(lambda: 0.25):
        answers = [cluster.submit(double, n) for n in range(30)]
        assert [answer.result(5) for answer in answers] == [2 * n for n in range(30)]
    assert machines.sent[0].questions[0].seconds == 0.25
    with pytest.raises(ClusterUnavailable):
        cluster.submit(double, 1).result(5)


def test_the_end_of_the_scheduler_is_told_to_all_who_wait_and_come():
    machines = Machines(ClusterUnavailable(ClusterFault.LOST))
    with ClusterExecutor(machines, TERMS, program) as cluster:
        for answer in [cluster.submit(double, n) for n in range(9)]:
            with pytest.raises(ClusterUnavailable) as lost:
                answer.result(5)
            assert lost.value.why is ClusterFault.LOST


def test_a_cluster_without_workers_is_waited_for_and_then_given_up(monkeypatch):
    monkeypatch.setattr(executors, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(executors, "NOBODY_SECONDS", 0.03)
    machines = Machines()
    machines.send = lambda _batch, _done: None
    with ClusterExecutor(machines, TERMS, program) as cluster:
        machines.number = 0
        with pytest.raises(ClusterUnavailable) as nobody:
            cluster.submit(double, 1).result(5)
    assert nobody.value.why is ClusterFault.NO_WORKERS


def test_workers_that_say_nothing_for_long_are_given_up(monkeypatch):
    monkeypatch.setattr(executors, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(executors, "SILENT_SECONDS", 0.03)
    machines = Machines()
    machines.send = lambda _batch, _done: None
    with ClusterExecutor(machines, Terms(seconds=0), program) as cluster:
        answer = cluster.submit(double, 1)
        with pytest.raises(ClusterUnavailable) as silent:
            answer.result(5)
    assert silent.value.why is ClusterFault.LOST


def test_more_is_looked_into_ahead_the_more_workers_there_are_and_less_when_much_is_held(
    monkeypatch,
):
    with ClusterExecutor(Machines(threads=3), TERMS, program) as cluster:
        assert cluster.ahead() == 3 * executors.AHEAD_A_THREAD
        monkeypatch.setattr(executors, "MOST_HELD", 0)
        answer = cluster.submit(double, 1)
        assert cluster.ahead() == executors.LEAST_AHEAD
        assert answer.result(5) == 2
        assert cluster.ahead() == 3 * executors.AHEAD_A_THREAD, "nothing is held any more"


class Children:
    """Limited children that answer here."""

    terms = TERMS

    def asked(self, call, seconds):
        sent = done(call.function, call.arguments, call.named)
        return taken(call.function, sent), sent


@pytest.fixture
def children(monkeypatch):
    kept = Children()
    monkeypatch.setattr(batches, "_children", lambda _terms: kept)
    return kept


def _question(function, *arguments, seconds=60.0):
    return Question(pickle.dumps(Call(function, arguments, {})), seconds)


def test_a_worker_sends_back_each_answer_and_what_it_reads_with(children):
    asked = (_question(double, 4), _question(refuse, "password"), _question(double, 5, seconds=0))
    answers = read_batch(Batch(asked, TERMS, program))
    assert answers.program == HERE
    assert answers.sent[0] == done(double, (4,), {})
    assert answers.sent[1] == done(refuse, ("password",), {})
    assert answers.sent[2] == refused(over_limit("time"))


def test_a_worker_hands_back_what_it_has_not_begun_in_time_but_always_begins_one(
    children, monkeypatch
):
    monkeypatch.setattr(batches, "MOST_SECONDS", -1)
    answers = read_batch(Batch((_question(double, 4), _question(double, 5)), TERMS, program))
    assert answers.sent == (done(double, (4,), {}), None)


def test_a_fault_of_ours_crosses_as_where_it_arose(children, monkeypatch):
    def fails(_call, _seconds):
        raise FaultInChild("ValueError at read:3")

    monkeypatch.setattr(children, "asked", fails)
    (sent,) = read_batch(Batch((_question(double, 4),), TERMS, program)).sent
    with pytest.raises(FaultInChild, match="ValueError at read:3"):
        taken(double, sent)


def test_nothing_of_a_file_shows_in_what_dask_may_print():
    batch = Batch((_question(refuse, "DUPONT"),), TERMS, program)
    answers = Answers(HERE, (b"DUPONT",))
    assert "DUPONT" not in f"{batch!r} {batch.questions[0]!r} {answers!r}"
