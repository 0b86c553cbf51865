"""How a scanned page lay under the glass: from the page set straight back to the page as it is shown."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from disclosures.plain.sources import Box

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Slant:
    """`matrix` (3 × 3, homogeneous, points) leads from a place on the page set straight to where it is shown."""

    matrix: Matrix

    def to_shown(self, box: Box) -> Box:
        """The upright box around a box of the straight page, where it is shown."""
        x0, y0, x1, y1 = box
        xs, ys = self._points(self.matrix, ((x0, y0), (x1, y0), (x1, y1), (x0, y1)))
        return float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max())

    def to_straight(self, box: Box) -> Box:
        """The box of the straight page around which `to_shown` put this one."""
        x0, y0, x1, y1 = box
        straightened = np.asarray(np.linalg.inv(self.matrix), dtype=np.float64)
        centre = self._points(straightened, (((x0 + x1) / 2, (y0 + y1) / 2),))
        x, y = float(centre[0][0]), float(centre[1][0])
        # A box is as wide as it was, and as much as its height leans; near one point the page lies flat.
        xs, ys = self._points(self.matrix, ((x, y), (x + 1, y), (x, y + 1)))
        leans = np.abs(np.array([[xs[1] - xs[0], xs[2] - xs[0]], [ys[1] - ys[0], ys[2] - ys[0]]]))
        width, height = np.maximum(0.0, np.linalg.solve(leans, np.array([x1 - x0, y1 - y0]))).tolist()
        return x - width / 2, y - height / 2, x + width / 2, y + height / 2

    @staticmethod
    def _points(matrix: Matrix, points: tuple[tuple[float, float], ...]) -> tuple[Matrix, Matrix]:
        x, y, w = matrix @ np.array([(x, y, 1.0) for x, y in points]).T
        return x / w, y / w
