"""E11: submissions that came twice, or were edited: the latest stays, all are counted, children go along."""

import itertools

import pytest

from clusternet.ingest.exports.export import Export
from clusternet.ingest.exports.submissions import latest_submissions, warn_of_rejected
from tests.ingest.exports.small import part_of, said, source_of

HEADER = ["key", "time", "old", "number", "name"]


def export_of(*rows, children=()):
    parts = {"top": part_of("top", [HEADER, *rows])}
    if children:
        parts["repeat"] = part_of(
            "repeat", [["x"], *[[name] for name, _ in children]], "top", [at for _, at in children]
        )
        inner = [[f"{name}'"] for name, _ in children]
        parts["inner"] = part_of("inner", [["x"], *inner], "repeat", list(range(len(children))))
    return Export("any", parts, "top")


def kept(export, **about):
    source = source_of()
    found = latest_submissions(export, source, key="key", **about)
    return found, source


def names(export):
    return export.parts["top"].rows["name"].tolist()


def test_the_later_of_two_stays_and_the_other_is_told_with_its_row():
    found, source = kept(export_of(["u1", "", "", "", "a"], ["u2", "", "", "", "b"], ["u1", "", "", "", "c"]))
    assert names(found) == ["b", "c"]
    problem = source.findings.warnings[0]
    assert (problem.code, problem.row, problem.column, problem.sheet) == ("E11", 2, "key", "top")
    assert problem.message().startswith("1 submissions came more than once")
    assert "rows left out: 2" in problem.message()
    assert source.dropped == {("top", "E11"): 1}


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_latest_time_of_sending_wins_whatever_the_order_of_rows(order):
    rows = [
        ["u1", "2026-03-01T10:00:00", "", "", "first"],
        ["u1", "2026-03-01T13:30:00+03:00", "", "", "second"],
        ["u1", "2026-03-01T11:00:00Z", "", "", "third"],
    ]
    found, _ = kept(export_of(*(rows[at] for at in order)), time="time")
    assert names(found) == ["third"]


@pytest.mark.parametrize(
    "times",
    [
        ("Mar 1, 2026 8:56:00 AM", "Mar 1, 2026 9:12:33 PM"),
        ("2026-03-01T09:00:00.000Z", "2026-03-02T08:00:00.000Z"),
        ("not a time", "2026-03-01"),
        ("", "2026-03-01"),
    ],
)
def test_times_of_every_tool_are_understood(times):
    later, earlier = ["u1", times[1], "", "", "late"], ["u1", times[0], "", "", "early"]
    found, _ = kept(export_of(later, earlier), time="time")
    assert names(found) == ["late"]


def test_without_times_the_last_row_is_the_latest():
    found, _ = kept(export_of(["u1", "", "", "", "a"], ["u1", "", "", "", "b"]), time="time")
    assert names(found) == ["b"]
    found, _ = kept(export_of(["u1", "", "", "", "a"], ["u1", "", "", "", "b"]), time="no such column")
    assert names(found) == ["b"]


def test_an_edited_submission_replaces_the_one_that_it_names():
    rows = [["uuid:u1", "", "", "", "old"], ["u2", "", "", "", "other"], ["u3", "", "uuid:u1", "", "new"]]
    found, source = kept(export_of(*rows), replaces="old")
    assert names(found) == ["other", "new"]
    assert source.findings.warnings[0].message().startswith("1 submissions were edited later")
    assert "rows left out: 2" in source.findings.warnings[0].message()


def test_a_chain_of_edits_leaves_the_last():
    rows = [["u3", "", "u2", "", "c"], ["u1", "", "", "", "a"], ["u2", "", "u1", "", "b"]]
    assert names(kept(export_of(*rows), replaces="old")[0]) == ["c"]


def test_a_submission_that_names_itself_as_its_older_version_stays():
    found, source = kept(export_of(["u1", "", "u1", "", "a"], ["u2", "", "", "", "b"]), replaces="old")
    assert names(found) == ["a", "b"]
    assert said(source) == []


def test_a_number_that_stays_when_a_submission_is_edited_tells_it_too():
    rows = [["u1", "1", "", "7", "a"], ["u2", "2", "", "8", "b"], ["u9", "3", "", "7", "c"], ["u5", "4", "", "", "d"]]
    found, source = kept(export_of(*rows, ["u6", "5", "", "", "e"]), stays="number")
    assert names(found) == ["b", "c", "d", "e"]
    assert source.findings.warnings[0].column == "number"


def test_both_kinds_are_told_apart_and_counted_once():
    rows = [["u1", "", "", "7", "a"], ["u1", "", "", "7", "b"], ["u2", "", "u1", "7", "c"]]
    found, source = kept(export_of(*rows), replaces="old", stays="number")
    assert names(found) == ["c"]
    assert [message.split(" ", 2)[2][:20] for _, message in said(source)] == [
        "came more than once;",
        "were edited later; t",
    ]
    assert source.dropped == {("top", "E11"): 2}


def test_submissions_without_a_key_are_never_the_same():
    found, source = kept(export_of(["", "", "", "", "a"], ["", "", "", "", "b"]))
    assert names(found) == ["a", "b"]
    assert said(source) == []


def test_without_the_column_of_the_key_nothing_happens():
    source, export = source_of(), export_of(["u1", "", "", "", "a"], ["u1", "", "", "", "b"])
    assert latest_submissions(export, source, key="no such column") is export


def test_children_of_children_go_with_a_submission_that_is_left_out():
    rows = [["u1", "", "", "", "a"], ["u2", "", "", "", "b"], ["u1", "", "", "", "c"]]
    found, _ = kept(export_of(*rows, children=[("x", 0), ("y", 1), ("z", 2), ("x2", 0)]))
    assert found.parts["repeat"].rows["x"].tolist() == ["y", "z"]
    assert found.parts["repeat"].parent_at.tolist() == [0, 1]
    assert found.parts["inner"].rows["x"].tolist() == ["y'", "z'"]
    assert found.positions_in_root("inner").tolist() == [0, 1]


@pytest.mark.parametrize(
    ("column", "word"),
    [
        ("ReviewState", "rejected"),
        ("review_status", "REJECTED"),
        ("_validation_status", "Not Approved"),
        ("_validation_status", "validation_status_not_approved"),
        ("interview__status", "65"),
        ("interview__status", "RejectedByHeadquarters"),
    ],
)
def test_E11_submissions_that_a_reviewer_rejected_are_told_and_kept(column, word):
    export = Export(
        "any", {"top": part_of("top", [["name", column], ["a", ""], ["b", word], ["c", "approved"]])}, "top"
    )
    source = source_of()
    warn_of_rejected(export, source)
    (problem,) = source.findings.warnings
    assert (problem.code, problem.row, problem.column) == ("E11", 3, column)
    assert "Delete them on the server" in problem.message()
