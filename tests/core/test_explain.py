"""The patient's letter: which one is written, in which language, and what never is."""

from dataclasses import replace
from datetime import date

import pytest

from tests.letters.samples import GROUP, HOLD, cases, letter_rules, report, with_facts
from worker.core.explain import explain, explain_released
from worker.core.model import (
    Activity,
    Clock,
    Issue,
    Letter,
    Pathology,
    PatientFacts,
    Plan,
    Reading,
    Report,
)
from worker.core.rules import Rules

SITE = {"facility__name": "Clínica & Söhne", "facility__address": "1 Way", "facility__phone": "+49 30 1234"}


@pytest.fixture(scope="module")
def rules() -> Rules:
    return letter_rules()


def written(
    category: str, rules: Rules, language: str | None = None, about: Report | None = None, released: bool = False
) -> Letter:
    reading, plan, issues = cases()[category]
    write = explain_released if released else explain
    letter = write(reading, plan, issues, about or report(), rules, language)
    assert letter is not None
    return letter


def ids(letter: Letter) -> tuple[str, ...]:
    return tuple(block.id for block in letter.blocks)


# ---- which letter ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("category", sorted(cases()))
def test_main_message_stands_first_and_belongs_to_the_category(category: str, rules: Rules) -> None:
    """SEED-38, SEED-39, SEED-47."""
    first = written(category, rules).blocks[0]
    shared = {"4A": "4", "4B": "4"}
    assert first.id == f"msg-{shared.get(category, category)}"


def test_a_hold_says_no_more_than_that_the_team_is_checking(rules: Rules) -> None:
    """INV-3: nothing of category, place, step or number while a clinician must look first."""
    letter = written("held", rules)
    assert letter.notice.startswith("HELD")
    assert "still checking" in letter.text
    for word in ("cancer", "biopsy", "left breast", "November 24"):
        assert word not in letter.text
    assert "<svg" not in letter.html


def test_an_issue_without_hold_leaves_the_letter_as_it_is(rules: Rules) -> None:
    reading, plan, _ = cases()["4"]
    issue = Issue("C-16", "low", hold=False, text="")
    letter = explain(reading, plan, (issue,), report(), rules)
    assert letter is not None
    assert ids(letter)[0] == "msg-4"


@pytest.mark.parametrize(
    "plan",
    [
        Plan(),
        Plan(1, "1", "BI-RADS"),
        Plan(4, "3", "DKBI-RADS"),
        Plan(0, "3", "unknown", activities=(Activity("obtain-priors", 0),)),
    ],
)
def test_nothing_planned_or_nothing_known_is_held(plan: Plan, rules: Rules) -> None:
    letter = explain(Reading(), plan, (), report(), rules)
    assert letter is not None
    assert ids(letter)[0] == "msg-held"


def test_a_letter_is_never_below_its_plan(rules: Rules) -> None:
    """INV-1, INV-10: category 2 with a biopsy planned says nothing of category 2."""
    plan = Plan(4, "2", "BI-RADS", "left", (Activity("biopsy", 4, "left"),))
    letter = explain(Reading(findings=(GROUP,)), plan, (), report(), rules)
    assert letter is not None
    assert ids(letter)[0] == "msg-step"
    assert "no sign of cancer" not in letter.text


@pytest.mark.parametrize(
    ("scale", "category", "level", "message"),
    [
        ("UK", "M3", 4, "msg-M3"),
        ("UK", "U3", 4, "msg-M3"),
        ("UK", "M4", 4, "msg-4C"),
        ("UK", "M5", 5, "msg-5"),
        ("UK", "M2", 1, "msg-2"),
        ("RANZCR", "3", 3, "msg-M3"),
        ("BI-RADS", "0-AI", 3, "msg-0"),
        ("BI-RADS", "3", 2, "msg-3"),
    ],
)
def test_a_three_of_another_scale_never_gets_the_letter_of_birads_three(
    scale: str, category: str, level: int, message: str, rules: Rules
) -> None:
    plan = Plan(level, category, scale, "left", (Activity("biopsy", level, "left"),))
    letter = explain(Reading(findings=(GROUP,)), plan, (), report(), rules)
    assert letter is not None
    assert ids(letter)[0] == message


