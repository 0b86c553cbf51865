"""How large a synthetic disclosure is to be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """Ranges (lowest, highest) from which a document's dimensions are drawn."""

    units: tuple[int, int]
    projects: tuple[int, int]  # of the current year, in all units together
    carried: tuple[int, int]  # projects paid from what last year left over
    staff: tuple[int, int]  # people in one unit
    breadth: int = 0  # how many other fields of government lend their functional codes to projects


TINY = Size(units=(1, 1), projects=(1, 1), carried=(0, 0), staff=(3, 8))
SMALL = Size(units=(1, 2), projects=(2, 6), carried=(0, 2), staff=(5, 30))
MEDIUM = Size(units=(1, 6), projects=(8, 25), carried=(0, 5), staff=(8, 90), breadth=1)
LARGE = Size(units=(8, 15), projects=(60, 80), carried=(4, 12), staff=(15, 200), breadth=16)
HUGE = Size(units=(15, 15), projects=(300, 400), carried=(40, 60), staff=(20, 400), breadth=16)

SIZES = {"tiny": TINY, "small": SMALL, "medium": MEDIUM, "large": LARGE, "huge": HUGE}
