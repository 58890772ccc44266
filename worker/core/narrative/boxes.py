"""Forms with boxes to tick (``[x] biopsy  [ ] annual screening``): what stands behind an empty box is not said."""

import re
from bisect import bisect_left

from worker.core.narrative.marks import Mark, Page

__all__ = ["without_unticked"]

_BOX = re.compile(r"\[[ \t]?([xX✓✔]?)[ \t]?\]|\([ \t]?([xX✓✔]?)[ \t]?\)|([☒☑])|[☐□◻]|\n")
# A branch for each first sign, and so a search that passes quickly over all others.
_TICKED = re.compile(r"\[[ \t]?[xX✓✔][ \t]?\]|\([ \t]?[xX✓✔][ \t]?\)|☒|☑")


def without_unticked(page: Page, marks: list[Mark]) -> list[Mark]:
    """
    The marks without those between an empty box and the next box or line end, and without the boxes themselves.

    A form in which no box is ticked keeps all of them: its ticks may have been lost on the way.
    """
    has_boxes = "[" in page.text or "(" in page.text or not page.text.isascii()
    if not has_boxes or _TICKED.search(page.text) is None:
        return marks
    boxes = list(_BOX.finditer(page.text))
    kinds = [_kind(box) for box in boxes]
    if "empty" not in kinds:
        return marks
    hidden: set[int] = set()
    starts = page.starts
    for number, (box, kind) in enumerate(zip(boxes, kinds, strict=True)):
        if kind == "line":
            continue
        following = boxes[number + 1].start() if number + 1 < len(boxes) else len(page.text)
        end = following if kind == "empty" else box.end()
        hidden.update(range(bisect_left(starts, box.start()), bisect_left(starts, end)))
    return [mark for mark in marks if mark.first not in hidden]


def _kind(box: re.Match[str]) -> str:
    if box[0] == "\n":
        return "line"
    return "ticked" if box[1] or box[2] or box[3] else "empty"