@pytest.mark.parametrize(
    ("tissue", "message"),
    [
        (Pathology("benign", "left", "concordant"), "msg-benign"),
        (Pathology("benign", "left", is_excision=True), "msg-benign"),
        (Pathology("benign", "left"), "msg-step"),
        (Pathology("benign", "left", "discordant"), "msg-step"),
    ],
)
def test_benign_tissue_is_good_news_only_when_it_fits_or_all_is_out(
    tissue: Pathology, message: str, rules: Rules
) -> None:
    """SEED-52."""
    plan = Plan(2, None, None, "left", (Activity("short-interval-mammogram", 2, "left"),))
    letter = explain(Reading(pathology=(tissue,)), plan, (), report(), rules)
    assert letter is not None
    assert ids(letter)[0] == message


def test_unknown_tissue_after_removal_is_asked_for_and_no_interval_is_said(rules: Rules) -> None:
    """SEED-19, the patient of 5.3."""
    plan = Plan(0, None, None, "left", (Activity("obtain-pathology", 0),))
    letter = explain(Reading(pathology=(Pathology("pending"),)), plan, (), report(), rules)
    assert letter is not None
    assert "do not wait for a yearly check" in letter.text


def test_nobody_to_write_to_gives_no_letter(rules: Rules) -> None:
    reading, plan, issues = cases()["0"]
    nobody = replace(report(), patient=PatientFacts(None))
    assert explain(reading, plan, issues, nobody, rules) is None
    assert explain_released(reading, plan, issues, nobody, rules) is None


def test_an_action_that_the_letter_does_not_know_is_still_named(rules: Rules) -> None:
    plan = Plan(3, "0", "BI-RADS", "left", (Activity("site-own-test", 3, "left", due=date(2026, 12, 1)),))
    letter = explain(Reading(), plan, (), report(), rules)
    assert letter is not None
    assert "One more step in your care: left breast" in letter.text


def test_the_same_input_gives_the_same_letter(rules: Rules) -> None:
    assert written("5", rules) == written("5", rules)


# ---- steps -----------------------------------------------------------------------------------------------------------


def test_a_step_says_what_when_and_who_calls(rules: Rules) -> None:
    """SEED-17, SEED-18, SEED-44."""
    text = written("0", with_facts(rules, **SITE)).text
    assert "Close-up X-ray pictures: left breast" in text
    assert "When: By November 24, 2026" in text
    assert "We will call you to set a time. No call yet? Please call us at +49 30 1234." in text


@pytest.mark.parametrize(
    ("language", "soon"), [("en", "As soon as possible"), ("es", "Lo antes posible"), ("fr", "Dès")]
)
def test_a_day_that_is_past_is_not_named_as_one_to_come(language: str, soon: str, rules: Rules) -> None:
    """A letter that is made late still says what is next: never later than planned, and no date of yesterday."""
    reading, plan, issues = cases()["4"]
    about = report(language)
    told = {}
    for today in (date(2026, 11, 17), date(2026, 11, 18), date(2026, 11, 25)):
        letter = explain(reading, plan, issues, about, rules, language, today)
        assert letter is not None
        told[today.day] = (letter.text.count(soon), letter.html.count("<svg"))
    assert told == {17: (0, 2), 18: (1, 2), 25: (2, 1)}


def test_of_a_series_only_what_is_still_to_come_has_a_date(rules: Rules) -> None:
    reading, plan, issues = cases()["3"]
    letter = explain(reading, plan, issues, report(), rules, None, date(2027, 12, 1))
    assert letter is not None
    assert letter.text.count("When: As soon as possible") == 2
    assert "When: As soon as possible, then around November 10, 2028" in letter.text
    assert "2027" not in letter.text


