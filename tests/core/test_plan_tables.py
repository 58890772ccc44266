"""The tables behind plan and safety: complete, consistent, and refused with file and line where a row is wrong."""

import csv
from collections.abc import Callable
from pathlib import Path, PurePath

import pytest

from tests.plan_help import a_report, calcs, cat, issues_for
from worker.core.descriptors import expected_of
from worker.core.rules import Rules
from worker.core.rules.planning import Planning
from worker.errors import TableError
from worker.tables import FolderReader, default_folder

MAPPINGS = default_folder()


def loaded(*folders: Path) -> Planning:
    return Planning.load(FolderReader((MAPPINGS, *folders)), None)  # type: ignore[arg-type]


def overlay(folder: Path, table: str, row: dict[str, str], **changes: str) -> Path:
    """A site's folder with one row of a table, changed."""
    with (folder / table).open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, list(row))
        writer.writeheader()
        writer.writerow({**row, **changes})
    return folder


def row_of(table: str, row_id: str) -> dict[str, str]:
    with (MAPPINGS / table).open(encoding="utf-8", newline="") as stream:
        return next(row for row in csv.DictReader(stream) if row["id"] == row_id)


@pytest.mark.parametrize(
    ("table", "row_id", "changes", "reason"),
    [
        ("plans.csv", "stereotactic-biopsy", {"kind_of": "bioppsy"}, "no action 'bioppsy'"),
        ("plans.csv", "biopsy", {"calcification_form": "needle"}, "no action 'needle'"),
        ("plans.csv", "diagnostic-mammogram", {"deferred_as": "later"}, "no action 'later'"),
        ("plans.csv", "short-interval-mammogram", {"due": "6 months"}, "no span"),
        ("plans.csv", "short-interval-mammogram", {"earliest": "5.5m"}, "no span"),
        ("plans.csv", "ultrasound", {"loinc": "24601-7"}, "lacks a display"),
        ("plans.csv", "ultrasound", {"kind": "thing"}, "must be one of"),
        ("assessments.csv", "bi-rads-4", {"actions": "biopsy|calll"}, "no action 'calll'"),
        ("assessments.csv", "bi-rads-3", {"series": "category-4"}, "no series 'category-4'"),
        ("assessments.csv", "bi-rads-0", {"clocks": "soon"}, "no clock 'soon'"),
        ("assessments.csv", "bi-rads-p", {"hold_rule": "C-99"}, "no rule 'C-99'"),
        ("assessments.csv", "bi-rads-p", {"hold_rule": ""}, "level 0 needs a hold_rule"),
        ("assessments.csv", "bi-rads-4", {"id": "again"}, "stands already in row 'bi-rads-4'"),
        ("assessments.csv", "unknown-any", {"scale": "other"}, "scale unknown, category *"),
        ("series.csv", "category-3-12", {"months": "6"}, "more months"),
        ("series.csv", "category-3-12", {"action": "look"}, "no action 'look'"),
        ("contradictions.csv", "C-04", {"text": "The report of {patient}."}, "braces may hold"),
        ("contradictions.csv", "C-04", {"severity": "severe"}, "must be one of"),
        ("pathology.csv", "dcis", {"actions": "surgery"}, "no action 'surgery'"),
        ("pathology.csv", "dcis", {"issue": "C-12:other"}, "no rule 'C-12:other'"),
        ("pathology.csv", "dcis", {"due": "soon"}, "no span"),
        ("risk.csv", "brca", {"actions": "stereotactic-biopsy"}, "only add actions of level 0"),
        ("risk.csv", "brca", {"notes": "hint"}, "no action 'hint'"),
        ("risk.csv", "male", {"issue": "C-77"}, "no rule 'C-77'"),
        ("minimum.csv", "round", {"grouped": "5"}, "a cell must be"),
        ("practice.csv", "programme", {"value": "everywhere"}, "no programme"),
        ("practice.csv", "facility.timezone", {"value": "Berlin"}, "no IANA time zone"),
        ("release.csv", "release-any", {"scale": "BI-RADS"}, "scale *, category *"),
        ("limits.csv", "stale-after", {"value": "a year"}, "must be a number"),
        ("endings.csv", "series-ends", {"actions": "short-interval-mammogram|biopsy"}, "only imaging up to level 2"),
        ("endings.csv", "series-ends", {"actions": "look"}, "no action 'look'"),
        ("endings.csv", "series-ends", {"most_level": "3"}, "only imaging up to level 2"),
        ("endings.csv", "series-ends", {"ended_by": "1|2|4A"}, "category '4A' of BI-RADS is not one of level"),
        ("endings.csv", "series-ends", {"categories": "3|0"}, "category '0' of BI-RADS is not one of level"),
        ("endings.csv", "series-ends", {"scale": "UK"}, "category '3' of UK is not one of level"),
    ],
)
def test_a_wrong_row_is_refused_with_its_table_and_how_to_mend_it(
    tmp_path: Path, table: str, row_id: str, changes: dict[str, str], reason: str
) -> None:
    folder = overlay(tmp_path, table, row_of(table, row_id), **changes)
    with pytest.raises(TableError) as error:
        loaded(folder)
    assert PurePath(error.value.table).name == table
    assert reason in str(error.value)


