"""Nothing that is required and built is without a test, and the page of proofs tells the truth."""

import re

import pytest

from tests.traceability import PAGE, ROOT, Requirement, page, proofs_by_requirement, requirements

PROOFS = proofs_by_requirement()


@pytest.mark.parametrize("one", requirements(), ids=lambda one: one.id)
def test_every_requirement_that_is_built_has_a_test(one: Requirement) -> None:
    assert not one.is_built or PROOFS.get(one.id), f"{one.id} ({one.title}) has no test that carries its id"


def test_the_list_of_requirements_is_complete() -> None:
    ids = [one.id for one in requirements()]
    assert ids == [
        *(f"INV-{n}" for n in range(1, 11)),
        *(f"C-{n:02}" for n in range(1, 23)),
        *(f"SEED-{n}" for n in range(1, 54)),
    ]


def test_what_is_open_says_why() -> None:
    assert all(one.note for one in requirements() if not one.is_built)


def test_the_page_names_only_tests_that_are_there() -> None:
    """It may lag behind new tests (write it with ``python -m tests.traceability``), but never claims a false one."""
    told = re.findall(r"([\w/]+\.py) \(\d+\)", PAGE.read_text(encoding="utf-8"))
    assert told
    assert [path for path in told if not (ROOT / "tests" / path).is_file()] == []


def test_every_test_that_the_hazard_log_leans_on_is_there() -> None:
    told = re.findall(
        r"`((?:core|letters|shell)/[\w/]+\.py)`", (ROOT / "docs" / "hazard-log.md").read_text(encoding="utf-8")
    )
    assert told
    assert [path for path in told if not (ROOT / "tests" / path).is_file()] == []


def test_the_page_has_a_line_for_every_requirement() -> None:
    written = PAGE.read_text(encoding="utf-8")
    for one in requirements():
        assert f"| {one.id} | {one.title} |" in written
    assert page().count("\n| SEED-") == 53
