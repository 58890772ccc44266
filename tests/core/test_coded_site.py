"""A site's own codes by an overlay table: the example of PowerScribe values in Epic, with its traps."""

from pathlib import Path

import pytest

from tests.fhir_shapes import coded, concept, observation, report, subjects
from worker.core.rules import Rules
from worker.tables import default_folder, load_rules

SITE = "urn:example:powerscribe-epic"


@pytest.fixture(scope="module")
def site() -> Rules:
    """The shipped tables with the example overlay."""
    return load_rules((default_folder() / "examples" / "powerscribe-epic",))


CATEGORIES = {
    "Addl Img": "0",
    "Priors": "0-PR",
    "Neg": "1",
    "Benign": "2",
    "Prob Benign": "3",
    "Susp": "4",
    "Low Susp": "4A",
    "Mod Susp": "4B",
    "High Susp": "4C",
    "Hi Sug Mal": "5",
    "Biop - Malig": "6",
    "PPM - Marker": "P",
}


@pytest.mark.parametrize(("value", "category"), CATEGORIES.items())
def test_values_of_the_site_are_categories(value: str, category: str, site: Rules) -> None:
    assert [a.category for a in coded(report(conclusionCode=[concept((SITE, value))]), site).assessments] == [category]


ACTIONS = {
    "Diagnostic 6": ("short-interval-mammogram", 6),
    "Mamm 1 Yr": ("routine-screening", 12),
    "Mamm 2 Yrs": ("routine-screening", 24),
    "Surgery": ("surgical-consult", None),
    "Obtain Prior": ("obtain-priors", None),
    "Tech Repeat": ("additional-views", None),
    "MRI 1 Yr": ("breast-mri", 12),
    "No Follow Up": ("no-follow-up", None),
}


@pytest.mark.parametrize(("value", "action"), ACTIONS.items())
def test_values_of_the_site_are_recommendations(value: str, action: tuple[str, int | None], site: Rules) -> None:
    found = coded(report(conclusionCode=[concept((SITE, value))]), site).recommendations
    assert [(r.action, r.interval_months) for r in found] == [action]


def test_waiting_for_pathology_is_no_category_and_not_nothing(site: Rules) -> None:
    reading = coded(report(conclusionCode=[concept((SITE, "Wait - Path"))]), site)
    assert (reading.assessments, [p.diagnosis for p in reading.pathology]) == ((), ["pending"])


def test_no_follow_up_stands_beside_its_category_for_the_plan_to_refuse(site: Rules) -> None:
    """C-04: the value is real; what it says against a 4 is read as it stands, never dropped."""
    reading = coded(report(conclusionCode=[concept((SITE, "Susp")), concept((SITE, "No Follow Up"))]), site)
    assert [a.category for a in reading.assessments] == ["4"]
    assert [r.action for r in reading.recommendations] == ["no-follow-up"]


@pytest.mark.parametrize(("code", "category"), [("1107", "P"), ("1110", "0-PR")])
def test_codes_of_another_system_of_the_site_are_categories(code: str, category: str, site: Rules) -> None:
    value = concept(("urn:example:vista-diagnostic-code", code))
    assert [a.category for a in coded(report(conclusionCode=[value]), site).assessments] == [category]


def test_a_national_code_is_a_category_of_its_own_scale(tmp_path: Path) -> None:
    """C-10, section 4: a site's rows carry M3 as the UK's, never as a BI-RADS 3."""
    (tmp_path / "systems.csv").write_text(
        "id,uri,aliases,ignores_case,hierarchical,source,note\nsite,urn:example:nhs,,no,no,site,\n"
    )
    (tmp_path / "codes.csv").write_text(
        "id,system,code,group,concept,also,scale,months,breast,source,note\n"
        "site.q,site,grade,question,assessment,,,,yes,site,\nsite.m3,site,3,category,M3,,UK,,yes,site,\n"
    )
    uk = load_rules((tmp_path,))
    graded = observation("o", ("urn:example:nhs", "grade"), concept(("urn:example:nhs", "3", "3")))
    assert [(a.scale, a.category) for a in coded(graded, uk).assessments] == [("UK", "M3")]
    assert uk.planning.assessment("UK", "M3").level == 4


def test_without_the_overlay_the_same_values_mean_nothing(rules: Rules) -> None:
    reading = coded(report(conclusionCode=[concept((SITE, "Benign", "BI-RADS 2"))]), rules)
    assert reading.assessments == ()
    assert ("C-10", "unknown-code") in subjects(reading)