@pytest.mark.parametrize(
    ("table", "row_id"),
    [
        ("assessments.csv", "unknown-any"),
        ("clocks.csv", "letter"),
        ("contradictions.csv", "C-09"),
        ("limits.csv", "age-to"),
        ("release.csv", "release-any"),
    ],
)
def test_the_rows_that_everything_falls_back_to_must_be_there(tmp_path: Path, table: str, row_id: str) -> None:
    for name in MAPPINGS.glob("*.csv"):
        lines = name.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if name.name != table or not line.startswith(f"{row_id},")]
        (tmp_path / name.name).write_text("".join(kept), encoding="utf-8")
    with pytest.raises(TableError, match=table):
        Planning.load(FolderReader((tmp_path,)), None)  # type: ignore[arg-type]


def test_a_site_changes_a_row_by_laying_its_own_over_ours(tmp_path: Path) -> None:
    folder = overlay(tmp_path, "plans.csv", row_of("plans.csv", "stereotactic-biopsy"), due="10d")
    assert loaded(folder).actions["stereotactic-biopsy"].due == "10d"
    assert loaded().actions["stereotactic-biopsy"].due == "14d"


@pytest.mark.parametrize("group", ["morphology", "pathology", "action", "risk"])
def test_whatever_a_reader_can_say_has_a_row(rules: Rules, group: str) -> None:
    """Nothing that is read falls through to the unknown."""
    planning = rules.planning
    known: dict[str, set[str]] = {
        "morphology": set(planning.minimums),
        "pathology": {row.diagnosis for row in planning.pathologies.values()},
        "action": set(planning.actions),
        "risk": set(planning.risks),
    }
    said = {concept for kind, concept in rules.vocabulary.concepts if kind == group}
    assert said <= known[group]


def test_the_class_of_a_shape_is_the_same_in_both_tables(rules: Rules) -> None:
    for (group, concept), row in rules.vocabulary.concepts.items():
        if group == "morphology":
            assert rules.planning.minimums[concept].suspicion == (row.suspicion or "unspecific"), concept


def test_every_category_that_a_code_can_give_has_a_row(rules: Rules) -> None:
    for code in rules.vocabulary.codes.values():
        if code.group == "category":
            assert rules.planning.assessment(code.scale, code.concept).category == code.concept, code.id
    for concept in rules.vocabulary.concepts.values():
        if concept.group == "category" and concept.names:
            assert rules.planning.assessment("BI-RADS", concept.concept).category == concept.concept, concept.id


