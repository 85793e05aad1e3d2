"""C15 and G07 to G09: a survey of hostile texts, from its files to every page, in a browser without a network."""

import csv
import getpass
import re
from pathlib import Path

import pandas as pd
import pytest

from clusternet.cli import main
from tests.faults.conftest import QUICK
from tests.report.test_pages_in_browser import NASTY, elements, opened

#: One of them in every text field of every table, and in every text of the settings.
HOSTILE = [text for text in NASTY if text.strip() and len(text) < 400]
TEXTS = ("name", "name_alt", "place")


def write_hostile(folder: Path, texts: list[str], title: str) -> None:
    """Write a survey of four rings, whose every free text is one of the texts."""
    folder.mkdir()
    ids = [f"E{place:03d}" for place in range(len(texts))]
    enterprises = pd.DataFrame({"enterprise_id": ids, **dict.fromkeys(TEXTS, texts), "workers": 4})
    enterprises["consent_publish"] = "named"
    size = len(ids) // 4
    rows = [
        (ids[first + a], ids[first + b], "supply", texts[a])
        for first in range(0, 4 * size, size)
        for a in range(size)
        for b in range(a)
    ]
    rows.append((ids[-1], ids[0], "supply", texts[0]))
    linkages = pd.DataFrame(rows, columns=["source", "target", "layer", "resource"])
    ledger = pd.DataFrame({"enterprise_id": ids, "resource": texts, "role": "need", "unit": "t"})
    offers = pd.DataFrame({"enterprise_id": ids[1:], "resource": texts[:-1], "role": "offer", "unit": "t"})
    enterprises.to_csv(folder / "enterprises.csv", index=False, quoting=csv.QUOTE_ALL)
    linkages.to_csv(folder / "linkages.csv", index=False, quoting=csv.QUOTE_ALL)
    pd.concat([ledger, offers]).to_csv(folder / "resources.csv", index=False, quoting=csv.QUOTE_ALL)
    (folder / "study.toml").write_text(f"title = '''{title}'''\n", encoding="utf-8")


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Every page of a result, of a public edition and of one for partners: of hostile texts, and of harmless ones."""
    made = {}
    place = tmp_path_factory.mktemp("pages")
    for kind in ("hostile", "harmless"):
        texts = HOSTILE if kind == "hostile" else [f"text {number:02d}" for number in range(len(HOSTILE))]
        home = place / kind
        home.mkdir()
        write_hostile(home / "survey", texts, HOSTILE[6] if kind == "hostile" else texts[6])
        out = str(home / "result")
        assert main(["study", str(home / "survey"), "--out", out, *QUICK, "--lang", "en,ar"]) == 0
        for profile in ("public", "partners"):
            target = str(home / profile)
            assert (
                main(
                    [
                        "publish",
                        out,
                        "--out",
                        target,
                        "--profile",
                        profile,
                        "--key",
                        str(home / f"{profile}.key"),
                        "--lang",
                        "en,ar",
                    ]
                )
                == 0
            )
        made[kind] = {path.relative_to(home).as_posix(): path for path in sorted(home.rglob("*.html"))}
    assert list(made["hostile"]) == list(made["harmless"])
    return made


def kinds(page) -> set[str]:
    """Return the attributes of every kind of element that a page has."""
    script = (
        "() => [...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames().map(n => e.localName + ' ' + n))"
    )
    return set(page.evaluate(script))


NAMES = (
    "result/report.html",
    "result/report.ar.html",
    "result/map.html",
    "public/report.html",
    "public/report.ar.html",
    "partners/report.html",
    "partners/report.ar.html",
)


@pytest.mark.slow
def test_G09_no_page_is_left_out(pages):
    assert set(pages["hostile"]) == set(NAMES)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_C15_G07_G09_nothing_of_a_survey_comes_alive_on_any_page(browser, pages, name):
    hostile, trouble = opened(browser, pages["hostile"][name])
    harmless, further = opened(browser, pages["harmless"][name])
    # Requests, dialogs, errors, and whatever the policy of the page has forbidden.
    assert trouble == further == []
    # Odd texts may be told of in further rows; what they may not do is to bring an element or an attribute of their own.
    assert kinds(hostile) == kinds(harmless)
    counted = ["a", "base", "form", "iframe", "img", "link", "meta", "script", "style"]
    assert elements(hostile).reindex(counted).to_dict() == pytest.approx(
        elements(harmless).reindex(counted).to_dict(), nan_ok=True
    )
    for page in (hostile, harmless):
        assert page.evaluate("typeof window.MathJax") == "undefined"
        assert (
            page.evaluate("document.querySelectorAll('a[href^=javascript], iframe, object, embed, base').length") == 0
        )


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_G07_G08_every_page_forbids_what_it_does_not_need_and_tells_nothing_of_the_machine(pages, name):
    text = pages["harmless"][name].read_text(encoding="utf-8")
    policy = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    assert policy is not None
    rules = dict(part.strip().split(" ", 1) for part in policy[1].split(";") if part.strip())
    assert rules["default-src"] == "'none'"
    assert set(rules) <= {"default-src", "script-src", "style-src", "img-src", "font-src", "base-uri", "form-action"}
    assert not re.search(r"https?:|\*|'unsafe-eval'", policy[1])
    assert not re.search(r"""(?:src|href|action|srcset|poster)\s*=\s*["']?\s*(?:https?:)?//""", text, re.IGNORECASE)
    assert not re.search(r"url\(\s*['\"]?(?:https?:)?//|@import", text)
    # The drawing library has addresses for kinds of maps that are not drawn; the policy forbids each of them.
    own = "".join(part for part in re.split("</?script[^>]*>", text) if len(part) < 1_000_000)
    assert "</html>" in own
    assert not re.search("cdn[.]|share chart|plotly cloud|chart studio", own, re.IGNORECASE)
    home = str(pages["harmless"][name].parents[1])
    assert home not in text
    assert str(Path.home() / "") not in text
    assert not re.search(r"(?:/home|/Users|/root|C:\\\\Users)[/\\]", text)
    assert len(getpass.getuser()) < 6 or getpass.getuser() not in text


@pytest.mark.slow
def test_G08_no_file_of_a_result_tells_whose_machine_it_was(pages, monkeypatch):
    result = pages["harmless"]["result/map.html"].parent
    for path in sorted(result.rglob("*")):
        data = path.read_bytes()
        assert str(result.parent).encode() not in data, path.name
        assert str(Path.home() / "x").encode()[:-1] not in data, path.name
