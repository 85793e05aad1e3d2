"""A plain table of edges: read quickly where nothing is odd, carefully otherwise, always with one answer."""

import csv
import hashlib

import numpy as np
import pandas as pd
import pytest

from clusternet.errors import InputError, ResourceError
from clusternet.ingest import build_network, edge_blocks, edge_tables, read_edges, read_survey
from clusternet.model.network import Network

IDS = [
    "007",
    "7",
    "NA",
    "None",
    "0x1F",
    "1e5",
    "true",
    "ورشة",
    "Café, the",
    'a "b" c',
    "two\nlines",
    "E1",
    "E 1",
    "-",
    "=1+1",
]


@pytest.fixture
def fast(monkeypatch):
    """Read small files block by block as well, in blocks of a few rows; the careful reader must not be needed."""
    pytest.importorskip("pyarrow")
    monkeypatch.setattr(edge_tables, "SMALL_BYTES", 0)
    monkeypatch.setattr(edge_blocks, "BLOCK_BYTES", 500)
    monkeypatch.setattr(edge_blocks, "BLOCK_ROWS", 7)

    def refuse(*_):
        raise AssertionError("the careful reader was called")

    monkeypatch.setattr(edge_tables, "_read_careful", refuse)


@pytest.fixture
def either(monkeypatch):
    """Read small files block by block first, and carefully where that finds something odd."""
    pytest.importorskip("pyarrow")
    monkeypatch.setattr(edge_tables, "SMALL_BYTES", 0)


@pytest.fixture
def records():
    """Return three hundred edges with texts of every kind, ties, loops, zeros."""
    chance = np.random.default_rng(5)
    ends = [np.array(IDS, dtype=object)[chance.integers(0, len(IDS), 300)] for _ in range(2)]
    layers = np.array(["supply", "friends", "Supply", "stock"], dtype=object)[chance.integers(0, 4, 300)]
    weights = np.round(chance.random(300) * 10.0 ** chance.integers(-12, 9, 300), chance.integers(0, 12)) + 0.1
    weights[::7] = chance.integers(0, 3, len(weights[::7]))
    return pd.DataFrame({"source": ends[0], "target": ends[1], "layer": layers, "weight": weights})


def written(table, path):
    """Write a table as CSV or Parquet."""
    if path.suffix == ".parquet":
        table.to_parquet(path)
    else:
        table.to_csv(path, index=False, sep="\t" if path.suffix == ".tsv" else ",")
    return path


def assert_same(one, other):
    """Assert that two networks hold the same, bit by bit."""
    pd.testing.assert_frame_equal(one.linkages, other.linkages, check_exact=True)
    pd.testing.assert_frame_equal(one.enterprises, other.enterprises)
    assert one.layers == other.layers
    assert one.dropped == other.dropped
    for name, values in vars(one.ties).items():
        np.testing.assert_array_equal(values, getattr(other.ties, name))
        assert values.dtype == getattr(other.ties, name).dtype


def of_edges(table, directed=False):
    """Return the network of the same rows in memory."""
    return Network.from_edges(
        table["source"], table["target"], table.get("weight"), table.get("layer"), directed=directed
    )


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.parquet"])
@pytest.mark.parametrize(
    "columns", [["source", "target"], ["weight", "target", "source"], ["layer", "source", "target", "weight"]]
)
@pytest.mark.parametrize("directed", [False, True])
def test_what_from_edges_makes_of_the_same_rows(tmp_path, fast, records, name, columns, directed):
    path = written(records[columns], tmp_path / name)
    network = read_edges(path, directed=directed)
    assert_same(network, of_edges(records[columns], directed))
    (file,) = network.provenance.inputs
    assert (file.name, file.rows) == (name, 300)
    assert file.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert [step.verb for step in network.provenance.steps] == ["read_edges"]


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.parquet"])
def test_the_careful_reader_gives_the_same(tmp_path, records, name):
    careful = read_edges(written(records, tmp_path / name))
    assert_same(careful, of_edges(records))
    assert [file.rows for file in careful.provenance.inputs] == [300]


def test_what_a_survey_of_the_same_file_gives(tmp_path, records):
    path = written(records, tmp_path / "a.csv")
    network, survey = read_edges(path), build_network(read_survey(path))
    pd.testing.assert_frame_equal(network.linkages, survey.linkages, check_exact=True)
    assert network.enterprise_ids.tolist() == survey.enterprise_ids.tolist()
    assert network.dropped == survey.dropped


@pytest.mark.parametrize("dialect", [{"quoting": csv.QUOTE_ALL}, {"lineterminator": "\r"}, {"sep": ";"}, {"sep": "|"}])
def test_dialects(tmp_path, fast, records, dialect):
    path = tmp_path / "a.csv"
    table = records[records["source"].ne("two\nlines") & records["target"].ne("two\nlines")]
    table.to_csv(path, index=False, **dialect)
    assert_same(read_edges(path), of_edges(table))
    path.write_bytes(b"\xef\xbb\xbf\n" + path.read_bytes())
    assert_same(read_edges(path), of_edges(table))


def test_columns_by_name(tmp_path, fast, records):
    table = records.rename(columns={"source": "from", "target": "to", "layer": "kind", "weight": "times"})
    names = {"source": "from", "target": "to", "layer": "kind", "weight": "times"}
    for path in (tmp_path / "a.csv", tmp_path / "a.parquet"):
        assert_same(read_edges(written(table.assign(note="x"), path), **names), of_edges(records))
        assert read_edges(path, source="from", target="to").linkages["weight"].mod(1).eq(0).all()


