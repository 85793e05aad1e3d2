"""The map's page in a browser without any connection and without WebGL: one page, used as its readers use it."""

import csv
import io
import xml.etree.ElementTree as ET

import pandas as pd
import pytest

from clusternet.draw import map_payload
from clusternet.model import Network, Partition
from clusternet.report.map_page import study_map_page

NAMES = {
    "a": "أحمد للأثاث",
    "b": "إيمان وأولادها",
    "c": "Café Élégant",
    "d": "=1+1",
    "e": "<img src=x onerror=alert(1)>",
}


def town():
    enterprises = pd.DataFrame(
        {
            "enterprise_id": list("abcdefgh"),
            "name": [NAMES.get(key, f"Firm {key}") for key in "abcdefgh"],
            "stage": ["sawing"] * 4 + ["joinery"] * 4,
            "workers": [1, 2, 3, 4, 5, 6, 7, None],
            "latitude": [31.0 + step / 100 for step in range(8)],
            "longitude": [35.0 + step / 100 for step in range(8)],
        }
    )
    rows = [("a", "b"), ("b", "c"), ("c", "d"), ("d", "a"), ("e", "f"), ("f", "g"), ("g", "h"), ("h", "e"), ("a", "e")]
    linkages = pd.DataFrame(rows, columns=["source", "target"]).assign(
        layer=["supply"] * 5 + ["stock"] * 4, weight=[float(step) for step in range(1, 10)]
    )
    network = Network.from_tables(enterprises, linkages)
    return network, Partition.from_labels(network.enterprise_ids, [0] * 4 + [1] * 4)


