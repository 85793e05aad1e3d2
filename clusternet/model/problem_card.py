"""The card of one problem code: what it means, how it looks, what to do."""

from __future__ import annotations

from dataclasses import dataclass

from clusternet.messages import translate


@dataclass(frozen=True)
class ProblemCard:
    """What a code of a problem stands for.

    Parameters
    ----------
    name : str
        The code, such as ``"A14"``; it never changes its meaning.
    title : str
        What is wrong, in a few words.
    meaning : str
        What that is, and what clusternet makes of it.
    remedy : str
        What to do.
    example : str
        Input that has the problem, as it stands in a file; the same in every language.
    file : str
        The file of a survey in the contract's tables where the example stands as the whole content; empty where the
        example is a part or only describes what no text can hold.
    """

    name: str
    title: str
    meaning: str
    remedy: str
    example: str
    file: str = ""

    def as_dict(self, language: str = "en") -> dict[str, str]:
        """Return the card as plain data, its sentences in a language."""
        return {
            "code": self.name,
            "title": translate(self.title, language),
            "meaning": translate(self.meaning, language),
            "remedy": translate(self.remedy, language),
            "example": self.example,
            "file": self.file,
        }
