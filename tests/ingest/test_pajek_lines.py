"""What each line of a Pajek file means, read without the rest of a survey."""

import pytest

from clusternet.ingest.findings import Findings, Place
from clusternet.ingest.pajek_text import MOST_VERTICES, parsed_pajek


def read(text):
    findings = Findings()
    found = parsed_pajek(text, Place("x.net"), findings)
    return found, [(p.severity, p.row) for p in [*findings.errors, *findings.warnings]]


@pytest.mark.parametrize(
    ("line", "fine"),
    [
        ("*Vertices 1", True),
        ("*Vertices 0", False),
        (f"*Vertices {MOST_VERTICES}", True),
        (f"*Vertices {MOST_VERTICES + 1}", False),
        ("*Vertices 4 4", True),
        ("*Vertices 4 5", False),
        ("*Vertices x", False),
        ("*Vertices 4 x", False),
    ],
)
def test_how_many_vertices_there_can_be(line, fine):
    assert read(line)[1] == ([] if fine else [("error", 1)])


def test_vertices_that_are_announced_in_two_numbers_are_of_two_kinds():
    found, _ = read("*Vertices 5 2")
    assert (found.n_vertices, found.n_first, found.two_mode) == (5, 2, True)
    found, _ = read("*Vertices 5")
    assert (found.n_vertices, found.n_first, found.two_mode) == (5, 0, False)


@pytest.mark.parametrize(
    ("line", "label"),
    [("1", "1"), ('1 "Cedar Doors" 0.1 0.2', "Cedar Doors"), ("1 Cedar 0.1", "Cedar"), ('1 ""', "1"), ('1 " "', "1")],
)
def test_a_vertex_has_a_label_or_its_number(line, label):
    found, problems = read(f"*Vertices 2\n{line}\n")
    assert (found.label(1), found.lines, problems) == (label, {1: 2}, [])


@pytest.mark.parametrize("line", ["0 a", "3 a", "x a", "1 a"])
def test_a_vertex_outside_the_range_or_twice_is_wrong(line):
    _, problems = read(f"*Vertices 2\n1 b\n{line}\n")
    assert problems == [("error", 3)]


@pytest.mark.parametrize(
    ("section", "line", "ties"),
    [
        ("Arcs", "1 2", [(1, 2, "1", True, 3)]),
        ("Edges", "1 2", [(1, 2, "1", False, 3)]),
        ("Edges", "1 3 2.5", [(1, 3, "2.5", False, 3)]),
        ("Arcs :2", "3 1 -1 l words", [(3, 1, "-1", True, 3)]),
        ("Edges", "1 2 l words", [(1, 2, "1", False, 3)]),
        # What only looks like a number is told later, as weights are.
        ("Edges", "1 2 nan", [(1, 2, "nan", False, 3)]),
        ("Edges", "1 2 1,5", [(1, 2, "1,5", False, 3)]),
        ("Arcslist", "1 2 3", [(1, 2, "1", True, 3), (1, 3, "1", True, 3)]),
        ("Edgeslist", "3 1", [(3, 1, "1", False, 3)]),
    ],
)
def test_a_line_of_ties(section, line, ties):
    found, problems = read(f"*Vertices 3\n*{section}\n{line}\n")
    assert (found.ties, problems) == (ties, [])


@pytest.mark.parametrize("line", ["1", "0 1", "1 0", "1 4", "4 1", "1 x", "1 2.0"])
def test_a_tie_joins_two_vertices_that_are_there(line):
    found, problems = read(f"*Vertices 3\n*Edges\n{line}\n")
    assert (found.ties, problems) == ([], [("error", 3)])


def test_comments_and_blank_lines_count_as_rows_and_say_nothing():
    found, problems = read("% made by hand\n\n*Vertices 2\n  % none\n1 a\n\n*Edges\n1 2\n")
    assert (found.lines, found.ties, problems) == ({1: 5}, [(1, 2, "1", False, 8)], [])


def test_only_the_first_network_of_a_project_is_read():
    text = (
        "*Network a\n*Vertices 2\n*Edges\n1 2\n*Network b\n*Vertices 9\n*Edges\n8 9\n*Partition p\n*Vertices 2\n5\n6\n"
    )
    found, problems = read(text)
    assert (found.n_vertices, found.ties, problems) == (2, [(1, 2, "1", False, 4)], [("warning", 5)])
    assert found.columns == {"p": ["5", "6"]}


def test_partitions_of_one_name_are_numbered_from_2():
    found, _ = read(
        "*Vertices 1\n*Partition p\n*Vertices 1\n1\n*Vector p\n*Vertices 1\n2\n*Partition p\n*Vertices 1\n3\n"
    )
    assert found.columns == {"p": ["1"], "p 2": ["2"], "p 3": ["3"]}


def test_a_value_of_a_partition_is_a_number():
    _, problems = read("*Vertices 2\n*Vector v\n*Vertices 2\n1.5\nhigh\n")
    assert problems == [("error", 5)]


def test_a_file_without_vertices_says_so_once():
    assert read("% nothing\n")[1] == [("error", None)]
    assert read("hello\n*Edges\n1 2\n")[1] == [("error", 1), ("error", 3)]


@pytest.mark.parametrize("kind", ["Permutation", "Cluster", "Hierarchy"])
def test_what_no_survey_needs_is_left_out_with_its_vertices(kind):
    found, told = read(
        f"*Vertices 2\n1 a\n2 b\n*Edges\n1 2\n*{kind} q\n*Vertices 2\n2\n1\n*Partition p\n*Vertices 2\n5\n6\n"
    )
    assert told == []
    assert (found.n_vertices, len(found.ties), found.columns) == (2, 1, {"p": ["5", "6"]})
