"""The metric table of the README, made from the cards: ``python -m tests.readme_table`` writes it anew."""

from pathlib import Path

from clusternet.metrics import METRICS
from clusternet.model.scores import SCORE_FAMILIES

README = Path(__file__).parents[1] / "README.md"
START, END = '<!-- metrics: made by "python -m tests.readme_table"; a test keeps it whole -->\n', "<!-- /metrics -->"
ARROWS = {"higher": "↑", "lower": "↓", "neither": ""}


def table() -> str:
    """Return the table as Markdown, one row per metric."""
    lines = ["| family | key | | what it says |", "|---|---|---|---|"]
    for metric in METRICS.values():
        card = metric.card
        key = f"{card.name}:<layer>" if card.per_layer else card.name
        lines.append(f"| {SCORE_FAMILIES[card.family]} | `{key}` | {ARROWS[card.better]} | {card.sentence} |")
    return "\n".join(lines) + "\n"


def text_with_table(text: str) -> str:
    """Return the README with the table in its place."""
    return text[: text.index(START) + len(START)] + table() + text[text.index(END) :]


if __name__ == "__main__":
    README.write_text(text_with_table(README.read_text(encoding="utf-8")), encoding="utf-8")
