"""The options of reading, as they are typed."""

import pytest

from clusternet.cli import main


@pytest.fixture
def survey(tmp_path):
    def write(**files):
        contents = {
            "enterprises": "enterprise_id,name,place\nE1,a,x\nE2,b,x\nE3,c,x\n",
            "linkages": "source,target,layer\nE1,E2,stock\nE2,E3,stock\n",
            **files,
        }
        for name, content in contents.items():
            data = content if isinstance(content, bytes) else content.encode()
            (tmp_path / f"{name}.csv").write_bytes(data)
        return str(tmp_path)

    return write


def test_add_missing(survey, capsys):
    path = survey(linkages="source,target,layer\nE8,E9,stock\nE1,E2,stock\n")
    assert main(["check", path]) == 2
    assert main(["check", path, "--add-missing"]) == 0
    assert "C18" in capsys.readouterr().out


def test_on_conflict(survey, capsys):
    path = survey(enterprises="enterprise_id,name,place\nE1,a,x\nE1,a,y\nE2,b,x\nE3,c,x\n")
    assert main(["check", path]) == 2
    assert main(["check", path, "--on-conflict=last"]) == 0
    assert main(["check", path, "--on-conflict", "both"]) == 2
    assert "expected one of: error, first, last" in capsys.readouterr().err


def test_encoding_errors(survey, capsys):
    mixed = b"enterprise_id,name\nE1,\xd9\x88\nE2,\xe6\nE3,\xe6\n"
    path = survey(enterprises=mixed)
    assert main(["check", path, "--encoding-errors=first"]) == 2
    first = "".join(capsys.readouterr())
    assert main(["check", path, "--encoding-errors=report"]) == 2
    both = "".join(capsys.readouterr())
    assert "--encoding-errors=report" in first
    assert "--encoding-errors=report" not in both
    assert both.count("byte") > first.count("byte")


def test_memory_limit(survey, capsys):
    path = survey()
    assert main(["check", path, "--memory-limit=2GB"]) == 0
    assert main(["check", path, "--memory-limit=1MB"]) == 3
    assert "A24" in capsys.readouterr().err
    assert main(["check", path, "--memory-limit=lots"]) == 2
    assert "such as 2GB" in capsys.readouterr().err


def test_memory_limit_in_arabic(survey, capsys):
    assert main(["check", survey(), "--memory-limit=1MB", "--lang=ar"]) == 3
    assert "الذاكرة" in capsys.readouterr().err
