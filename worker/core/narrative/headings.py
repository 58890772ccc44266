"""Whether a section's name opens its section: before a colon, alone on its line, in capitals, in running text."""

from worker.core.narrative.marks import Mark, Page

__all__ = ["end_of_brackets", "is_section"]

_RUNNING = "running"  # direction of a section's name that needs no sign behind it
_CLOSING = frozenset(("impression", "recommendation"))
_LEADING_TO = frozenset(  # "the impression", "benign findings", "no comparison"
    ("definite", "break", "filler", "descriptor", "and", "or", "negation", "reason", "link", "hedge", "change", "prior")
)
_PREDICATING = frozenset(("break", "filler", "reason", "recommend", "and", "existence", "predicate", "performed"))
_LONGEST_REMARK = 2  # words


def is_section(page: Page, marks: list[Mark], place: int, starts: bool) -> bool:
    """A section's name opens it before a colon, alone on its line, or in capitals at the start of a sentence."""
    mark = marks[place]
    is_running = mark.meaning.direction == _RUNNING
    if not (starts or is_running or mark.meaning.direction == "both"):
        return False
    ahead, end = place + 1, min(place + 4, len(marks))
    while ahead < end and (marks[ahead].first < mark.last or marks[ahead].kind == "date"):
        ahead += 1
    following = marks[ahead] if ahead < end else None
    is_field = following is not None and following.kind == "colon"
    if is_field and (marks[place + 1].kind == "date" or marks[ahead].first == mark.last):
        return True
    is_sided = starts and end_of_brackets(marks, place + 1) > place + 1
    if is_sided or (is_running and _opens_in_running_text(page, marks, place, starts)):
        return True
    if following is not None and following.first == mark.last:
        if following.kind == "stop" and (page.words[following.first] == "\n" or not mark.first):
            return starts and _starts_line(marks, place)
        if following.kind == "dash":
            return starts and not _is_request(marks, place)
    start, end = page.starts[mark.first], page.ends[mark.last - 1]
    # "ULTRASOUND LEFT BREAST": the title of an examination
    is_title = following is not None and following.kind in {"side", "break"} and _is_exam(marks, place)
    return starts and not is_title and page.is_cased and page.text[start:end].isupper() and _starts_line(marks, place)


def _opens_in_running_text(page: Page, marks: list[Mark], place: int, starts: bool) -> bool:
    """``... unchanged Impression BI-RADS 2 Recommendation annual ...``: a section's name without any sign around it."""
    mark = marks[place]
    before = next((m for m in marks[max(0, place - 2) : place][::-1] if m.last <= mark.first), None)
    following = next((m for m in marks[place + 1 : place + 4] if m.first >= mark.last), None)
    if following is None or (before is not None and before.last == mark.first and before.kind in _LEADING_TO):
        return False
    is_sentence = following.first == mark.last and following.kind in _PREDICATING
    if starts:
        return not is_sentence and _starts_line(marks, place)
    start = page.starts[mark.first]
    if page.is_cased and page.lexicon.language != "de":
        is_title = page.text[start].isupper() and not page.text[page.starts[mark.first - 1]].isupper()
        return is_title and page.text[start - 1].isspace()
    return mark.concept in _CLOSING and not is_sentence and before is not None and mark.first - before.last <= 1


def _is_exam(marks: list[Mark], place: int) -> bool:
    """Whether the words of a section's name are also those of an examination."""
    same = [m for m in marks[max(0, place - 3) : place + 4] if m.first == marks[place].first]
    return any(mark.kind in {"exam", "action"} for mark in same)


def end_of_brackets(marks: list[Mark], place: int) -> int:
    """``Management (left):``, ``Comment (A):``: behind short brackets that a colon follows; else the place itself."""
    if place >= len(marks) or marks[place].kind != "open":
        return place
    close = next((k for k in range(place + 1, min(place + 4, len(marks))) if marks[k].kind == "close"), -1)
    is_sided = any(mark.kind == "side" for mark in marks[place + 1 : close])
    is_short = close > 0 and marks[close].first - marks[place].last <= (_LONGEST_REMARK if is_sided else 1)
    is_headed = marks[place].first == marks[place - 1].last and [m.kind for m in marks[close + 1 : close + 2]] == [
        "colon"
    ]
    return close + 1 if is_short and is_headed else place


def _is_request(marks: list[Mark], place: int) -> bool:
    """``Tissue diagnosis - right``: what is to be done, not the heading of a result."""
    same = [m for m in marks[max(0, place - 3) : place + 4] if m.first == marks[place].first]
    return marks[place].concept == "pathology" and any(mark.kind == "action" for mark in same)


def _starts_line(marks: list[Mark], place: int) -> bool:
    before = marks[place - 1] if place else None
    return marks[place].first == 0 or (before is not None and before.last == marks[place].first)
