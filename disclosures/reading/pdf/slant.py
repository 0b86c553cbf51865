"""How a scanned page lay under the glass: from the page set straight back to the page as it is shown."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from disclosures.plain.sources import Box

Matrix = NDArray[np.float64]
_LOOKS = 4  # each leaves a twentieth of what was missed


@dataclass(frozen=True, slots=True, eq=False)
class Bow:
    """How the lines of a page of `width` × `height` are bent: by how much a place on the flat page is shifted.

    With u and v from -1 to 1 over the page, lines across rise by a₀ + a₁u + a₂u² + v(a₃ + a₄u) and upright ones
    lean by b₀ + b₁v + b₂v² + u(b₃ + b₄v); the shift is the sum of that along the line, from the middle.
    """

    width: float
    height: float
    across: tuple[float, ...]  # a₀ … a₄
    upright: tuple[float, ...]  # b₀ … b₄

    def shifted(self, x: Matrix, y: Matrix) -> tuple[Matrix, Matrix]:
        """Where places of the flat page (arrays of one shape) lie on the bent one."""
        u, v = 2 * x / self.width - 1, 2 * y / self.height - 1
        return x + self.height / 2 * _risen(self.upright, v, u), y + self.width / 2 * _risen(self.across, u, v)

    def scaled(self, factor: float) -> Bow:
        """The same for a page measured in another unit."""
        return Bow(self.width * factor, self.height * factor, self.across, self.upright)


def _risen(lean: tuple[float, ...], along: Matrix, beside: Matrix) -> Matrix:
    a0, a1, a2, a3, a4 = lean
    risen = a0 * along + a1 * along**2 / 2 + a2 * along**3 / 3 + beside * (a3 * along + a4 * along**2 / 2)
    return np.asarray(risen, dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Slant:
    """`matrix` (3 × 3, homogeneous, points) leads from a place on the page set straight to where it is shown,
    `bow` (points) first from the page made flat to the bent one."""

    matrix: Matrix
    bow: Bow | None = None

    def to_shown(self, box: Box) -> Box:
        """The upright box around a box of the straight page, where it is shown."""
        x0, y0, x1, y1 = box
        xs, ys = self._shown(((x0, y0), (x1, y0), (x1, y1), (x0, y1)))
        return float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max())

    def to_straight(self, box: Box) -> Box:
        """The box of the straight page around which `to_shown` put this one."""
        x0, y0, x1, y1 = box
        x, y = self._straightened((x0 + x1) / 2, (y0 + y1) / 2)
        # A box is as wide as it was, and as much as its height leans; near one point the page lies flat.
        xs, ys = self._shown(((x, y), (x + 1, y), (x, y + 1)))
        leans = np.abs(np.array([[xs[1] - xs[0], xs[2] - xs[0]], [ys[1] - ys[0], ys[2] - ys[0]]]))
        width, height = np.maximum(0.0, np.linalg.solve(leans, np.array([x1 - x0, y1 - y0]))).tolist()
        return x - width / 2, y - height / 2, x + width / 2, y + height / 2

    def _shown(self, points: tuple[tuple[float, float], ...]) -> tuple[Matrix, Matrix]:
        x, y = np.array(points).T
        return _through(self.matrix, *(self.bow.shifted(x, y) if self.bow else (x, y)))

    def _straightened(self, x: float, y: float) -> tuple[float, float]:
        """The place of the straight page that is shown at a place: nearer with every look."""
        back = np.asarray(np.linalg.inv(self.matrix), dtype=np.float64)
        xs, ys = _through(back, np.array([x]), np.array([y]))
        flat_x, flat_y = xs, ys
        for _ in range(_LOOKS if self.bow else 0):
            shifted_x, shifted_y = self.bow.shifted(flat_x, flat_y) if self.bow else (flat_x, flat_y)
            flat_x, flat_y = flat_x + xs - shifted_x, flat_y + ys - shifted_y
        return float(flat_x[0]), float(flat_y[0])


def _through(matrix: Matrix, x: Matrix, y: Matrix) -> tuple[Matrix, Matrix]:
    moved_x, moved_y, w = matrix @ np.stack((x, y, np.ones_like(x)))
    return moved_x / w, moved_y / w
