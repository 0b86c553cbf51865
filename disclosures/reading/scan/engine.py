"""Recognition of cut-out lines of print, with how sure each character is.

The recognition model is PP-OCR's (CTC over time steps), taken from RapidOCR's wheel and run by onnxruntime.
Decoding is ours: RapidOCR keeps the mean surety of a line, and one doubtful digit among seven sure ones must show.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]  # height × width, grey

_HEIGHT = 48  # of a line as the model wants it, pixels
_WIDEST = 3200  # pixels of a line as the model sees it; longer ones are cut by the caller
_BATCH_PIXELS = 48 * 320 * 16


class NoEngineError(Exception):
    """The optional packages for reading scans are not installed."""


@dataclass(frozen=True, slots=True)
class Read:
    """One line of print. `surety` and `centre` (fraction of the line's width) have one entry for each character."""

    text: str
    surety: tuple[float, ...]
    centre: tuple[float, ...]

    @property
    def least(self) -> float:
        """Surety of the least sure character; 0 where nothing was read."""
        return min(self.surety, default=0.0)


@dataclass(frozen=True, slots=True)
class _Model:
    session: Any  # onnxruntime.InferenceSession
    input_name: str
    letters: tuple[str, ...]  # by class number; the first is the blank


@lru_cache(maxsize=1)
def _model() -> _Model:
    """The recognition model inside RapidOCR's wheel; its letters stand in its own metadata."""
    if not is_installed():
        raise NoEngineError
    import rapidocr

    found = sorted(Path(rapidocr.__path__[0], "models").glob("*_rec_*.onnx"))
    if not found:
        raise NoEngineError
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # a worker has one core
    options.log_severity_level = 4
    options.enable_cpu_mem_arena = False  # lines differ in width: an arena would keep the largest of each
    session = onnxruntime.InferenceSession(str(found[-1]), options, providers=["CPUExecutionProvider"])
    letters = session.get_modelmeta().custom_metadata_map["character"].splitlines()
    return _Model(session, session.get_inputs()[0].name, ("", *letters, " "))


def is_installed() -> bool:
    """Whether scans can be read on this machine."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2"))


def recognise(lines: Sequence[Picture]) -> list[Read]:
    """What stands in each cut-out line, in the given order. Raises NoEngineError."""
    found: list[Read | None] = [None] * len(lines)
    ratios = [line.shape[1] / line.shape[0] for line in lines]
    order = sorted(range(len(lines)), key=ratios.__getitem__)
    start = 0
    while start < len(order):
        end = start + 1
        while end < len(order) and _pixels(ratios, order, start, end + 1) <= _BATCH_PIXELS:
            end += 1
        chosen = order[start:end]
        for index, read in zip(chosen, _batch([lines[n] for n in chosen]), strict=True):
            found[index] = read
        start = end
    return [read or Read("", (), ()) for read in found]


def _pixels(ratios: Sequence[float], order: Sequence[int], start: int, end: int) -> float:
    return (end - start) * ratios[order[end - 1]] * _HEIGHT * _HEIGHT


def _batch(lines: Sequence[Picture]) -> list[Read]:
    import cv2

    widths = [min(_WIDEST, max(8, round(line.shape[1] / line.shape[0] * _HEIGHT))) for line in lines]
    full = max(320, max(widths))
    stacked = np.zeros((len(lines), 3, _HEIGHT, full), dtype=np.float32)
    for n, (line, width) in enumerate(zip(lines, widths, strict=True)):
        shrinks = line.shape[0] > _HEIGHT
        resized = cv2.resize(line, (width, _HEIGHT), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC)
        stacked[n, :, :, :width] = resized.astype(np.float32) / 127.5 - 1.0
    model = _model()
    (steps,) = model.session.run(None, {model.input_name: stacked})
    return [_decode(steps[n], model.letters, width / full) for n, width in enumerate(widths)]


def _decode(steps: NDArray[np.float32], letters: Sequence[str], part: float) -> Read:
    """The best path: repeated characters once, blanks (index 0) left out; each character with its surest step."""
    best = steps.argmax(axis=1)
    sure = steps.max(axis=1)
    total = len(best) * part
    text: list[str] = []
    surety: list[float] = []
    centre: list[float] = []
    before = 0
    for step, (index, probability) in enumerate(zip(best.tolist(), sure.tolist(), strict=True)):
        if index and index != before:
            text.append(letters[index])
            surety.append(probability)
            centre.append(min(1.0, (step + 0.5) / total))
        elif index and surety and probability > surety[-1]:
            surety[-1] = probability
        before = index
    return Read("".join(text), tuple(surety), tuple(centre))
