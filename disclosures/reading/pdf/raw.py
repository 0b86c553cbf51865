"""The few functions of pdfium that are called for every character, bound without conversions.

pypdfium2 wraps every returned pointer into a Python object; asking a thousand characters of a page
for their text object that way costs more than everything else. Here the same functions of the same
library return plain numbers. Everything else goes through `pypdfium2.raw`.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium

Function = Callable[..., Any]


def _bare(function: Any, result: Any) -> Function:
    """The same C function with untyped pointers; the caller keeps what they point to alive."""
    address = ctypes.cast(function, ctypes.c_void_p).value
    if address is None:
        raise RuntimeError("pdfium has no such function")
    arguments = [_plain(argument) for argument in function.argtypes]
    prototype = ctypes.PYFUNCTYPE(result, *arguments)  # reading happens in a process of its own: the lock may stay
    bare: Function = prototype(address)
    return bare


def _plain(argument: Any) -> Any:
    return ctypes.c_void_p if hasattr(argument, "contents") else argument


char_unicode = _bare(pdfium.FPDFText_GetUnicode, ctypes.c_uint)
char_box = _bare(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int)
char_object = _bare(pdfium.FPDFText_GetTextObject, ctypes.c_void_p)
char_unmapped = _bare(pdfium.FPDFText_HasUnicodeMapError, ctypes.c_int)
object_matrix = _bare(pdfium.FPDFPageObj_GetMatrix, ctypes.c_int)
object_bounds = _bare(pdfium.FPDFPageObj_GetBounds, ctypes.c_int)
object_type = _bare(pdfium.FPDFPageObj_GetType, ctypes.c_int)
fill_color = _bare(pdfium.FPDFPageObj_GetFillColor, ctypes.c_int)
render_mode = _bare(pdfium.FPDFTextObj_GetTextRenderMode, ctypes.c_int)
draw_mode = _bare(pdfium.FPDFPath_GetDrawMode, ctypes.c_int)
count_segments = _bare(pdfium.FPDFPath_CountSegments, ctypes.c_int)
path_segment = _bare(pdfium.FPDFPath_GetPathSegment, ctypes.c_void_p)
segment_point = _bare(pdfium.FPDFPathSegment_GetPoint, ctypes.c_int)
segment_type = _bare(pdfium.FPDFPathSegment_GetType, ctypes.c_int)
page_object = _bare(pdfium.FPDFPage_GetObject, ctypes.c_void_p)
form_count = _bare(pdfium.FPDFFormObj_CountObjects, ctypes.c_int)
form_object = _bare(pdfium.FPDFFormObj_GetObject, ctypes.c_void_p)
char_matrix = _bare(pdfium.FPDFText_GetMatrix, ctypes.c_int)
char_font_size = _bare(pdfium.FPDFText_GetFontSize, ctypes.c_double)
