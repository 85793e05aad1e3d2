"""Open one page in Chromium without any connection, and measure what a reader sees.

``python -m benchmarks.maps.watch TOOL GRAPH PAGE LIMIT [--without-webgl] [--hover]``. Everything is
measured in the frames that are painted: the first picture is the first frame with half of what is drawn in the end;
a highlight is the first frame with half of the change that a mouse move brings in the end.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import statistics
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from playwright.async_api import Page, async_playwright

from benchmarks.maps.frames import Box, Screencast, changed, first_with_half, ink, pixels
from benchmarks.maps.graphs import Graph
from benchmarks.maps.makers import HEIGHT, WIDTH
from benchmarks.maps.positions import PICTURES

#: Without a graphics card WebGL is computed by the processor; without this line Chromium has none at all.
_SOFTWARE_WEBGL = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist")
_ARGUMENTS = ("--no-sandbox", "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND")
#: Nodes that the mouse comes to; seconds without a new frame after which a picture counts as finished.
HOVERED, SETTLED = 9, 1.0
#: Seconds that a page at rest is watched before it counts as blank: a browser just started may paint its ground and
#: rest for a second before it runs the page's scripts.
PATIENCE = 25.0
#: Pixels that have to change (or be drawn), so that it counts.
_LEAST = 12
_PARKED, _NEAR = (3, 3), 14
_CLOCK = """() => { window.__moved = 0;
  window.addEventListener('mousemove',
    event => { window.__moved = performance.timeOrigin + event.timeStamp; }, true); }"""
_TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))"


class UnfinishedErrorError(Exception):
    """The page did not come to an end within the limit."""


async def within(waited: Any, end: float) -> Any:
    """Await something until a moment of the monotonic clock; raise UnfinishedErrorError when it takes longer."""
    try:
        return await asyncio.wait_for(waited, max(end - time.monotonic(), 0.01))
    except TimeoutError as error:
        raise UnfinishedErrorError from error


async def settle(page: Page, cast: Screencast, end: float) -> None:
    """Wait until the page answers and nothing more is painted."""
    while True:
        await within(page.evaluate(_TWO_FRAMES), end)
        if await cast.quiet(SETTLED, min(SETTLED + 0.5, max(end - time.monotonic(), 0.01))):
            return
        if time.monotonic() > end:
            raise UnfinishedErrorError


async def picture_box(page: Page, tool: str, end: float) -> Box | None:
    """Return the inner part of the picture, so that neither buttons nor legends at its borders count."""
    query = "selector => { const box = (document.querySelector(selector) || document.body).getBoundingClientRect();"
    found = await within(
        page.evaluate(query + " return [box.left, box.top, box.right, box.bottom]; }", PICTURES[tool].selector), end
    )
    left, top = max(found[0], 0), max(found[1], 0)
    right, bottom = min(found[2], WIDTH), min(found[3], HEIGHT)
    if right - left < 50 or bottom - top < 50:
        return None
    across, down = 0.12 * (right - left), 0.12 * (bottom - top)
    return int(left + across), int(top + down), int(right - across), int(bottom - down)


async def first_picture(page: Page, cast: Screencast, tool: str, end: float) -> dict[str, Any]:
    """Return the seconds from the call of the page to the first picture, and how much is drawn in the end."""
    began = await within(page.evaluate("performance.timeOrigin"), end) / 1000
    await within(page.wait_for_load_state("load"), end)
    patience = min(time.monotonic() + PATIENCE, end)
    while True:
        await settle(page, cast, end)
        box = await picture_box(page, tool, end)
        drawn = [] if box is None else [ink(pixels(frame, box)) for frame in cast.frames]
        place = first_with_half(drawn)
        if box is not None and place is not None and drawn[-1] >= _LEAST:
            break
        if time.monotonic() > patience:
            return {"picture": "blank"}
    seconds = round(cast.frames[place].at - began, 3)
    return {"picture": "seen", "first_picture_s": seconds, "ink": drawn[-1], "box": box}


async def targets(page: Page, tool: str, graph: Graph, box: Box, end: float) -> list[tuple[float, float]]:
    """Return the points of some nodes that are well inside the picture."""
    chosen = np.random.default_rng(1).permutation(len(graph.x))[:400]
    names = graph.names
    given = [[names[place] for place in chosen], graph.x[chosen].tolist(), graph.y[chosen].tolist()]
    points = await within(page.evaluate(PICTURES[tool].points, given), end)
    inside = [
        (float(point[0]), float(point[1]))
        for point in points
        if point and box[0] < point[0] < box[2] and box[1] < point[1] < box[3]
    ]
    return inside[:HOVERED]


async def hovers(
    page: Page, cast: Screencast, points: list[tuple[float, float]], box: Box, end: float
) -> list[float | None]:
    """Return the milliseconds from each mouse move to its highlight; None where nothing changed."""
    await within(page.evaluate(_CLOCK), end)
    found: list[float | None] = []
    for x, y in points:
        await within(page.mouse.move(*_PARKED), end)
        # A real mouse is seen on its way; some tools only begin to listen when it has come near.
        await within(page.mouse.move(x + _NEAR, y + _NEAR), end)
        await cast.quiet(0.5, 5)
        cast.frames[:-1] = []
        await within(page.mouse.move(x, y), end)
        await within(page.evaluate(_TWO_FRAMES), end)
        await cast.quiet(0.7, 5)
        moved = await within(page.evaluate("window.__moved"), end) / 1000
        # What was painted before the move, such as a late answer to the way there, belongs to the picture before.
        earlier = [frame for frame in cast.frames if frame.at <= moved]
        after = [frame for frame in cast.frames if frame.at > moved]
        before = earlier[-1] if earlier else cast.frames[0]
        still = pixels(before, box)
        differing = [changed(pixels(frame, box), still) for frame in after]
        place = first_with_half(differing)
        seen = place is not None and differing[-1] >= _LEAST
        found.append(round(1000 * (after[place].at - moved), 1) if seen else None)
    return found


async def all_shown(page: Page, cast: Screencast, end: float) -> float:
    """Ask our page for all enterprises at once; return the seconds until they are drawn."""
    cast.frames[:-1] = []
    asked = await within(
        page.evaluate(
            "() => { const at = performance.timeOrigin + performance.now();"
            " window.clusternet.set({view: 'network'}); return at; }"
        ),
        end,
    )
    await settle(page, cast, end)
    box = (0, 0, WIDTH, HEIGHT)
    still = pixels(cast.frames[0], box)
    differing = [changed(pixels(frame, box), still) for frame in cast.frames]
    place = first_with_half(differing)
    return 0.0 if place is None else round(cast.frames[place].at - asked / 1000, 3)


async def watch(given: argparse.Namespace) -> dict[str, Any]:
    """Open the page and measure."""
    end = time.monotonic() + given.limit
    name = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    asked: list[str] = []
    failed: list[str] = []
    found: dict[str, Any] = {"picture": "did not finish"}
    async with async_playwright() as playwright:
        further = ("--disable-3d-apis",) if given.without_webgl else _SOFTWARE_WEBGL
        browser = await playwright.chromium.launch(
            executable_path=os.environ.get("CLUSTERNET_CHROMIUM") or name, args=[*_ARGUMENTS, *further]
        )
        context = await browser.new_context(viewport={"width": WIDTH, "height": HEIGHT})
        await context.set_offline(True)
        page = await context.new_page()
        page.on("request", lambda request: asked.append(request.url) if request.url.startswith("http") else None)
        page.on("pageerror", lambda error: failed.append(str(error)[:200]))
        cast = Screencast(await context.new_cdp_session(page))
        await cast.start()
        try:
            await within(page.goto(given.page.resolve().as_uri(), wait_until="commit", timeout=0), end)
            found.update(await first_picture(page, cast, given.tool, end))
            if given.hover and found["picture"] == "seen":
                found.update(await measured_hovers(page, cast, given, found.pop("box")))
        except UnfinishedErrorError:
            found["unfinished"] = True
        found.update(requests=len(asked), requested=sorted(set(asked))[:10], errors=failed[:3])
        print(json.dumps(found), flush=True)
        await browser.close()
    return found


async def measured_hovers(page: Page, cast: Screencast, given: argparse.Namespace, box: Box) -> dict[str, Any]:
    """Return what the mouse brings; the limit counts anew, for each of the two parts."""
    found: dict[str, Any] = {}
    graph = Graph.load(given.graph)
    if given.tool == "clusternet":
        found["first_ms_of_page"] = await page.evaluate("window.clusternet.timings.first")
        found["opening_view"] = await page.evaluate("window.clusternet.state.view")
        if found["opening_view"] != "network":
            found["all_shown_s"] = await all_shown(page, cast, time.monotonic() + given.limit)
    end = time.monotonic() + given.limit
    times = await hovers(page, cast, await targets(page, given.tool, graph, box, end), box, end)
    seen = [value for value in times if value is not None]
    found.update(hovers_ms=times, hovered=len(times), highlighted=len(seen))
    if 2 * len(seen) > len(times):
        found["highlight_ms"] = round(statistics.median(seen), 1)
    if given.tool == "clusternet":
        found["highlight_ms_of_page"] = await page.evaluate("window.clusternet.timings.highlight")
    return found


def main(given: list[str]) -> None:
    """Read the command line, measure, and print JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.maps.watch")
    parser.add_argument("tool", choices=PICTURES)
    parser.add_argument("graph", type=Path)
    parser.add_argument("page", type=Path)
    parser.add_argument("limit", type=float)
    parser.add_argument("--without-webgl", action="store_true")
    parser.add_argument("--hover", action="store_true")
    asyncio.run(watch(parser.parse_args(given)))


if __name__ == "__main__":
    main(sys.argv[1:])