def test_every_action_has_names_for_clinician_and_patient(rules: Rules) -> None:
    for row in rules.planning.actions.values():
        assert row.name
        if row.kind == "action":
            assert row.patient_name
            assert row.patient_instruction.endswith(".")
            assert row.patient_instruction.count(".") == 1
            assert len(row.patient_instruction.split()) <= 18


def test_codes_for_orders_are_snomed_loinc_or_dicom_and_never_cpt(rules: Rules) -> None:
    systems = {c.system for row in rules.planning.actions.values() for c in row.codings("left")}
    assert systems == {
        "http://snomed.info/sct",
        "http://loinc.org",
        "http://dicom.nema.org/resources/ontology/DCM",
    }
    assert [c.code for c in rules.planning.actions["magnification-views"].codings("right")][1] == "37773-9"
    assert [c.code for c in rules.planning.actions["magnification-views"].codings("bilateral")][1] == "37543-6"


# ---- the table of section 10 -----------------------------------------------------------------------------------------

PLACES: dict[str, Callable[..., object]] = {
    "diffuse bilateral": lambda shape: calcs("bilateral", shape, distribution="diffuse"),
    "diffuse one breast": lambda shape: calcs("left", shape, distribution="diffuse"),
    "regional": lambda shape: calcs("left", shape, distribution="regional"),
    "grouped": lambda shape: calcs("left", shape, distribution="grouped"),
    "linear": lambda shape: calcs("left", shape, distribution="linear"),
    "segmental": lambda shape: calcs("left", shape, distribution="segmental"),
    "unspecified": lambda shape: calcs("left", shape),
}
EXPECTED = {
    "round": "2 2 2 3 4 4 review",
    "punctate": "2 2 2 3 4 4 review",
    "amorphous": "2 review review 4 4 4 review",
    "coarse-heterogeneous": "2 review review 4 4 4 review",
    "fine-pleomorphic": "review 4 4 4 4 4 4",
    "fine-linear-branching": "4 4 4 4 4 4 4",
}


@pytest.mark.parametrize("shape", EXPECTED)
def test_the_expected_minimum_by_shape_and_distribution(rules: Rules, shape: str) -> None:
    """Section 10, for C-02, C-07 and C-15 only."""
    cells = [expected_of(make(shape), rules.planning) for make in PLACES.values()]  # type: ignore[arg-type]
    assert " ".join(cells) == EXPECTED[shape]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("shape", EXPECTED)
@pytest.mark.parametrize("category", ["1", "2", "3", "4", "5", "0"])
def test_what_is_below_the_expected_minimum_is_asked_about(rules: Rules, shape: str, place: str, category: str) -> None:
    """C-02 and C-07 over the whole table: at 1, 2 and 3 every suspicious shape, and whatever calls for 4 or more."""
    finding = PLACES[place](shape)
    raised = {
        (i.rule, i.hold)
        for i in issues_for(rules, finding, cat(category, "left" if "bil" not in place else "bilateral"))
    }
    cell = EXPECTED[shape].split()[list(PLACES).index(place)]
    is_watched = category in "123"
    if shape in ("round", "punctate"):
        assert (("C-07", True) in raised) == (is_watched and cell == "4")
    else:
        is_dismissible = cell == "2" and category == "2"
        assert (("C-02", True) in raised) == (is_watched and not is_dismissible)
        assert (("C-02", False) in raised) == is_dismissible


@pytest.mark.parametrize("shape", ["skin", "vascular", "coarse", "large-rod-like", "rim", "dystrophic", "suture"])
@pytest.mark.parametrize("place", PLACES)
def test_typically_benign_shapes_never_trigger(rules: Rules, shape: str, place: str) -> None:
    raised = {i.rule for i in issues_for(rules, PLACES[place](shape), cat("2"), report=a_report())}
    assert not raised & {"C-02", "C-03", "C-07", "C-15"}
