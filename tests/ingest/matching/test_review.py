"""What somebody should look at: which names, where they stand, whom they may mean."""

from clusternet.ingest.matching.review import review_survey

REGISTER = (
    "enterprise_id,name,name_alt,place,sector\nE1,Cedar Doors,أبواب الأرز,Amman,16\nE2,Oak Tables,,Irbid,31\n"
    "E3,Beech Chairs,,,\nE4,Beech Chairs Co,,Zarqa,31\n"
)
LINKAGES = (
    "source,target,layer\nE2,Cedar Doors & Sons Trading,stock\nE3,cedar doors & sons trading,supply\n"
    "E3,Cedar Doors & Sons Trading,stock\nE1,Oak Table,stock\nE1,Unknown Steel Works,stock\nE1,Beech Chairs Ltd,stock\n"
    "Oak Tabels,E1,supply\n"
)


def test_a_review_lists_what_is_doubtful_and_what_was_taken(write_survey):
    review = review_survey(write_survey(enterprises=REGISTER, linkages=LINKAGES))
    doubtful = {mention.text: mention for mention in review.doubtful}
    assert list(doubtful) == ["Cedar Doors & Sons Trading", "Beech Chairs Ltd"]
    first = review.doubtful[0]
    # Two spellings of one name are one question; who names it stands in the order of the ids.
    assert (first.rows, first.layers, first.named_by) == (3, ("stock", "supply"), ("Oak Tables", "Beech Chairs"))
    best = first.candidates[0]
    assert (best.enterprise_id, best.name, best.place, best.sector) == ("E1", "Cedar Doors", "Amman", "16")
    assert 0 < first.gap <= best.score < 1
    assert {candidate.enterprise_id for candidate in doubtful["Beech Chairs Ltd"].candidates[:2]} == {"E3", "E4"}
    assert {mention.text: mention.taken_for for mention in review.accepted} == {"Oak Table": "E2", "Oak Tabels": "E2"}
    assert review.accepted[0].named_by == ("Cedar Doors",)
    assert [pair.pair for pair in review.duplicates] == ["E3 | E4"]
    assert review.ids == {"E1", "E2", "E3", "E4"}


def test_what_was_decided_is_not_asked_again(write_survey):
    decided = (
        "kind,text,enterprise_id\npartner,CEDAR doors & sons trading,\npartner,Beech Chairs Ltd,E4\n"
        "duplicate,E3 | E4,\npartner,Oak Table,\n"
    )
    review = review_survey(write_survey(enterprises=REGISTER, linkages=LINKAGES, aliases=decided))
    assert review.doubtful == ()
    assert review.duplicates == ()
    assert [mention.text for mention in review.accepted] == ["Oak Tabels"]
    assert len(review.decisions) == 4


def test_a_merged_enterprise_is_no_partner_in_words(write_survey):
    linkages = "source,target,layer\nE4,E1,stock\nE2,E4,stock\n"
    decided = "kind,text,enterprise_id\nduplicate,E3 | E4,E3\n"
    review = review_survey(write_survey(enterprises=REGISTER, linkages=linkages, aliases=decided))
    assert (review.doubtful, review.accepted, review.duplicates) == ((), (), ())
    assert review.ids == {"E1", "E2", "E3"}


def test_a_name_in_the_other_script_is_suggested(write_survey):
    register = "enterprise_id,name\nE1,يوسف منصور\nE2,Oak Tables\n"
    linkages = "source,target,layer\nE2,Youssef Mansour,stock\n"
    review = review_survey(write_survey(enterprises=register, linkages=linkages))
    (mention,) = review.doubtful
    assert (mention.candidates[0].enterprise_id, mention.candidates[0].by_sound) == ("E1", True)
    assert review.accepted == ()


def test_a_second_name_by_which_it_was_found_is_shown(write_survey):
    linkages = "source,target,layer\nE2,ابواب الارز المحدودة,stock\n"
    review = review_survey(write_survey(enterprises=REGISTER, linkages=linkages))
    (mention,) = review.accepted
    assert mention.candidates[0].name == "Cedar Doors / أبواب الأرز"
