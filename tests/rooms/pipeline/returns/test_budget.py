"""One returned file has its time and its room; what takes long keeps no good form waiting."""

from __future__ import annotations

import hashlib
import itertools
import math
import threading
from concurrent.futures import Future
from dataclasses import replace

import pytest

from intake.execution.allotted import allotted
from intake.model.errors import UnreadableFile, over_limit
from intake.model.file.container import Contents, Member
from intake.model.file.picture import PagePicture
from intake.model.finding_codes import FindingCode as Code
from intake.model.finding_codes import finding_of
from intake.pipeline.returns.process import process_inbox
from tests.kit.fakes.inprocess import InProcess
from tests.kit.garden import a_file, changed
from tests.kit.plain_office import PlainOffice, codes
from tests.rooms.pipeline.returns.test_containers import holding
from tests.rooms.pipeline.returns.test_ladder import OtherWay

OLD = UnreadableFile(Code.FILE_NOT_YET_READ, {"kind": "ods"})
DAMAGED = UnreadableFile(Code.FILE_DAMAGED, {"kind": "pdf"})
PROTECTED = UnreadableFile(Code.FILE_PROTECTED, {"kind": "pdf"})


@pytest.fixture
def office():
    return PlainOffice()


def converting(office):
    """Let old kinds be converted, slowly, to a form that waits."""
    told = (finding_of(Code.FILE_CONVERTED, {"kind": "ods"}),)
    way = OtherWay(changed(letters="ZZ", findings=told), is_slow=True)
    office.rungs = (way,)
    return way


def second_a_look(office, budget):
    """Let each look take one second of the clock."""
    office.budget, office.clock = budget, itertools.count()


def limits(receipts):
    return [
        finding.context["limit"]
        for receipt in receipts
        for finding in receipt.findings
        if finding.code == Code.FILE_LIMIT
    ]


def test_a_file_that_takes_long_comes_after_all_the_others(office):
    converting(office)
    office.drop("a.ods", OLD)
    office.drop("b.pdf", a_file())
    names = [receipt.source.name for receipt in office.run().receipts]
    assert names == ["b.pdf", "a.ods"]


def test_so_does_a_container_that_holds_one_and_its_good_forms_are_read_first(office):
    way = converting(office)
    office.drop("a.zip", holding(office, OLD, a_file()))
    office.drop("b.pdf", changed(letters="YY"))
    receipts = office.run().receipts
    assert [receipt.source.name for receipt in receipts] == ["b.pdf", "a.zip", "1.pdf", "2.pdf"]
    assert office.opened[-1] == "2.pdf"
    assert way.asked == ["1.pdf"]


def test_what_has_not_begun_when_the_time_is_over_is_left_out_and_said(office):
    second_a_look(office, budget=4)
    files = [changed(letters=f"{a}{b}") for a in "AB" for b in "ABCDEFGH"]
    office.drop("a.zip", holding(office, *files))
    _, *members = office.run().receipts
    assert set(limits(members)) == {"time"}
    read = [member for member in members if "FILE_LIMIT" not in codes(member)]
    assert 3 <= len(read) < len(files)
    assert len(office.opened) == 1 + len(read)


def test_slow_ways_share_the_time_of_the_returned_file(office):
    way = converting(office)
    second_a_look(office, budget=9)
    office.drop("bombs.zip", holding(office, *[OLD] * 6))
    _, *members = office.run().receipts
    assert len(way.asked) == 2
    assert limits(members) == ["time"] * 4


def test_the_time_of_one_returned_file_is_not_another_ones(office):
    second_a_look(office, budget=3)
    office.drop("a.zip", holding(office, *[changed(letters=f"A{c}") for c in "ABCDEFGH"]))
    office.drop("b.pdf", a_file())
    *inside, last = office.run().receipts
    assert limits(inside)
    assert limits([last]) == []


def test_of_a_container_what_was_read_or_waits_is_kept_and_nothing_else(office):
    inner = holding(office, a_file())
    contents = holding(office, changed(letters="ZZ"), DAMAGED, PROTECTED, inner)
    office.drop("a.zip", contents)
    office.run()
    kept = office.archive.originals
    digests = [hashlib.sha256(member.content).hexdigest() for member in contents.members]
    assert [digest in kept for digest in digests] == [True, False, True, True]
    assert len(kept) == 5


