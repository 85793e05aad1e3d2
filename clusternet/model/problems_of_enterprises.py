"""Codes C01 to C19: what can be wrong with the register of enterprises."""

from __future__ import annotations

from clusternet.messages import mark
from clusternet.model.problem_card import ProblemCard

CARDS = (
    ProblemCard(
        "C01",
        mark("An enterprise twice, word for word"),
        mark("The row repeats another one, or was decided to be the same enterprise; one of them is left out."),
        mark("Nothing has to be done."),
        "enterprise_id,name\nE1,Cedar Doors\nE1,Cedar Doors\nE2,Oak Tables\nE3,Beech Chairs\n",
        "enterprises.csv",
    ),
    ProblemCard(
        "C02",
        mark("An id twice, with different values"),
        mark("Two rows have one id and contradict each other; nobody can tell which is right."),
        mark("Keep one of the two rows, or give the other enterprise its own id."),
        "enterprise_id,name\nE1,Cedar Doors\nE1,Cedar Windows\nE2,Oak Tables\nE3,Beech Chairs\n",
        "enterprises.csv",
    ),
    ProblemCard(
        "C03",
        mark("A partner's name that several enterprises bear"),
        mark("The row names a partner in words, and more than one enterprise has that name; it stays outside."),
        mark("Write the id of the one that is meant in place of the name."),
        "enterprise_id,name\nE1,Al Noor\nE2,Al Noor\nE3,Beech Chairs\n + linkages.csv: E3,Al Noor,supply",
    ),
    ProblemCard(
        "C04",
        mark("Partners named in words"),
        mark("Names were found in the register and taken for its enterprises, or are like one and were not taken."),
        mark("Look through them with: clusternet match SURVEY --out review.xlsx"),
        "source,target,layer\nE1,Oak Tables,supply\n",
        "linkages.csv",
    ),
    ProblemCard(
        "C05",
        mark("Accents written in another form"),
        mark("One letter can be written as one sign or as two; both are read alike."),
        mark("Nothing has to be done."),
        "source,target,layer\nE1,Cafe\u0301,supply\n",
        "linkages.csv",
    ),
    ProblemCard(
        "C06",
        mark("Invisible signs or look-alike letters"),
        mark("Signs that nobody sees were taken out, or a word mixes letters of two alphabets that look the same."),
        mark("Type the cells named again, in letters of one alphabet."),
        "source,target,layer\nE1\u200b,E2,supply\n",
        "linkages.csv",
    ),
    ProblemCard(
        "C07",
        mark("An enterprise without an id or a name"),
        mark("A row without an id cannot be linked. Without a name the id is shown instead."),
        mark("Give every enterprise its own id; clear rows that are not used."),
        "enterprise_id,name\nE1,Cedar Doors\n,Oak Tables\nE2,Beech Chairs\nE3,Elm Beds\n",
        "enterprises.csv",
    ),
    ProblemCard(
        "C11",
        mark("A place that cannot be right"),
        mark(
            "Latitude and longitude are swapped, out of range, 0 and 0, only half there, or outside the study's bounds."
        ),
        mark("Correct the two numbers; leave both empty where the place is not known."),
        "enterprise_id,name,latitude,longitude\nE1,Cedar Doors,95,10\nE2,Oak Tables,0,0\nE3,Beech Chairs,30,31\n",
        "enterprises.csv",
    ),
    ProblemCard(
        "C12",
        mark("A number that cannot be right"),
        mark("The cell holds no number, a band such as 10-49, a negative or an impossible number of people."),
        mark("Write one number, or leave the cell empty where it is not known; declare bands below [mapping.bands]."),
        "enterprise_id,name,workers\nE1,Cedar Doors,10-49\nE2,Oak Tables,-5\nE3,Beech Chairs,4\n",
        "enterprises.csv",
    ),
    ProblemCard(
        "C13",
        mark("A sector that is no code of ISIC Rev.4"),
        mark("The code is not known, is of another classification, or was read from words."),
        mark("Correct the code, or declare the classification: sectors in study.toml."),
        "enterprise_id,name,sector\nE1,Cedar Doors,9999x\nE2,Oak Tables,3100\nE3,Beech Chairs,3100\n",
        "enterprises.csv",
    ),
    ProblemCard(
        "C17",
        mark("A name that is far too long"),
        mark("No name is that long; most often a quote was not closed."),
        mark("Shorten the name, or close its quote."),
        "E1,xxxxx… (100,000 ×)",
    ),
    ProblemCard(
        "C18",
        mark("Somebody who is not in the register"),
        mark(
            "An end of a linkage, a reporter, or the owner of a need or an offer is not in the register. "
            "A partner only named by others is kept outside."
        ),
        mark("Correct the id, or add the enterprise to the register (--add-missing adds them as not registered)."),
        "source,target,layer\nE7,E8,supply\n",
        "linkages.csv",
    ),
    ProblemCard(
        "C19",
        mark("Enterprises without any linkage"),
        mark("Nobody named them and they named nobody; they stay in the study, in no cluster."),
        mark("Nothing has to be done; check that their answers were not lost."),
        "source,target,layer\nE1,E2,supply\n",
        "linkages.csv",
    ),
)
