import pytest

from clusternet.errors import ResourceError
from clusternet.report.pdf import find_browser, pdf_bytes
from clusternet.report.write import write_report


def test_without_a_browser_nothing_is_begun(monkeypatch, tmp_path, network, partition, scores):
    monkeypatch.setenv("CLUSTERNET_CHROMIUM", str(tmp_path / "none"))
    with pytest.raises(ResourceError, match=r"report\.html"):
        write_report(network, partition, scores, out=tmp_path / "out", pdf=True)
    assert not (tmp_path / "out").exists()


def test_a_browser_that_cannot_print_is_told(tmp_path):
    with pytest.raises(ResourceError, match="could not print"):
        pdf_bytes("<p>x</p>", str(tmp_path / "no-such-program"))


@pytest.mark.slow
def test_the_same_report_prints_the_same_bytes(tmp_path, network, partition, scores):
    try:
        find_browser()
    except ResourceError:
        pytest.skip("no Chromium here (set CLUSTERNET_CHROMIUM): nothing can be printed")
    languages = ("en", "ar")
    made = [
        write_report(network, partition, scores, out=tmp_path / name, languages=languages, pdf=True)
        for name in ("one", "two")
    ]
    for name in ("report.pdf", "report.ar.pdf"):
        first, second = ((folder / name).read_bytes() for folder in made)
        assert first.startswith(b"%PDF-")
        assert first == second
        assert b"file:///" not in first