def test_numbers_as_ids_of_parquet(tmp_path, fast):
    table = pd.DataFrame({"source": np.arange(40), "target": np.arange(40)[::-1].astype(np.int16)})
    assert_same(read_edges(written(table, tmp_path / "a.parquet")), of_edges(table.astype("str")))


def test_rows_in_any_order(tmp_path, fast, records):
    mixed = records.sample(frac=1, random_state=1)
    assert_same(read_edges(written(records, tmp_path / "a.csv")), read_edges(written(mixed, tmp_path / "b.csv")))


# ---------------------------------------------------------------------- what is odd
@pytest.mark.fault("A09", "A12", "A13", "A15", "A17", "A20", "A21", "D01", "D02", "D03", "D10", "D11")
@pytest.mark.parametrize(
    ("text", "code", "row", "column"),
    [
        ("source,target\na,b\na,\n", "D11", 3, "target"),
        ("source,target,weight\na,b,1\na,b,-2\n", "D03", 3, "weight"),
        ("source,target,weight\na,b,1\n\na,b,nan\n", "D01", 4, "weight"),
        ("source,target,weight\na,b,1\na,b,1e400\n", "D02", 3, "weight"),
        ('source,target,weight\na,b,1\na,b,"1,5"\n', "A17", 3, "weight"),
        ("source,target,weight\na,b,\na,b,1\n", "D01", 2, "weight"),
        ("source,target,layer\na,b,x\na,b,\n", "D10", 3, "layer"),
        ("source,target\na,b\na,b,c\n", "A13", 3, ""),
        ("source,target\na,b\na\n", "A15", 3, ""),
        ('source,target\na,b\n"a"x,b\n', "A12", 3, ""),
        ("source,target\na,b\na\x00,b\n", "A09", 3, "source"),
        ("source,goal\na,b\n", "A21", 1, "target"),
        ("source,target,source\na,b,c\n", "A20", 1, "source"),
    ],
)
def test_faults_are_told_with_their_row(tmp_path, either, text, code, row, column):
    (tmp_path / "a.csv").write_text(text)
    with pytest.raises(InputError) as caught:
        read_edges(tmp_path / "a.csv")
    (problem,) = caught.value.problems
    assert (problem.code, problem.row, problem.column) == (code, row, column)


def test_A07_bytes_that_are_no_utf8(tmp_path, either):
    (tmp_path / "a.csv").write_bytes("source,target\nورشة,b\n".encode() + b"caf\xe9,b\n")
    with pytest.raises(InputError, match="A07"):
        read_edges(tmp_path / "a.csv")


@pytest.mark.fault("A08", "A19", "A21", "C05", "C06")
@pytest.mark.parametrize(
    ("text", "code", "ids"),
    [
        ("source,target\n a,b\nb,a\n", "A19", ["a", "b"]),
        ("source,target\na\u200f,b\nb,a\n", "C06", ["a", "b"]),
        ("source,target\ne\u0301,b\nb,\u00e9\n", "C05", ["b", "\u00e9"]),
        ("source,target\nCafÃ©,b\nb,a\n", "A08", ["CafÃ©", "a", "b"]),
        ("source,target,weights\na,b,1\n", "A21", ["a", "b"]),
    ],
)
def test_what_is_read_otherwise_than_written_is_told(tmp_path, either, text, code, ids):
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    with pytest.warns(UserWarning, match=code):
        network = read_edges(tmp_path / "a.csv")
    assert network.enterprise_ids.tolist() == sorted(ids)


def test_parquet_cells_that_are_missing_are_told(tmp_path, either):
    path = written(pd.DataFrame({"source": ["a", None], "target": ["b", "c"]}), tmp_path / "a.parquet")
    with pytest.raises(InputError) as caught:
        read_edges(path)
    assert [(problem.code, problem.row, problem.column) for problem in caught.value.problems] == [("D11", 3, "source")]


def test_parquet_ids_that_have_blanks_are_told(tmp_path, either):
    path = written(pd.DataFrame({"source": ["a", "b "], "target": ["b", "c"]}), tmp_path / "a.parquet")
    with pytest.warns(UserWarning, match="A19"):
        assert read_edges(path).enterprise_ids.tolist() == ["a", "b", "c"]


def test_bare_columns_without_a_header(tmp_path, either):
    (tmp_path / "a.edgelist").write_text("x y 2\ny z 3\n")
    assert read_edges(tmp_path / "a.edgelist").linkages["weight"].tolist() == [2, 3]


def test_without_arrow_the_answer_is_the_same(tmp_path, monkeypatch, records):
    path = written(records, tmp_path / "a.csv")
    monkeypatch.setattr(edge_tables, "SMALL_BYTES", 0)
    fast = read_edges(path)
    monkeypatch.setattr(edge_tables.importlib.util, "find_spec", lambda _: None)
    assert_same(read_edges(path), fast)


@pytest.mark.parametrize("name", ["missing.csv", "."])
def test_A01_nothing_to_read(tmp_path, name):
    with pytest.raises((InputError, ResourceError), match="A01"):
        read_edges(tmp_path / name)


def test_a_long_file_takes_the_quick_way(tmp_path, monkeypatch):
    pytest.importorskip("pyarrow")
    called = []
    monkeypatch.setattr(edge_tables, "_read_careful", lambda *_: called.append(1))
    ends = np.arange(200_000) % 1000
    written(pd.DataFrame({"source": ends, "target": ends // 7}), tmp_path / "a.csv")
    assert len(read_edges(str(tmp_path / "a.csv")).flat) > 900
    assert not called
