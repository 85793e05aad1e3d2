"""A22 to E04: what a hostile file costs, what it may touch, and what comes back of a name that looks like a formula."""

import csv
import gzip
import sys
import threading
import time
import tracemalloc

import openpyxl
import pytest

from clusternet.cli import main
from clusternet.errors import InputError, ResourceError
from clusternet.ingest import read_survey
from clusternet.ingest.memory import TEXT_FACTOR
from clusternet.report.result_folder import read_result
from tests.faults.conftest import QUICK

FORMULAS = ("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\tlead", "\rlead", "'quoted", "plain")
REGISTER = "enterprise_id,name\nE1,Oak\nE2,Elm\n"
LINKAGES = "source,target,layer\nE1,E2,supply\n"


def codes(path):
    """Return the codes of a survey that must be refused."""
    with pytest.raises((InputError, ResourceError)) as caught:
        read_survey(path)
    return {problem.code for problem in caught.value.problems}


@pytest.fixture
def survey(tmp_path):
    folder = tmp_path / "survey"
    folder.mkdir()
    (folder / "enterprises.csv").write_text(REGISTER)
    (folder / "linkages.csv").write_text(LINKAGES)
    return folder


@pytest.mark.parametrize("cut", [1, 9, 20])
def test_A22_a_packed_table_is_never_half_read(survey, cut):
    whole = gzip.compress(REGISTER.encode() * 50, mtime=0)
    (survey / "enterprises.csv").write_bytes(whole[:-cut])
    assert codes(survey) == {"A22"}
    (survey / "enterprises.csv").rename(survey / "enterprises.csv.gz")
    assert codes(survey / "enterprises.csv.gz") == {"A22"}


def peak(run):
    """Return the most memory that Python asked for in between, in bytes."""
    tracemalloc.start()
    try:
        run()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_A23_a_huge_cell_costs_no_more_than_was_expected_of_its_file(survey):
    """No more than what is asked for before anything is read; and no message holds the cell."""
    read_survey(survey)  # what is loaded once
    size = 4 << 20
    (survey / "enterprises.csv").write_bytes(REGISTER.encode() + b"E3," + b"x" * size + b"\n")
    found = []
    assert peak(lambda: found.append(codes(survey))) < TEXT_FACTOR * size
    assert found == [{"A23"}]


LAUGHS = "".join(f'<!ENTITY l{i + 1} "{f"&l{i};" * 10}">' for i in range(12))


def test_E01_entities_that_multiply_cost_neither_time_nor_memory(tmp_path):
    path = tmp_path / "x.graphml"
    path.write_text(f'<!DOCTYPE x [<!ENTITY l0 "lol">{LAUGHS}]><graphml>&l12;</graphml>')
    started = time.perf_counter()
    assert peak(lambda: codes(path)) < 50 << 20
    assert time.perf_counter() - started < 5
    assert codes(path) == {"E01"}


class Opened:
    """Which files this thread opens while it is asked; the hook itself can never be taken away again."""

    def __init__(self):
        self.names, self.thread = None, threading.get_ident()
        sys.addaudithook(self._hook)

    def _hook(self, event, given):
        if event == "open" and self.names is not None and threading.get_ident() == self.thread:
            self.names.append(str(given[0]))


OPENED = Opened()


@pytest.mark.parametrize("suffix", ["graphml", "gexf", "xlsx"])
@pytest.mark.parametrize(
    "body",
    [
        '<!DOCTYPE x [<!ENTITY e SYSTEM "{target}">]><graphml>&e;</graphml>',
        '<!DOCTYPE x SYSTEM "{target}"><graphml/>',
        '<!DOCTYPE x [<!ENTITY % e SYSTEM "{target}"> %e;]><graphml/>',
        '<graphml xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="{target}" parse="text"/></graphml>',
        '<?xml-stylesheet href="{target}"?><graphml/>',
    ],
)
def test_E02_what_a_file_points_to_is_neither_opened_nor_asked_for(tmp_path, suffix, body):
    """Addresses are watched by the guard of the whole suite, which fails a test that tries to reach one."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    for target in (secret.as_uri(), str(secret), "http://192.0.2.1/x.dtd", "https://example.org/x"):
        text = body.format(target=target)
        path = tmp_path / f"x.{suffix}"
        if suffix == "xlsx":
            book = openpyxl.Workbook()
            book.active.title = "enterprises"
            book.save(path)
            _replaced(path, "xl/worksheets/sheet1.xml", text)
        else:
            path.write_text(text)
        OPENED.names = names = []
        try:
            with pytest.raises(InputError) as caught:
                read_survey(path)
        finally:
            OPENED.names = None
        assert "the secret" not in str(caught.value)
        assert not any(name.endswith("secret.txt") for name in names)
        assert any(name.endswith(path.name) for name in names), "nothing was watched"


def _replaced(path, member, text):
    import zipfile

    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in {**parts, member: text.encode()}.items():
            archive.writestr(name, data)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_E04_a_million_nodes_are_read(tmp_path):
    path = tmp_path / "long.edgelist"
    with path.open("w") as stream:
        stream.writelines(f"{node} {node + 1}\n" for node in range(0, 1_000_000, 2))
    assert len(read_survey(path).enterprises) == 1_000_000


@pytest.mark.slow
def test_C14_names_that_look_like_formulas_do_no_harm_and_come_back(tmp_path):
    survey = tmp_path / "survey"
    survey.mkdir()
    with (survey / "enterprises.csv").open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
        writer.writerows([("enterprise_id", "name"), *((f"E{n}", name) for n, name in enumerate(FORMULAS))])
    rows = [f"E{n},E{(n + 1) % len(FORMULAS)},supply\n" for n in range(len(FORMULAS))]
    (survey / "linkages.csv").write_text("source,target,layer\n" + "".join(rows))
    out = tmp_path / "out"
    assert main(["study", str(survey), "--out", str(out), *QUICK]) == 0
    with (out / "members.csv").open(newline="", encoding="utf-8-sig") as stream:
        cells = {row["enterprise_id"]: row["name"] for row in csv.DictReader(stream)}
    harmless = {
        f"E{n}": name if name == "plain" else f"'{name}" for n, name in enumerate(FORMULAS) if name != "'quoted"
    }
    assert {key: cells[key] for key in harmless} == harmless
    for sheet in openpyxl.load_workbook(out / "clusters.xlsx").worksheets:
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    nodes = read_result(out).nodes
    assert dict(zip(nodes["id"], nodes["name"], strict=True)) == {f"E{n}": name for n, name in enumerate(FORMULAS)}
