"""The paths of a page as ruling lines and shaded boxes.

A ruling line is stroked or drawn as a thin filled rectangle; a table's borders may be one path of a
hundred pieces or a path for each side of each cell, inside nested forms. All become thin boxes.
"""

from __future__ import annotations

import ctypes
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from . import raw
from .dots import Rectangle, dotted_lines

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
THICKEST = 3.0  # points; what is thicker is a shaded box
_SHORTEST = 1.5
_DEEPEST = 8  # forms inside forms
_SLANTS = 3.0  # points that the ends of a line differ in both directions
_STRAIGHT = 0.6  # points that the ends of a ruling line may differ


class PathReader:
    """Collects `rules`, `shades`, `pictures` and `curves` of one page."""

    def __init__(self, page: Any, most: int) -> None:
        self.page = ctypes.cast(page, ctypes.c_void_p).value or 0
        self.count = pdfium.FPDFPage_CountObjects(page)
        self.left = most  # objects and path segments that may still be looked at
        self.rules: list[Rectangle] = []
        self.shades: list[Rectangle] = []
        self.pictures: list[Rectangle] = []
        self.curves: list[Rectangle] = []
        self.dots: list[Rectangle] = []
        self.cut_short = False
        self._values = (ctypes.c_float * 4)()
        self._at = ctypes.addressof(self._values)
        self._matrix = pdfium.FS_MATRIX()
        self._matrix_at = ctypes.addressof(self._matrix)
        self._flags = (ctypes.c_int * 2)()
        self._flags_at = ctypes.addressof(self._flags)

    def read(self) -> None:
        """Go through all objects of the page."""
        for position in range(self.count):
            if self.left <= 0:
                self.cut_short = True
                return
            self._object(raw.page_object(self.page, position), _IDENTITY, 0)
        self.rules += dotted_lines(self.dots)

    def _object(self, item: int, outer: Matrix, depth: int) -> None:
        self.left -= 1
        kind = raw.object_type(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._path(item, outer)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            self.pictures.append(self._bounds(item, outer))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            inner = _product(self._matrix_of(item), outer)
            for position in range(raw.form_count(item)):
                if self.left <= 0:
                    self.cut_short = True
                    return
                self._object(raw.form_object(item, position), inner, depth + 1)

    def _matrix_of(self, item: int) -> Matrix:
        if not raw.object_matrix(item, self._matrix_at):
            return _IDENTITY
        m = self._matrix
        return (m.a, m.b, m.c, m.d, m.e, m.f)

    def _bounds(self, item: int, outer: Matrix) -> Rectangle:
        at = self._at
        raw.object_bounds(item, at, at + 4, at + 8, at + 12)
        left, bottom, right, top = self._values
        return (left, bottom, right, top) if outer is _IDENTITY else _moved((left, bottom, right, top), outer)

    def _path(self, item: int, outer: Matrix) -> None:
        if not raw.draw_mode(item, self._flags_at, self._flags_at + 4):
            return
        filled, stroked = self._flags
        if not (filled or stroked):
            return
        left, bottom, right, top = bounds = self._bounds(item, outer)
        segments = raw.count_segments(item)
        self.left -= segments
        if min(right - left, top - bottom) <= THICKEST:
            self._thin(bounds)
        elif self.left > 0:
            pieces = self._pieces(item, segments, _product(self._matrix_of(item), outer))
            straight = [points for points in pieces if all(x == x for x, _ in points)]
            if len(straight) < len(pieces) or any(map(_slants, straight)):
                self.curves.append(bounds)
            for points in straight:
                self._piece(points, bool(stroked))

    def _pieces(self, item: int, segments: int, matrix: Matrix) -> list[list[tuple[float, float]]]:
        """The corners of each piece of a path; a curve in it shows as a corner that is no number."""
        a, b, c, d, e, f = matrix
        pieces: list[list[tuple[float, float]]] = []
        points: list[tuple[float, float]] = []
        at, values = self._at, self._values
        for position in range(segments):
            segment = raw.path_segment(item, position)
            kind = raw.segment_type(segment)
            raw.segment_point(segment, at, at + 4)
            x, y = values[0], values[1]
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                points = []
                pieces.append(points)
            elif kind == pdfium.FPDF_SEGMENT_BEZIERTO:
                points.append((float("nan"), 0.0))
                continue
            points.append((a * x + c * y + e, b * x + d * y + f))
        return [piece for piece in pieces if len(piece) > 1]

    def _piece(self, points: list[tuple[float, float]], stroked: bool) -> None:
        xs = [x for x, _ in points]
        ys = [y for _, y in points]
        bounds = (min(xs), min(ys), max(xs), max(ys))
        if min(bounds[2] - bounds[0], bounds[3] - bounds[1]) <= THICKEST:
            self._thin(bounds)
        elif stroked:
            closed = points if points[0] == points[-1] or len(points) < 4 else [*points, points[0]]
            for (x0, y0), (x1, y1) in pairwise(closed):
                if abs(x0 - x1) <= _STRAIGHT or abs(y0 - y1) <= _STRAIGHT:
                    self._thin((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
        else:
            self.shades.append(bounds)

    def _thin(self, bounds: Rectangle) -> None:
        long = max(bounds[2] - bounds[0], bounds[3] - bounds[1]) >= _SHORTEST
        (self.rules if long else self.dots).append(bounds)


def _slants(points: list[tuple[float, float]]) -> bool:
    return any(abs(x0 - x1) > _SLANTS and abs(y0 - y1) > _SLANTS for (x0, y0), (x1, y1) in pairwise(points))


def _product(first: Matrix, second: Matrix) -> Matrix:
    """The transformation that does `first`, then `second`."""
    if second is _IDENTITY:
        return first
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _moved(box: Rectangle, matrix: Matrix) -> Rectangle:
    a, b, c, d, e, f = matrix
    x0, y0, x1, y1 = box
    xs = [a * x + c * y + e for x in (x0, x1) for y in (y0, y1)]
    ys = [b * x + d * y + f for x in (x0, x1) for y in (y0, y1)]
    return (min(xs), min(ys), max(xs), max(ys))
