"""What was painted and when: the frames that Chromium's compositor hands out, and what can be seen in them."""

from __future__ import annotations

import asyncio
import base64
import io
import time
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

#: A pixel has changed when one of its colours differs by more than this (JPEG itself moves them a little).
_DIFFERENCE = 40
_QUALITY = 85

Box = tuple[int, int, int, int]
Pixels = NDArray[np.int16]


class Frame(NamedTuple):
    """One painted frame: seconds since 1970 when it was swapped to the screen, and its JPEG."""

    at: float
    data: str


class Screencast:
    """All frames of a page since it was started.

    Parameters
    ----------
    session : CDPSession
        A session with the page.
    """

    def __init__(self, session: Any) -> None:
        self.frames: list[Frame] = []
        self.last = time.monotonic()
        self._session, self._waiting = session, set()
        session.on("Page.screencastFrame", self._take)

    async def start(self) -> None:
        """Ask for every frame from now on."""
        await self._session.send("Page.startScreencast", {"format": "jpeg", "quality": _QUALITY, "everyNthFrame": 1})

    def _take(self, event: dict[str, Any]) -> None:
        self.frames.append(Frame(event["metadata"]["timestamp"], event["data"]))
        self.last = time.monotonic()
        sent = asyncio.ensure_future(self._acknowledge(event["sessionId"]))
        self._waiting.add(sent)
        sent.add_done_callback(self._waiting.discard)

    async def _acknowledge(self, number: int) -> None:
        # A page that is closing meanwhile has nobody left who waits for the acknowledgement.
        await asyncio.gather(
            self._session.send("Page.screencastFrameAck", {"sessionId": number}), return_exceptions=True
        )

    async def quiet(self, seconds: float, limit: float) -> bool:
        """Wait until nothing was painted for some seconds; return whether that came before the limit (seconds)."""
        end = time.monotonic() + limit
        self.last = time.monotonic()
        while time.monotonic() < end:
            if time.monotonic() - self.last >= seconds:
                return True
            await asyncio.sleep(0.02)
        return False


def pixels(frame: Frame, box: Box) -> Pixels:
    """Return the pixels of a frame within a box (left, top, right, bottom), shape (height, width, 3)."""
    image = Image.open(io.BytesIO(base64.b64decode(frame.data))).convert("RGB")
    return np.asarray(image.crop(box), dtype=np.int16)


def ink(shown: Pixels) -> int:
    """Return how many pixels differ from the ground, which is the most frequent colour."""
    packed = (shown[..., 0].astype(np.int64) << 16) | (shown[..., 1].astype(np.int64) << 8) | shown[..., 2]
    colours, counts = np.unique(packed, return_counts=True)
    ground = int(colours[counts.argmax()])
    return changed(shown, np.array([ground >> 16, ground >> 8 & 255, ground & 255], dtype=np.int16))


def changed(one: Pixels, other: Pixels) -> int:
    """Return how many pixels differ."""
    return int((np.abs(one - other).max(axis=-1) > _DIFFERENCE).sum())


def first_with_half(amounts: list[int]) -> int | None:
    """Return the place of the first amount that is at least half of the last one; None when the last one is 0."""
    if not amounts or amounts[-1] == 0:
        return None
    return next(place for place, amount in enumerate(amounts) if 2 * amount >= amounts[-1])
