"""Reading study.toml."""

import pytest

from clusternet.errors import InputError
from clusternet.ingest import read_settings, read_survey


def test_settings_are_read(tmp_path):
    path = tmp_path / "study.toml"
    path.write_bytes('\ufefftitle = "Möbel"\nties = "intersection"\n[layers.gossip]\ndirected = true\n'.encode())
    settings = read_settings(path)
    assert (settings.title, settings.ties, settings.layers["gossip"].directed) == ("Möbel", "intersection", True)


@pytest.mark.parametrize(
    ("content", "code", "row"),
    [
        (b'title = "x"\nseed = \n', "E09", 2),
        (b'title = "x"\ntitle = "y"\n', "E09", 2),
        (b'title = "x"\nboundary = "\xe9"\n', "A06", 2),
        (b'titel = "x"\n', "E09", None),
        (b"a=" + b"[" * 100_000, "E09", None),
    ],
)
def test_E09_settings_that_cannot_be_read(tmp_path, content, code, row):
    path = tmp_path / "study.toml"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_settings(path)
    assert (caught.value.problems[0].code, caught.value.problems[0].file) == (code, "study.toml")
    assert caught.value.problems[0].row == row


def test_A01_missing_settings(tmp_path):
    with pytest.raises(InputError, match=r"A01.*nowhere\.toml"):
        read_settings(tmp_path / "nowhere.toml")


def test_settings_beside_the_survey_are_found(write_survey):
    folder = write_survey(study__toml='title = "found"\n')
    survey = read_survey(folder)
    assert survey.settings.title == "found"
    assert [file.name for file in survey.provenance.inputs] == ["study.toml", "enterprises.csv", "linkages.csv"]


def test_settings_may_be_given(write_survey, tmp_path):
    other = tmp_path / "other.toml"
    other.write_text('title = "other"\n')
    folder = write_survey(study__toml='title = "found"\n')
    assert read_survey(folder, other).settings.title == "other"
    assert read_survey(folder, read_settings(other)).settings.title == "other"
