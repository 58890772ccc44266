"""The plan as a clinician reads it: what comes first, what is never missing, and nothing that an EHR would strip."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.fhir_shapes import SNOMED, bundle, concept, observation, report
from tests.resource_outcomes import BIOPSY, QUESTION, RECORDED, SAID, TODAY, outcome
from tests.resource_scenarios import assessed, decided, everything, finding, outcomes
from worker.core.model import Clock, Evidence, Outcome, Plan
from worker.core.resources import build_resources
from worker.core.resources.frame import frame_of
from worker.core.resources.narrative_html import narrative
from worker.core.resources.xhtml import restatused, status_line
from worker.core.rules import Rules
from worker.core.rules.output import Output
from worker.core.standalone import decide_document, decide_text
from worker.tables import FolderReader, default_folder

XHTML = "{http://www.w3.org/1999/xhtml}"
# FHIR R4, "Narrative": what may stand in it, as far as we use it.
ELEMENTS = {"b", "br", "code", "div", "p", "span", "table", "tbody", "td", "th", "thead", "tr"}
ATTRIBUTES = {"class", "lang", "style", "{http://www.w3.org/XML/1998/namespace}lang"}


@pytest.fixture(scope="module")
def output() -> Output:
    """The shipped table of output codes."""
    return Output.load(FolderReader((default_folder(),)))


def picture(made: Outcome, rules: Rules, output: Output) -> str:
    return narrative(replace(frame_of(made, rules, "R4", RECORDED, 0), output=output))


def words(made: str) -> str:
    return " ".join("".join(etree.fromstring(made).itertext()).split())


def check(made: str) -> None:
    """Well-formed, and only what FHIR allows."""
    for element in etree.fromstring(made).iter():
        assert element.tag.removeprefix(XHTML) in ELEMENTS
        assert set(element.attrib) <= ATTRIBUTES
        assert "url(" not in element.attrib.get("style", "")


def test_every_narrative_is_of_the_subset_that_fhir_allows(rules: Rules) -> None:
    for _, resources in everything(rules, "R4"):
        for each in resources:
            assert each["text"]["status"] == "generated"
            check(each["text"]["div"])


@given(text=st.text(), quote=st.text(), rule=st.text(), title=st.text())
def test_no_words_of_a_report_break_out_of_the_narrative(
    text: str, quote: str, rule: str, title: str, rules: Rules, output: Output
) -> None:
    odd = Evidence("conclusion", quote, rule, 0, 1)
    made = outcome(issues=(replace(QUESTION, text=text, evidence=(odd,)),))
    made = replace(made, letter=replace(made.letter, title=title, notice=quote) if made.letter else None)
    check(picture(made, rules, output))
    for each in build_resources(made, rules, "R4", RECORDED):
        check(each["text"]["div"])


def test_what_is_open_comes_before_what_is_planned(rules: Rules, output: Output) -> None:
    """INV-8: a hold is the first thing to see, and the highest known action stays visible below it."""
    text = words(picture(outcome(), rules, output))
    order = ["ON HOLD", "BI-RADS 4B", "left breast", QUESTION.text, "Image-guided core biopsy", "2026-12-02"]
    assert [text.index(part) for part in order] == sorted(text.index(part) for part in order)


def test_a_plan_without_questions_says_draft_and_nothing_of_a_hold(rules: Rules, output: Output) -> None:
    text = words(picture(outcome(issues=(), hold=False), rules, output))
    assert text.startswith("DRAFT · not released")
    assert "HOLD" not in text


def test_what_is_only_noted_does_not_stand_among_what_holds(rules: Rules, output: Output) -> None:
    low = replace(QUESTION, rule="C-16", text="Only a remark.", hold=False, severity="low")
    text = words(picture(outcome(issues=(low, QUESTION)), rules, output))
    assert text.index(QUESTION.text) < text.index("Also noted") < text.index("Only a remark.")
    assert text.index("Image-guided core biopsy") < text.index("Only a remark.")  # for information only
    grave = replace(low, severity="high", text="Consider a higher category.")
    text = words(picture(outcome(issues=(grave,), hold=False), rules, output))
    assert text.index("Consider a higher category.") < text.index("Image-guided core biopsy")


def test_nothing_of_the_plan_is_missing(rules: Rules, output: Output) -> None:
    """INV-9, INV-4: each activity, date, rule, quote, clock and letter block."""
    for _, made in outcomes(rules):
        text = words(picture(made, rules, output))
        for activity in made.plan.activities:
            for day in (activity.earliest, activity.due, activity.overdue, activity.breach):
                assert day is None or day.isoformat() in text
            assert all(rule in text for rule in activity.rules)
            assert not activity.timing or activity.timing in text
        assert all(clock.text in text for clock in made.plan.clocks)
        assert all(issue.rule in text for issue in made.issues)
        assert all(block.id in text for block in (made.letter.blocks if made.letter else ()))
        assert made.table_digest in text


def test_no_action_is_said_in_words_not_by_an_empty_table(rules: Rules, output: Output) -> None:
    """SEED-48."""
    text = words(picture(outcome(plan=Plan()), rules, output))
    assert "No action could be read" in text
    assert "No assessment category read" in text


def test_the_options_of_a_clinician_do_not_repeat_what_stands_already(rules: Rules, output: Output) -> None:
    """SEED-20."""
    option = replace(BIOPSY, options=("stereotactic-biopsy", "surgical-biopsy"))
    text = words(picture(outcome(plan=Plan(activities=(option,))), rules, output))
    assert "Clinician may choose instead: Surgical biopsy" in text


def test_a_date_that_has_passed_is_marked(rules: Rules, output: Output) -> None:
    late = replace(BIOPSY, due=TODAY.replace(day=1))
    assert "already past" in words(picture(outcome(plan=Plan(activities=(late,))), rules, output))
    assert "already past" not in words(picture(outcome(), rules, output))


def test_clocks_stand_in_order_and_one_that_has_run_out_is_marked(rules: Rules, output: Output) -> None:
    """INV-8."""
    days = (TODAY, TODAY - timedelta(days=3), TODAY + timedelta(days=3))
    clocks = tuple(Clock("clocks:letter", TODAY, day, f"by then: {day}") for day in days)
    text = words(picture(outcome(plan=Plan(clocks=clocks)), rules, output))
    places = [text.index(f"by then: {day}") for day in sorted(days)]
    assert places == sorted(places)
    assert text.count("already past") == 1
    assert f"{min(days)} already past" in text


def test_a_long_quote_is_cut_but_its_place_is_given(rules: Rules, output: Output) -> None:
    long = SAID._replace(text="word " * 200, start=5, end=1005)
    text = words(picture(outcome(issues=(replace(QUESTION, evidence=(long,)),)), rules, output))
    assert "…" in text
    assert "conclusion, characters 5-1005" in text


def test_a_status_line_replaces_the_one_before() -> None:
    made = f'<div xmlns="http://www.w3.org/1999/xhtml">{status_line("draft", "DRAFT")}<p>plan</p></div>'
    for expected in ("RELEASED", "REVOKED"):
        made = restatused(made, "done", expected)
        assert words(made) == f"{expected}plan"


def test_a_narrative_without_a_status_line_gets_one_first() -> None:
    made = restatused('<div xmlns="http://www.w3.org/1999/xhtml" lang="en"><p>plan</p></div>', "hold", "REVOKED")
    assert words(made) == "REVOKEDplan"
    check(made)


def test_signs_are_escaped(rules: Rules, output: Output) -> None:
    made: Any = outcome(issues=(replace(QUESTION, text='<script>alert("x")</script> & more'),))
    assert "<script" not in picture(made, rules, output)


def _from_words(text: str, rules: Rules) -> str:
    return str(build_resources(decide_text(text.encode(), rules, TODAY), rules, "R4", RECORDED)[0]["text"]["div"])


def test_quotes_are_whole_words_in_one_piece(rules: Rules) -> None:
    """A category is quoted with its letter, not as a digit by itself."""
    text = words(_from_words("Grouped fine pleomorphic calcifications, left breast. BI-RADS 4B.", rules))
    assert "“BI-RADS 4B”" in text
    assert "“4”" not in text


def test_every_category_and_tissue_result_stands_at_the_top(rules: Rules) -> None:
    """INV-4: the headline names the one that governs; none is left for the reader to find."""
    both = "Right breast: fine linear branching calcifications, BI-RADS 5. Left breast: grouped amorphous, BI-RADS 4A."
    text = words(_from_words(both, rules))
    assert 0 < text.index("BI-RADS 4A left breast") < text.index("What")
    one = words(_from_words("Grouped amorphous calcifications, left breast. BI-RADS 4A.", rules))
    assert "BI-RADS 4A left breast" not in one
    tissue = words(_from_words("Left breast, core biopsy: ductal carcinoma in situ.", rules))
    dcis = rules.planning.pathologies["dcis", "any"].name
    assert 0 < tissue.index(f"{dcis} · left breast") < tissue.index("What")
    hedged = words(_from_words("BI-RADS 4, left. Left breast, core biopsy: cannot exclude DCIS.", rules))
    assert f"{dcis} (not certain) left breast" in hedged


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Left breast: BI-RADS 4A. Right breast: BI-RADS 4C.", "BI-RADS 4C, right breast"),
        (
            "BI-RADS 2, left breast. Left breast, core biopsy: ductal carcinoma in situ.",
            "Ductal carcinoma in situ, left breast; BI-RADS 2, left breast",
        ),
        ("Left breast: amorphous calcifications.", "No assessment category read"),
    ],
)
def test_a_plan_is_called_by_what_calls_for_most_and_where_that_is(rules: Rules, said: str, title: str) -> None:
    """INV-1: a list of plans shows the title alone."""
    made = build_resources(decide_text(said.encode(), rules, TODAY), rules, "R4", RECORDED)[0]
    assert title in made["title"]
    assert words(str(made["text"]["div"])).index(title.split(",", maxsplit=1)[0]) < 60


def test_the_groups_stand_at_the_top_each_with_its_place(rules: Rules) -> None:
    """What a clinician must know first where there is no category: what is described, and in which breast."""
    said = "Left breast: segmental fine pleomorphic calcifications, 12 mm. Right breast: diffuse round calcifications."
    text = words(_from_words(said, rules))
    assert "Calcifications: fine pleomorphic, segmental, 12 mm · left breast" in text
    assert "Calcifications: round, diffuse · right breast" in text
    none = words(_from_words("No calcifications, left breast. BI-RADS 1.", rules))
    assert "Calcifications:" not in none
    many = replace(assessed("4"), findings=tuple(replace(finding(), clock=clock) for clock in range(1, 9)))
    assert "+ 2" in words(str(build_resources(decided(many, rules), rules, "R4", RECORDED)[0]["text"]["div"]))


def test_a_code_is_shown_with_what_it_means(rules: Rules) -> None:
    one = observation("o1", (SNOMED, "146611000146107"), concept((SNOMED, "397144001")))
    (made,) = decide_document(bundle(report(one), one), rules, TODAY)
    text = words(str(build_resources(made, rules, "R4", RECORDED)[0]["text"]["div"]))
    assert "BI-RADS 4 397144001" in text
