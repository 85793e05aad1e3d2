"""The pages in a browser without any connection: nothing is asked for, nothing in a name comes alive."""

import numpy as np
import pandas as pd
import pytest
from small_town import small_scores

from clusternet.draw import draw_map
from clusternet.messages import LANGUAGES
from clusternet.model import Layer, Network, Partition, Scores, Settings
from clusternet.report import write_map, write_report

#: FAULTS C14 to C17.
NASTY = (
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "@SUM",
    "\tlead",
    "\rlead",
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    '"><img src=x onerror=alert(3)>',
    "`${alert(4)}`",
    r"\href{javascript:alert(5)}{x}",
    r"$\href{javascript:alert(6)}{x}$",
    "$x$",
    "../../etc/passwd",
    "CON",
    "a/b",
    "x" * 300,
    ".",
    "🪑🪚",
    r"\\server\share",
    "y" * 100_000,
    "%{x} {{ 7*7 }} {name} %s &lt;b&gt; <b>bold</b>",
    "\u202eright to left",
    "</style><style>body{display:none}</style>",
    "<a href='javascript:alert(7)'>link</a>",
)
PLAIN = tuple(f"name {place}" for place in range(len(NASTY)))


def town(texts: tuple[str, ...]) -> tuple[Network, Partition]:
    """A ring of enterprises whose every text field holds one of the texts."""
    count = len(texts)
    ids = [f"{place:02d}{text[:40]}" for place, text in enumerate(texts)]
    enterprises = pd.DataFrame(
        dict.fromkeys(("name", "name_alt", "sector", "stage", "place"), texts) | {"enterprise_id": ids}
    )
    resources = pd.DataFrame(
        {
            "enterprise_id": [*ids, *ids],
            "resource": [*texts, *(texts[1:] + texts[:1])],
            "role": ["need"] * count + ["offer"] * count,
            "unit": [*(text[:30] for text in texts), *(text[:30] for text in texts[1:] + texts[:1])],
        }
    )
    layers = (Layer(texts[6], texts[8], directed=True, sentence=texts[7]),)
    linkages = pd.DataFrame({"source": [*ids, ids[0]], "target": [*ids[1:], ids[0], texts[9]], "layer": texts[6]})
    settings = Settings(title=texts[7], boundary=texts[8])
    network = Network.from_tables(
        enterprises, linkages, resources.assign(unit="unit"), settings=settings, layers=layers
    )
    order = {identifier: place for place, identifier in enumerate(ids)}
    half = [int(order[identifier] >= count // 2) for identifier in network.enterprise_ids]
    return network, Partition(network.enterprise_ids, np.array(half))


def opened(browser, path, width=1200, **options):
    """Open a file; return the page and everything that went wrong or was asked for. At most two pages stay open."""
    for earlier in browser.contexts[:-1]:
        earlier.close()
    context = browser.new_context(viewport={"width": width, "height": 800}, **options)
    context.set_offline(True)
    page = context.new_page()
    trouble = []
    page.on("console", lambda message: trouble.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("dialog", lambda dialog: (trouble.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda request: trouble.append(request.url) if request.url != path.as_uri() else None)
    page.goto(path.as_uri())
    if path.name == "map.html":
        page.wait_for_selector("html[data-ready]")
    if path.name == "figure.html":
        page.wait_for_selector("#clusternet-map .legend")
    return page, trouble


def elements(page):
    """Count the elements of a page by name; scripts and styles of plotly's own included."""
    script = "() => [...document.querySelectorAll('*')].map(e => e.localName).sort().join(' ')"
    return pd.Series(page.evaluate(script).split()).value_counts()


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """The same town, once with nasty and once with plain texts."""
    made = {}
    for name, texts in (("nasty", NASTY), ("plain", PLAIN)):
        network, partition = town(texts)
        given = small_scores()
        rows = given.table.assign(note=[texts[6]] * len(given.table))
        out = tmp_path_factory.mktemp(name) / "out"
        made[name] = write_report(
            network, partition, Scores(rows, given.cards), out=out, languages=("en", "ar"), command=texts[8]
        )
    return made


@pytest.mark.fault("C15", "G07", "G09")
@pytest.mark.parametrize("name", ["report.html", "report.ar.html"])
def test_no_text_of_a_survey_comes_alive_in_a_report(browser, reports, name):
    nasty, trouble = opened(browser, reports["nasty"] / name)
    plain, further = opened(browser, reports["plain"] / name)
    assert trouble == further == []
    # Drawings leave out names that find no room, so the count of their texts depends on how long the names are.
    pd.testing.assert_series_equal(
        elements(nasty).drop("text").sort_index(), elements(plain).drop("text").sort_index(), check_index=True
    )
    assert "<script>alert(1)</script>" in nasty.text_content("#cluster-0")


@pytest.mark.fault("C15", "G07", "G09")
def test_no_text_of_a_survey_comes_alive_on_the_map(browser, reports):
    page, trouble = opened(browser, reports["nasty"] / "map.html")
    for place in range(len(NASTY)):
        page.evaluate("i => clusternet.set({selected: {kind: 'node', index: i}})", place)
    page.evaluate("clusternet.set({selected: {kind: 'cluster', index: 0}})")
    page.evaluate("clusternet.paint.toSvg(); clusternet.downloads.nodeTable(); clusternet.downloads.linkTable()")
    assert page.evaluate("document.querySelectorAll('img, a[href^=javascript], svg a, foreignObject').length") == 0
    assert page.evaluate("typeof window.MathJax") == "undefined"
    titles = page.evaluate("[...document.querySelectorAll('.modebar-btn')].map(e => e.dataset.title || '').join(' ')")
    assert titles
    assert "Share" not in titles
    assert "cloud" not in titles.lower()
    assert trouble == []


@pytest.mark.fault("C17")
def test_a_name_of_any_length_is_cut_on_the_card_and_whole_in_the_report(browser, reports):
    page, _ = opened(browser, reports["nasty"] / "map.html")
    page.evaluate("clusternet.set({selected: {kind: 'node', index: 20}})")
    assert len(page.inner_text("#card h2")) <= 120
    assert "y" * 100_000 in (reports["nasty"] / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize(
    ("kind", "name"), [("nasty", "report.html"), ("plain", "report.ar.html"), ("nasty", "map.html")]
)
def test_no_page_is_wider_than_its_window(browser, reports, kind, name, width):
    page, trouble = opened(browser, reports[kind] / name, width=width)
    assert page.evaluate("document.scrollingElement.scrollWidth <= window.innerWidth")
    assert trouble == []


def test_the_report_has_landmarks_captions_and_a_skip_link(browser, reports):
    page, _ = opened(browser, reports["plain"] / "report.html")
    for landmark in ("header", "main", "footer", "nav[aria-label]", "a.skip[href='#main']"):
        assert page.locator(landmark).count() == 1
    assert page.locator("table").count() == page.locator("table > caption").count()
    assert page.locator("svg[role=img]").count() == page.locator("svg[role=img][aria-label]").count() > 0
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_contrast_of_texts_is_enough(browser, reports, scheme):
    page, _ = opened(browser, reports["plain"] / "report.html", color_scheme=scheme)
    colours = page.evaluate(
        "() => { const s = getComputedStyle(document.documentElement);"
        " return Object.fromEntries(['paper','ink','quiet','band','link','accent','warn-paper','warn-ink']"
        ".map(n => [n, s.getPropertyValue('--' + n).trim()])); }"
    )
    pairs = [("ink", "paper"), ("quiet", "paper"), ("quiet", "band"), ("link", "paper"), ("link", "band")]
    for text, ground in [*pairs, ("accent", "paper"), ("ink", "band"), ("warn-ink", "warn-paper")]:
        assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.1."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    linear = np.where(parts <= 0.03928, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


@pytest.mark.fault("G07")
def test_a_figure_is_written_as_a_page_in_every_language(browser, tmp_path, network, partition):
    for language, direction in LANGUAGES.items():
        path = tmp_path / language / "figure.html"
        path.parent.mkdir()
        write_map(draw_map(network, partition, language=language), path, title="A </title> town", language=language)
        page, trouble = opened(browser, path)
        assert page.evaluate("document.documentElement.dir") == direction
        assert page.title() == "A </title> town"
        visible = "[...document.getElementById('clusternet-map').data].filter(t => t.visible === 'legendonly').length"
        page.locator(".legend2toggle").first.click()
        page.wait_for_function(f"() => {visible} === 2")  # the lines and the evidence in their middle
        assert trouble == []


def test_numbers_read_from_left_to_right_in_arabic_tables(browser, reports):
    page, trouble = opened(browser, reports["plain"] / "report.ar.html")
    directions = page.evaluate("[...document.querySelectorAll('td.num')].map(cell => getComputedStyle(cell).direction)")
    assert directions
    assert set(directions) == {"ltr"}
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    assert trouble == []
