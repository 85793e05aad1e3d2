"""An accessibility checker (axe-core) over the map and the report: no serious violation in any language or colours.

axe-core comes with the package axe-playwright-python (a test dependency), and is put into the page by the browser's
driver: the pages themselves carry none of it, and their security policy stays as it is.
"""

from importlib.util import find_spec
from pathlib import Path

import pytest

from clusternet.report import write_report

_FOUND = find_spec("axe_playwright_python")
pytestmark = pytest.mark.skipif(
    _FOUND is None, reason="axe-playwright-python, which carries axe-core, is not installed"
)
_RUN = """async () => {
  const found = await axe.run(document, {resultTypes: ['violations']});
  return found.violations.map(rule => [rule.impact, rule.id, rule.nodes.slice(0, 3).map(node => node.html.slice(0, 160)
    + ' :: ' + (node.any[0] || node.all[0] || node.none[0] || {message: ''}).message.slice(0, 160))]);
}"""


def checker() -> str:
    """The source of axe-core."""
    assert _FOUND is not None
    assert _FOUND.origin is not None
    return (Path(_FOUND.origin).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path, network, partition, scores):
    return write_report(network, partition, scores, out=tmp_path / "out", languages=("en", "ar"))


def violations(context, path, script):
    """Return the serious violations of a page, after its first picture."""
    page = context.new_page()
    page.goto(path.as_uri())
    if path.name.startswith("map"):
        page.wait_for_selector("html[data-ready='1']")
        # The card of an enterprise is part of what is checked.
        page.evaluate("clusternet.set({selected: {kind: 'node', index: 0}})")
        page.wait_for_selector("#card:not([hidden])")
    page.evaluate(script)
    found = page.evaluate(_RUN)
    page.close()
    return [rule for rule in found if rule[0] in ("serious", "critical")]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (390, "dark"),
        (1200, "light"),
        pytest.param(390, "light", marks=pytest.mark.slow),
        pytest.param(1200, "dark", marks=pytest.mark.slow),
    ],
)
def test_no_page_has_a_serious_violation(browser, folder, scheme, width):
    script = checker()
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    context.set_offline(True)
    pages = sorted(path for path in folder.glob("*.html"))
    assert len(pages) >= 3
    found = {path.name: wrong for path in pages if (wrong := violations(context, path, script))}
    context.close()
    assert found == {}


def test_the_checker_finds_what_is_wrong(browser):
    page = browser.new_page()
    page.set_content("<html><body><img src='data:,'><p style='color:#ccc;background:#fff'>pale</p></body></html>")
    page.evaluate(checker())
    rules = {rule[1] for rule in page.evaluate(_RUN)}
    page.close()
    assert {"image-alt", "color-contrast"} <= rules