def test_a_date_that_nobody_computed_is_confirmed_by_the_team(rules: Rules) -> None:
    plan = Plan(1, "1", "BI-RADS", "bilateral", (Activity("routine-screening", 1, "bilateral"),))
    letter = explain(Reading(), plan, (), report(), rules)
    assert letter is not None
    assert "Your care team will confirm the date." in letter.text


def test_visits_of_a_series_are_told_together(rules: Rules) -> None:
    """SEED-13."""
    text = written("3", rules).text
    assert "When: Around May 10, 2027" in text
    assert "When: Around November 10, 2027, then around November 10, 2028" in text


def test_options_are_told_as_a_choice(rules: Rules) -> None:
    """SEED-20."""
    options = ("short-interval-mammogram", "routine-screening", "no-follow-up")
    step = Activity("short-interval-mammogram", 2, "left", options=options)
    plan = Plan(2, None, None, "left", (step,))
    letter = explain(Reading(pathology=(Pathology("benign", "left", "concordant"),)), plan, (), report(), rules)
    assert letter is not None
    assert "choose between these with you: Follow-up mammogram or Your next routine mammogram." in letter.text


def test_a_call_or_visit_names_no_breast(rules: Rules) -> None:
    steps = (Activity("clinician-call", 0, "left"), Activity("biopsy", 4, "left"))
    letter = explain(Reading(), Plan(4, "4", "BI-RADS", "left", steps), (), report(), rules)
    assert letter is not None
    assert "A call from your doctor\n" in letter.text
    assert "Biopsy: left breast\n" in letter.text


def test_the_patient_calls_where_the_site_says_so(rules: Rules) -> None:
    assert "Please call us at +1 555 0100 to set a time." in written("0", with_facts(rules, scheduling="patient")).text


def test_no_contact_is_ever_invented(rules: Rules) -> None:
    bare = with_facts(rules, facility__name=None, facility__address=None, facility__phone=None)
    for category in cases():
        text = written(category, bare).text
        assert "555" not in text
        assert "care team" in text


def test_talks_are_offered_as_questions_and_never_as_steps(rules: Rules) -> None:
    letter = written("high-risk", rules)
    talk = next(block for block in letter.blocks if block.id == "talk")
    assert talk.items == (
        "Could a breast MRI help me, as well as mammograms? It may help some people with a higher risk.",
    )
    steps = next(block for block in letter.blocks if block.id == "next-steps")
    assert all("MRI" not in item for item in steps.items)


@pytest.mark.parametrize("hidden", ["no-follow-up", "cardiovascular-note"])
def test_what_is_for_the_clinician_stays_out_of_the_letter(hidden: str, rules: Rules) -> None:
    plan = Plan(1, "1", "BI-RADS", "left", (Activity(hidden, 0), Activity("routine-screening", 1)))
    letter = explain(Reading(), plan, (), report(), rules)
    assert letter is not None
    assert hidden not in letter.html
    assert "follow-up" not in letter.text


# ---- language --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "own", "site", "language"),
    [
        (None, "es-MX", {}, "es"),
        ("fr", "es", {}, "fr"),
        (None, None, {}, "en"),
        (None, None, {"letter__language": "de"}, "de"),
        (None, "zh-TW", {}, "zh-Hant"),
        (None, "zh_HK", {}, "zh-Hant"),
        (None, "zh-CN", {}, "zh-Hans"),
        (None, "zh", {}, "zh-Hans"),
        (None, "zh", {"country": "TW"}, "zh-Hant"),
        (None, "pt-BR", {}, "pt"),
        (None, "EN-us", {}, "en"),
    ],
)
def test_the_letter_is_in_the_persons_language(
    asked: str | None, own: str | None, site: dict[str, str], language: str, rules: Rules
) -> None:
    """SEED-45."""
    letter = written("0", with_facts(rules, **site), asked, report(own))
    assert letter.language == language
    assert f'<html lang="{language}">' in letter.html
    assert not letter.needs_interpreter


