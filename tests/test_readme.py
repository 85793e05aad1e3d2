"""The README, run as a test."""

import re

from tests.readme_table import README, text_with_table

TEXT = README.read_text(encoding="utf-8")


def test_the_metric_table_is_made_from_the_cards():
    assert text_with_table(TEXT) == TEXT


def test_the_twelve_lines_run(tmp_path, monkeypatch, capsys):
    code = re.search(r"```python\n(.*?)```", TEXT, re.DOTALL)[1]
    assert len([line for line in code.splitlines() if line.strip()]) <= 12
    monkeypatch.chdir(tmp_path)
    # Fewer draws than a reader would take: what is tested is that the lines run.
    assert "draws=99" in code
    exec(compile(code.replace("draws=99", "draws=9"), "README.md", "exec"), {})  # noqa: S102  (our own README)
    assert "need_coverage" in capsys.readouterr().out
    assert (tmp_path / "reports" / "mine" / "report.html").is_file()


def test_the_commands_exist():
    makefile = (README.parent / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"\$ make (\S+)", TEXT):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    from clusternet.cli import _parser

    names = _parser()._subparsers._group_actions[0].choices
    assert set(
        re.findall(r"clusternet (check|study|demo|metrics|methods|form|match|map-columns|codes|publish|verify)\b", TEXT)
    ) <= set(names)


def test_linked_files_exist():
    for target in re.findall(r"\]\(([^)#:]+)\)", TEXT):
        assert (README.parent / target).exists(), target


def test_it_is_about_as_short_as_promised():
    prose = re.sub(r"<!-- metrics.*?<!-- /metrics -->|```.*?```", "", TEXT, flags=re.DOTALL)
    assert len(prose.split()) <= 600