def test_what_is_not_kept_is_what_a_container_may_hold_alone(office):
    office.drop("a.zip", holding(office, a_file(), DAMAGED, Contents(members=())))
    container, *members = office.run().receipts
    kept = office.archive.originals
    for receipt in (container, *members):
        assert receipt.may_be_in_container or receipt.source.sha256 in kept
    assert not container.may_be_in_container


def test_a_member_that_was_not_kept_is_kept_when_it_comes_alone(office):
    contents = holding(office, DAMAGED)
    office.drop("a.zip", contents)
    office.run()
    alone = office.send(contents.members[0].content)
    assert codes(alone) == ["FILE_DAMAGED"]
    assert alone.source.sha256 in office.archive.originals
    assert not alone.may_be_in_container


def test_a_returned_file_holds_no_more_than_a_hundred_times_itself(office):
    inner = Contents(members=(office.member("a.pdf", a_file()),))
    office.drop("a.zip", inner)
    big = bytes(2 << 20)
    office._found[big] = DAMAGED
    office.drop("b.zip", Contents(members=(Member("x", big),)))
    receipts = office.run().receipts
    assert limits(receipts) == ["size"]
    assert hashlib.sha256(big).hexdigest() not in office.archive.originals


class Cluster(InProcess):
    """Opens files elsewhere, each after others that took a long time."""

    def __init__(self):
        self.now = 0.0
        self.opened = []

    def submit(self, function, /, *arguments, **named):
        answer = Future()
        done = super().submit(function, *arguments, **named)
        threading.Timer(0.02, lambda: self._answer(answer, done)).start()
        return answer

    def _answer(self, answer, done):
        self.now += 1000
        self.opened.append(done)
        problem = done.exception()
        answer.set_exception(problem) if problem else answer.set_result(done.result())


def test_what_a_file_waits_for_others_on_a_cluster_is_not_its_own_time(office):
    way, cluster = converting(office), Cluster()
    office.drop("a.ods", OLD)
    desk = office.desk
    elsewhere = replace(desk.reading, opener=cluster, timer=lambda: cluster.now)
    run = process_inbox(replace(desk, reading=elsewhere), lambda _receipt, _total: None)
    assert len(cluster.opened) == 1
    assert limits(run.receipts) == []
    assert way.asked == ["a.ods"]


def test_each_call_is_held_to_what_is_left_for_its_returned_file(office, monkeypatch):
    """Neither a member that is begun ahead nor a slow way can pass the time of the whole."""
    second_a_look(office, budget=30)
    left = {}
    opened = office._open

    def seen(content, name):
        left[name] = allotted()()
        return opened(content, name)

    monkeypatch.setattr(office, "_open", seen)
    files = [changed(letters=f"A{c}") for c in "ABCDEFGH"]
    office.drop("a.zip", holding(office, *files))
    office.run()
    inside = list(left.values())[1:]
    assert len(inside) == len(files)
    assert 0 < min(inside) < max(inside) < 30
    assert allotted()() == math.inf


def test_a_slow_way_has_what_is_left_and_no_more(office):
    class Timed(OtherWay):
        def look(self, content, name, found):
            left.append(allotted()())
            return super().look(content, name, found)

    left = []
    told = (finding_of(Code.FILE_CONVERTED, {"kind": "ods"}),)
    office.rungs = (Timed(changed(letters="ZZ", findings=told), is_slow=True),)
    second_a_look(office, budget=9)
    office.drop("a.zip", holding(office, OLD, OLD))
    office.run()
    assert len(left) == 2
    assert 9 > left[0] > left[1] > 0


def test_the_pages_of_a_container_s_files_are_drawn_in_the_time_of_one_file(office, monkeypatch):
    second_a_look(office, budget=8)
    left = []

    def draw(content, pages):
        left.append(allotted()())
        if left[-1] <= 0:
            raise over_limit("time")
        return (PagePicture(1, 100, 100, b"png"),)

    monkeypatch.setattr(office, "_draw", draw)
    for number in range(3):  # each for its own two
        scans = [a_file(Code.FILE_SCANNED) for _ in range(2)]
        office.drop(f"{number}.zip", holding(office, *scans))
    office.run()
    assert left == [7, 6] * 3