def test_a_language_without_letter_gives_english_and_an_interpreter(rules: Rules) -> None:
    letter = written("0", with_facts(rules, interpreter__phone="555-7"), None, report("vi-VN"))
    assert (letter.language, letter.needs_interpreter) == ("en", True)
    assert "You can ask for an interpreter." in letter.text
    assert "thông dịch viên" in letter.text
    assert '<p style="' in letter.html
    assert 'lang="vi-VN" dir="auto"' in letter.html
    assert "Call 555-7 for an interpreter." in letter.text


def test_dates_are_written_as_language_and_country_write_them(rules: Rules) -> None:
    assert "November 24, 2026" in written("0", rules).text
    assert "24 November 2026" in written("0", with_facts(rules, country="GB")).text
    assert "24 de noviembre de 2026" in written("0", rules, "es").text
    assert "2026年11月24日" in written("0", rules, "zh-Hant").text
    assert "24. November 2026" in written("0", rules, "de").text
    assert "24 novembre 2026" in written("0", with_facts(rules, country="TW"), "fr").text
    assert "24 November 2026" in written("0", with_facts(rules, country="DE"), "en").text


@pytest.mark.parametrize(
    ("language", "written_so"),
    [("fr", "1er décembre 2026"), ("pt", "1º de dezembro de 2026"), ("es", "1 de diciembre de 2026")],
)
def test_the_first_of_a_month_is_written_as_the_language_writes_it(
    language: str, written_so: str, rules: Rules
) -> None:
    plan = Plan(3, "0", "BI-RADS", "left", (Activity("ultrasound", 3, "left", due=date(2026, 12, 1)),))
    letter = explain(Reading(), plan, (), report(language), rules)
    assert letter is not None
    assert written_so in letter.text
    assert "11er" not in written("0", rules, "fr", replace(report("fr"), exam_date=date(2026, 11, 11))).text


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [
        ("es", "a la 1 del reloj", "a las 2 del reloj"),
        ("fr", "à 1 heure,", "à 2 heures,"),
        ("pt", "na posição de 1 hora,", "na posição de 2 horas,"),
        ("de", "bei 1 Uhr", "bei 2 Uhr"),
    ],
)
def test_one_oclock_is_singular_where_the_language_has_it_so(language: str, one: str, two: str, rules: Rules) -> None:
    for clock, words in ((1, one), (2, two)):
        plan = Plan(3, "0", "BI-RADS", "left", (Activity("ultrasound", 3, "left", clock=clock),))
        letter = explain(Reading(), plan, (), report(language), rules)
        assert letter is not None
        assert words in letter.text


def test_names_are_addressed_by_gender_only_where_it_is_known(rules: Rules) -> None:
    assert "Estimada Ana Example:" in written("0", rules, "es", report("es", gender="female")).text
    assert "Estimado Ana Example:" in written("0", rules, "es", report("es", gender="male")).text
    assert "Hola, Ana Example:" in written("0", rules, "es", report("es")).text


# ---- what stands on its face -----------------------------------------------------------------------------------------


def test_every_unreleased_letter_says_so_at_both_ends(rules: Rules) -> None:
    """INV-6."""
    for category in cases():
        letter = written(category, rules)
        assert letter.notice
        assert letter.text.startswith(f"*** {letter.notice} ***")
        assert letter.text.rstrip().endswith(f"*** {letter.notice} ***")
        assert letter.html.count(letter.notice) == 2


def test_the_frame_of_a_letter_that_nobody_released_goes_all_around(rules: Rules) -> None:
    """A part of it, on a screen or torn off, still does not look like a letter that was sent."""
    for category, frame in (("4", "3px dashed"), ("held", "7px double")):
        main = written(category, rules).html.partition("<main style=")[2].partition(">")[0]
        assert frame in main
    released = (
        written("4", with_facts(rules, **SITE), released=True).html.partition("<main style=")[2].partition(">")[0]
    )
    assert "border" not in released


