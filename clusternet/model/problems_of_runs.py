"""Problems of a run itself: the disk, and files that change while a study works."""

from __future__ import annotations

from clusternet.messages import mark
from clusternet.model.problem_card import ProblemCard

CARDS = (
    ProblemCard(
        "F02",
        mark("Stages cannot be kept"),
        mark("The disk is full or the folder cannot be written, so a run that is stopped would begin anew."),
        mark("Nothing has to be done for the result. Make room, or name another folder with --cache."),
        "my-report.stages",
    ),
    ProblemCard(
        "F09",
        mark("Input changed while working"),
        mark("A file of the survey is not the one that was read at the start, so the result would belong to neither."),
        mark("Close the file in other programs, wait until it is copied whole, and run the study again."),
        "linkages.csv",
    ),
    ProblemCard(
        "F14",
        mark("A kept stage is not used"),
        mark(
            "What an earlier run left is damaged or of another version; it is computed again, the result is the same."
        ),
        mark("Nothing has to be done; clusternet cache DIR --clear empties the folder."),
        "scores-3f2a.stage",
    ),
)
