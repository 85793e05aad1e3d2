"""Reading ``study.toml``."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from clusternet.errors import InputError, Problem, ResourceError, shown
from clusternet.messages import mark
from clusternet.model.settings import Settings

SETTINGS_FILE = "study.toml"
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")


def read_settings(path: str | Path) -> Settings:
    """Read what a study declares about itself.

    Parameters
    ----------
    path : str or Path
        A ``study.toml``.

    Returns
    -------
    Settings
        The settings, defaults filled in.

    Raises
    ------
    InputError
        If the file is missing, is not TOML (naming the line), or holds keys or values that are not known.
    ResourceError
        If the file cannot be read for another reason.
    """
    return settings_from(content_of(path), Path(path).name)


def content_of(path: str | Path) -> bytes:
    """Return the bytes of a settings file, or raise the error that says why there are none."""
    try:
        return Path(path).read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError, ValueError) as error:
        template = mark('There is no settings file "{value}"; check the name and the folder.')
        problem = Problem("A01", "error", template, {"value": shown(path)}, file=shown(path), value=shown(path))
        raise InputError(mark("The settings cannot be read."), problems=[problem]) from error
    except OSError as error:
        raise ResourceError(
            mark('The file "{path}" cannot be read ({reason}); check its permissions and the disk.'),
            path=shown(path),
            reason=error.strerror or type(error).__name__,
        ) from error


def settings_from(data: bytes, name: str) -> Settings:
    """Return the settings that the bytes of a ``study.toml`` hold; see :func:`read_settings`."""
    try:
        parsed = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        template = mark("The file is not UTF-8 (byte {offset}); save it as UTF-8.")
        row = data.count(b"\n", 0, error.start) + 1
        raise _refused("A06", template, name, row, offset=error.start) from error
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        found = _AT_LINE.search(str(error))
        reason = _AT_LINE.sub("", str(error)).strip() or type(error).__name__
        template = mark('This is not TOML ({reason}); expected lines such as: title = "Furniture makers".')
        raise _refused("E09", template, name, int(found[1]) if found else None, reason=shown(reason)) from error
    return Settings.from_mapping(parsed, file=name)


def _refused(code: str, template: str, name: str, row: int | None, **values: object) -> InputError:
    problem = Problem(code, "error", template, values, file=name, row=row)
    return InputError(mark("The settings cannot be used as they stand."), problems=[problem])