def test_the_date_comes_before_the_explanation_of_a_step(rules: Rules) -> None:
    """SEED-47: what, when and who on the first screen."""
    lines = [line.strip() for line in written("4", rules).text.splitlines()]
    step = lines.index("- Needle biopsy guided by X-ray: left breast")
    assert lines[step + 1].startswith("When: By November 24, 2026")
    assert lines[step + 2].startswith("Who calls: ")
    series = [line.strip() for line in written("3", rules).text.splitlines()]
    assert series[series.index("What happens next") + 1].startswith("Who calls: ")
    assert sum(line.startswith("Who calls") for line in series) == 1


def test_a_translation_never_claims_a_review_that_nobody_made(rules: Rules) -> None:
    for language in rules.letters.languages:
        assert written("0", rules, language).review_status == "machine-checked, needs human review"


def test_a_named_reviewer_is_named(rules: Rules) -> None:
    letters = rules.letters
    row = replace(letters.languages["es"], reviewer="Dr. Vera", reviewed="2026-12-01")
    reviewed = replace(rules, letters=replace(letters, languages={**letters.languages, "es": row}))
    assert written("0", reviewed, "es").review_status == "reviewed by Dr. Vera on 2026-12-01"
    assert written("0", reviewed, "fr").review_status == "machine-checked, needs human review"


def test_the_draft_names_the_day_by_which_the_letter_must_arrive(rules: Rules) -> None:
    """INV-8: a hold does not stop the clock."""
    clocks = (
        Clock("assessments:bi-rads-4b", None, date(2026, 11, 18), "letter"),
        Clock("clocks:resolved-in-60-days", None, date(2026, 11, 12), "other"),
    )
    reading, plan, _ = cases()["4B"]
    for issues in ((), (HOLD,)):
        letter = explain(reading, replace(plan, clocks=clocks), issues, report(), rules)
        assert letter is not None
        assert "This letter must reach the patient by November 18, 2026." in letter.text


def test_a_released_letter_carries_no_notice(rules: Rules) -> None:
    letter = written("0", with_facts(rules, **SITE), released=True)
    assert letter.notice == ""
    assert "DRAFT" not in letter.html + letter.text
    assert "needs human review" not in letter.html + letter.text


@pytest.mark.parametrize("category", ["held", "0"])
def test_a_held_plan_or_example_contact_cannot_be_released(category: str, rules: Rules) -> None:
    site = with_facts(rules, **SITE) if category == "held" else rules
    letter = written(category, site, released=True)
    assert (letter.review_status, letter.blocks) == ("refused", ())
    assert ("released-plan" if category == "held" else "facility.phone") in letter.reason
    assert letter.notice in letter.html


def test_words_from_outside_are_escaped(rules: Rules) -> None:
    named = report("en", name='<script>alert("x")</script> & Co')
    letter = written("0", with_facts(rules, **{**SITE, "facility__name": "<b>A</b>"}), None, named)
    assert "<script" not in letter.html
    assert "<b>" not in letter.html
    assert "&lt;script&gt;" in letter.html


def test_every_block_says_why_it_stands_there(rules: Rules) -> None:
    """INV-9."""
    letter = written("3", rules)
    assert all(block.why for block in letter.blocks)
    steps = next(block for block in letter.blocks if block.id == "next-steps")
    assert "action short-interval-mammogram: plan:short-interval-mammogram" in steps.why


def test_the_number_of_the_patient_is_shown_only_when_the_site_names_its_system(rules: Rules) -> None:
    about = report()
    person = replace(about.patient, identifiers=(("urn:ssn", "111"), ("urn:mrn", "A7")))
    about = replace(about, patient=person)
    assert "111" not in written("0", rules, None, about).text
    shown = written("0", with_facts(rules, patient__identifier_system="urn:mrn"), None, about).text
    assert "Patient number: A7" in shown
    assert "111" not in shown
