"""One sentence of a page: its marks, with what the headings above it say."""

from worker.core.narrative.marks import Mark
from worker.core.narrative.places import Place

__all__ = ["HEADING_KINDS", "Sentence"]

# What a line may hold that only names a place, an exam or a specimen.
HEADING_KINDS = frozenset(
    (
        *(
            "side",
            "quadrant",
            "region",
            "clock-position",
            "nipple-distance",
            "depth",
            "exam",
            "number",
            "numeral",
            "comma",
        ),
        *("open", "close", "bullet", "slash", "dash", "action", "filler", "ignore", "organ", "date", "tissue", "and"),
        *("excision", "breasts", "colon", "link", "break", "definite"),
    )
)


class Sentence:
    """Marks between two ends, with what the headings above say."""

    __slots__ = (
        "about",
        "first",
        "index",
        "is_about_benign",
        "is_excision",
        "is_item",
        "is_tissue",
        "item",
        "kinds",
        "last",
        "marks",
        "place",
        "scale",
        "section",
    )

    def __init__(self, marks: list[Mark], kinds: set[str], section: str, place: Place, index: int) -> None:
        self.marks, self.kinds, self.section, self.place, self.index = marks, kinds, section, place, index
        self.first, self.last = marks[0].first, marks[-1].last
        self.is_about_benign = False  # whether what was said of that side was benign alone
        self.about = "unknown"  # the side last spoken of before this sentence
        self.is_excision = False  # whether the heading above names an excised specimen
        self.is_tissue = False  # whether the heading above names a biopsy
        self.is_item = False  # whether it starts an item of a numbered list
        self.scale = ""  # of the numbers in the column of a table that it stands in
        self.item = 0  # which section or item of a list it stands in, counted through the page

    def has(self, kind: str) -> bool:
        """Whether any mark is of this kind."""
        return kind in self.kinds