@pytest.fixture(scope="module", params=["en", "ar"])
def opened(browser, request, tmp_path_factory):
    """The page in one language, with everything that went wrong or was asked for."""
    network, partition = town()
    path = tmp_path_factory.mktemp(request.param) / "map.html"
    path.write_text(study_map_page(map_payload(network, partition, language=request.param)), encoding="utf-8")
    context = browser.new_context(viewport={"width": 1200, "height": 900}, accept_downloads=True)
    context.set_offline(True)
    page = context.new_page()
    trouble = []
    page.on("console", lambda message: trouble.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("dialog", lambda dialog: (trouble.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda asked: trouble.append(asked.url) if asked.url.split("#")[0] != path.as_uri() else None)
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]")
    yield page, trouble
    context.close()


@pytest.fixture
def page(opened):
    page, trouble = opened
    page.evaluate("clusternet.filters.reset(); clusternet.set({view: 'network', open: null})")
    settled(page)
    page.evaluate("clusternet.frame.fit(); window.scrollTo(0, 0)")
    settled(page)
    page.mouse.move(5, 5)
    yield page
    assert trouble == []


def settled(page):
    page.evaluate("clusternet.stage.settled().then(() => clusternet.paint.draw())")


def where(page, index):
    """Where an enterprise stands on the screen."""
    return page.evaluate(
        "i => { const [x, y] = clusternet.frame.project(clusternet.data.nodes.x[i], clusternet.data.nodes.y[i]);"
        " const box = document.getElementById('stage').getBoundingClientRect(); return [box.left + x, box.top + y]; }",
        index,
    )


@pytest.mark.parametrize(
    ("typed", "found"),
    [("احمد", "أحمد للأثاث"), ("ايمان واولادهٰا", "إيمان وأولادها"), ("cafe elegant", "Café Élégant"), ("G", "Firm g")],
)
def test_search_finds_names_however_they_are_typed(page, typed, found):
    page.fill("#search", typed)
    assert found in page.locator("[role=option] bdi").first.inner_text()
    page.press("#search", "Enter")
    assert page.inner_text("#card h2") == found
    assert page.evaluate("document.activeElement.id") == "card"
    page.keyboard.press("Escape")
    assert page.locator("#card").is_hidden()
    assert page.evaluate("document.activeElement.id") == "search"
    page.fill("#search", "")


def test_filters_change_map_table_and_counts_alike(page):
    boxes = page.locator("#panel details").first.locator("input[type=checkbox]")
    boxes.first.uncheck()
    settled(page)
    shown = page.evaluate("[clusternet.shown.nodes, clusternet.shown.links]")
    assert shown in ([8, 4], [8, 5])
    assert f" {shown[1]} " in page.inner_text("#count").replace("و", " ") + " "
    page.get_by_role("button", name=page.evaluate("clusternet.word('linkages')"), exact=True).click()
    assert page.locator("#table tbody tr").count() == shown[1]
    page.click("#reset")
    page.get_by_role("button", name=page.evaluate("clusternet.word('enterprises')"), exact=True).click()
    page.evaluate("clusternet.set({ranges: {workers: [3, 5]}})")
    settled(page)
    assert page.locator("#table tbody tr").count() == 3 == page.evaluate("clusternet.shown.nodes")


def test_the_pointer_lights_partners_and_a_click_opens_the_card(page):
    before = page.evaluate("clusternet.timings.highlight.length")
    page.mouse.move(*where(page, 0))
    page.wait_for_function("() => clusternet.state.hover?.kind === 'node'")
    assert page.evaluate("clusternet.state.hover.index") == 0
    assert page.evaluate("clusternet.timings.highlight.length") == before + 1
    assert NAMES["a"] in page.inner_text(".tooltip")
    page.mouse.click(*where(page, 0))
    assert NAMES["a"] in page.inner_text("#card")
    assert page.locator("#card .lines li").count() >= 3
    page.locator("#card .lines button.link").first.click()
    assert page.inner_text("#card h2") != NAMES["a"]


def test_everything_by_keyboard(page):
    page.focus("#stage")
    page.keyboard.press("ArrowRight")
    first = page.evaluate("clusternet.state.selected.index")
    for key in ("ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown"):
        page.keyboard.press(key)
    assert page.evaluate("clusternet.state.selected.kind") == "node"
    assert page.locator("#stage .spoken").inner_text() != ""
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "card"
    page.keyboard.press("Escape")
    assert page.evaluate("clusternet.state.selected") is None
    assert first >= 0
    head = page.locator("#table thead button").nth(1)
    head.focus()
    page.keyboard.press("Enter")
    assert page.locator("#table thead th").nth(1).get_attribute("aria-sort") == "ascending"


def test_what_is_saved_is_what_is_shown(page):
    page.evaluate("clusternet.set({hiddenGroups: new Set([1])})")

    def saved(way):
        with page.expect_download() as waiting:
            page.select_option("#download", way)
        return waiting.value.path().read_bytes()

    rows = list(csv.DictReader(io.StringIO(saved("save_nodes").decode("utf-8-sig"))))
    assert [row["enterprise_id"] for row in rows] == list("abcd")
    assert rows[3]["name"] == "'=1+1"
    assert rows[0]["name"] == NAMES["a"]
    assert len(list(csv.DictReader(io.StringIO(saved("save_links").decode("utf-8-sig"))))) == 4
    drawing = ET.fromstring(saved("save_svg"))  # noqa: S314 (our own file)
    assert NAMES["a"] in "".join(drawing.itertext())
    from PIL import Image

    picture = Image.open(io.BytesIO(saved("save_png"))).convert("RGB")
    assert len(picture.getcolors(maxcolors=10**7)) > 20


def test_the_address_holds_the_state_and_broken_ones_are_passed_over(page):
    page.evaluate(
        "clusternet.set({colourBy: 'workers', ranges: {workers: [2, 6]}, selected: {kind: 'node', index: 2}})"
    )
    written = page.evaluate("clusternet.permalink.written()")
    page.click("#reset")
    # The address is written a little later; the same hash set twice would be no change at all.
    page.wait_for_function("() => location.hash === ''")
    page.evaluate("text => { location.hash = text; }", written)
    page.wait_for_function("() => clusternet.state.colourBy === 'workers'")
    assert page.evaluate("[clusternet.shown.nodes, clusternet.state.selected.index]") == [5, 2]
    page.evaluate("location.hash = 'view=moon&open=99&node=-1&in:zz=1_2&sizeBy=__proto__&layers=x.y&cluster=1e9'")
    page.wait_for_function("() => clusternet.state.colourBy === 'cluster'")
    assert page.evaluate("[clusternet.state.view, clusternet.state.open, clusternet.shown.nodes]") == [
        "network",
        None,
        8,
    ]


def test_views_of_places_and_clusters(page):
    for view in ("places", "clusters"):
        page.click(f"[data-view={view}]")
        settled(page)
        assert page.locator(f"[data-view={view}]").get_attribute("aria-pressed") == "true"
    page.focus("#stage")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    settled(page)
    assert page.evaluate("[clusternet.state.view, clusternet.state.open]") == ["network", 0]
    assert page.evaluate("clusternet.shown.nodes") == 5  # the four members and the partner of one of them
    page.click("#back")
    assert page.evaluate("clusternet.state.open") is None


def test_markup_in_names_stays_text(page):
    page.evaluate("clusternet.set({selected: {kind: 'node', index: 4}})")
    assert page.inner_text("#card h2") == NAMES["e"]
    assert page.locator("img").count() == 0
