"""Codes of groups D and N: what can be wrong with linkages, needs, offers and recipes, and with who reported them."""

from __future__ import annotations

from clusternet.messages import mark
from clusternet.model.problem_card import ProblemCard

CARDS = (
    ProblemCard(
        "D01",
        mark("A weight that is missing"),
        mark("The cell is empty or holds a word such as NA; it does not say how strong the linkage is."),
        mark("Fill it in, or say what an empty cell means: missing_weight = 1 below [mapping] in study.toml."),
        "source,target,layer,weight\nE1,E2,supply,\nE2,E3,stock,2\n",
        "linkages.csv",
    ),
    ProblemCard(
        "D02",
        mark("A weight that is no number"),
        mark("The cell holds a text, or a number without end."),
        mark("Write one number such as 3 or 0.5."),
        "source,target,layer,weight\nE1,E2,supply,often\n",
        "linkages.csv",
    ),
    ProblemCard(
        "D03",
        mark("A negative weight"),
        mark("A linkage cannot be weaker than none. Rivalry is a layer of its own and has positive weights."),
        mark("Write a number of at least 0; put competitors into the layer rivalry."),
        "source,target,layer,weight\nE1,E2,supply,-1\n",
        "linkages.csv",
    ),
    ProblemCard(
        "D04",
        mark("Linkages of weight 0"),
        mark("They say that there is none, and are left out of the network."),
        mark("Nothing has to be done."),
        "source,target,layer,weight\nE1,E2,supply,0\nE2,E3,stock,1\n",
        "linkages.csv",
    ),
    ProblemCard(
        "D05",
        mark("Weights that differ too much"),
        mark("Beside the largest weight the smallest counts for nothing; often two units were mixed."),
        mark("Check the largest and the smallest weight, and convert them to one unit."),
        "source,target,layer,weight\nE1,E2,supply,1e13\nE2,E3,stock,0.5\n",
        "linkages.csv",
    ),
    ProblemCard(
        "D06",
        mark("An enterprise linked with itself"),
        mark("Such rows are left out of the network."),
        mark("Nothing has to be done; correct the partner where a slip of the pen is likely."),
        "source,target,layer\nE1,E1,supply\nE2,E3,stock\n",
        "linkages.csv",
    ),
    ProblemCard(
        "D07",
        mark("A linkage that one reporter named twice"),
        mark("The weights of the rows are added."),
        mark("Nothing has to be done unless the row was entered twice by mistake: then delete one."),
        "source,target,layer\nE1,E2,supply\nE1,E2,supply\n",
        "linkages.csv",
    ),
    ProblemCard(
        "D09",
        mark("Linkages that only one end reported"),
        mark('With ties = "intersection" they are left out where both ends answered.'),
        mark('Nothing has to be done; ties = "union" in study.toml keeps them.'),
        'ties = "intersection"',
    ),
    ProblemCard(
        "D10",
        mark("A word or a unit that is not known"),
        mark(
            "The layer, the role or the factor is none of the known words, or one resource is given in several units."
        ),
        mark("Use one of the words that the message lists, or declare the layer; convert a resource to one unit."),
        "source,target,layer\nE1,E2,gossip\n",
        "linkages.csv",
    ),
    ProblemCard(
        "D11",
        mark("A row without something that it needs"),
        mark("An end of a linkage, or another required cell, is empty."),
        mark("Fill the cell in, or drop the row."),
        "source,target,layer\nE1,,supply\n",
        "linkages.csv",
    ),
    ProblemCard(
        "D12",
        mark("A linkage at an impossible time"),
        mark("It began before one of its ends was founded, or after the survey."),
        mark("Correct the date of the linkage, or the year of foundation."),
        "since = 1990, founded = 2005",
    ),
    ProblemCard(
        "D13",
        mark("A hub"),
        mark(
            "One partner takes part in half of all linked pairs; "
            "a wholesaler or a bank says little about who belongs together."
        ),
        mark("Look at the clusters with and without it."),
        "source,target,layer\n" + "".join(f"E1,Shop {place},supply\n" for place in range(10)),
        "linkages.csv",
    ),
    ProblemCard(
        "N01",
        mark("Reports by somebody who did not answer"),
        mark("Rows are reported by an enterprise whose column respondent says no."),
        mark("Correct the column respondent, or the reporter."),
        "enterprise_id,name,respondent\nE1,Cedar Doors,no\nE2,Oak Tables,yes\nE3,Beech Chairs,yes\n",
        "enterprises.csv",
    ),
    ProblemCard(
        "N02",
        mark("Intersection where only one side was asked"),
        mark('No target ever reports in that layer, so that ties = "intersection" keeps nothing in it.'),
        mark('Set asked = "source" in the layer\'s table in study.toml, or use ties = "union".'),
        'ties = "intersection"\n',
        "study.toml",
    ),
    ProblemCard(
        "N03",
        mark("Submissions of people who declined"),
        mark("They did not consent and do not say who they are; they are left out and counted."),
        mark("Nothing has to be done."),
        "consent = no",
    ),
)
