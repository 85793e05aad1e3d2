"""What [mapping] may say."""

import pytest

from clusternet.ingest.findings import Findings
from clusternet.ingest.mapping import check_mapping, options_from
from clusternet.ingest.source import Options
from clusternet.model import Settings


def faults(mapping):
    findings = Findings()
    check_mapping(Settings(mapping=mapping), findings)
    assert all(problem.message() and problem.code == "E09" for problem in findings.errors)
    return [problem.column for problem in findings.errors]


@pytest.mark.parametrize(
    ("mapping", "expected"),
    [
        ({}, []),
        ({"kind": "roster", "file": "a", "rename": {"a": "b"}, "matrices": {"stock": "a.csv"}}, []),
        ({"kind": "rooster"}, ["mapping.kind"]),
        ({"kind": ["roster"]}, ["mapping.kind"]),
        ({"kind": "roster", "fiel": "a"}, ["mapping.fiel"]),
        ({"kind": "roster", "file": 3, "rename": {"a": 1}}, ["mapping.file", "mapping.rename"]),
        ({"decimal": ";", "thousands": "x", "separator": "::"}, 3),
        ({"decimal": ",", "thousands": ","}, ["mapping.thousands"]),
        ({"missing_weight": -1.0, "encoding": "nope"}, ["mapping.encoding", "mapping.missing_weight"]),
        ({"missing_weight": float("inf")}, ["mapping.missing_weight"]),
        ({"missing_weight": True}, ["mapping.missing_weight"]),
        ({"kind": "pajek", "mode": "third", "n_first": "10"}, 2),
    ],
)
def test_E09_keys_and_values(mapping, expected):
    found = faults(mapping)
    assert len(found) == expected if isinstance(expected, int) else sorted(found) == sorted(expected)


def test_an_argument_wins_over_the_file():
    settings = Settings(mapping={"missing_weight": 1, "decimal": ","})
    assert options_from(settings, Options(missing_weight=3)).missing_weight == 3
    assert options_from(settings, Options()) == Options(missing_weight=1.0, decimal=",")
