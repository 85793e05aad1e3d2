"""FAULTS A22, A25, A26, E06 to E08: formats that are never read, whatever the file is called."""

import pickle

import pytest

from clusternet.errors import InputError
from clusternet.ingest import read_survey

PICKLES = [pickle.dumps({"enterprise_id": ["E1"]}, protocol) for protocol in range(2, 6)]


class Trap:
    """Shows whether a pickle was opened."""

    def __reduce__(self):
        return (pytest.fail, ("the pickle was opened",))


def code_of(path):
    with pytest.raises(InputError) as caught:
        read_survey(path)
    assert len(str(caught.value.problems[0].message())) > 30
    return caught.value.problems[0].code


@pytest.mark.fault("A22", "A25", "A26", "E06", "E07", "E08")
@pytest.mark.parametrize(
    ("suffix", "code"),
    [
        ("pkl", "E07"),
        ("PICKLE", "E07"),
        ("joblib", "E07"),
        ("npy", "E07"),
        ("npz", "E07"),
        ("yaml", "E07"),
        ("yml", "E07"),
        ("rds", "E07"),
        ("json", "E08"),
        ("geojson", "E08"),
        ("gml", "E06"),
        ("gz", "A22"),
        ("pdf", "A25"),
        ("docx", "A25"),
        ("xls", "A26"),
        ("xlsb", "A26"),
        ("ods", "A26"),
    ],
)
def test_by_the_ending(tmp_path, suffix, code):
    path = tmp_path / f"survey.{suffix}"
    path.write_bytes(pickle.dumps(Trap()))
    assert code_of(path) == code


@pytest.mark.parametrize("data", [*PICKLES, pickle.dumps(Trap()), b"\x93NUMPY\x01\x00v\x00"])
@pytest.mark.parametrize("suffix", ["csv", "txt"])
def test_E07_a_pickle_is_known_by_its_bytes(tmp_path, suffix, data):
    path = tmp_path / f"survey.{suffix}"
    path.write_bytes(data)
    assert code_of(path) == "E07"


@pytest.mark.parametrize(
    "text", ['{"a": NaN}', '{"a": 1, "a": 2}', '{"a": 1e400}', "[" * 10_000 + "]" * 10_000, "!!python/object:os.system"]
)
@pytest.mark.parametrize("suffix", ["json", "yaml"])
def test_E07_E08_whatever_is_in_them(tmp_path, suffix, text):
    path = tmp_path / f"survey.{suffix}"
    path.write_text(text)
    assert code_of(path) in ("E07", "E08")


@pytest.mark.parametrize("data", [b"PAR1\x15\x04", b"SQLite format 3\x00", b"\x89PNG\r\n", b"{\\rtf1 x}"])
def test_A25_other_files_called_csv(refused, data):
    assert refused(enterprises=data)[0].code == "A25"
