"""Work measured in calls, which no busy machine changes."""

import sys
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def calls(work: Callable[[], object]) -> int:
    """How many functions, ours and the interpreter's, a piece of work calls."""
    count = 0

    def seen(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def growth(work: Callable[[T], object], shape: Callable[[int], T], count: int) -> float:
    """How many times the calls for twice the count."""
    once, twice = shape(count), shape(2 * count)
    work(shape(2))  # what is loaded or remembered on first use belongs to neither
    return calls(lambda: work(twice)) / calls(lambda: work(once))
