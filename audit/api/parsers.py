"""JSON from outside: bounded in size and depth, and only texts that can be stored."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser, MultiPartParser

from disclosures.services.intake import LARGEST_FILE

from .problems import ApiError

LARGEST_BODY = 5 * 1024 * 1024


class StrictJSONParser(BaseParser):
    """Raises ParseError for what is no JSON, ApiError (413) for what is too large."""

    media_type = "application/json"
    largest = LARGEST_BODY

    def parse(
        self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        data = stream.read(self.largest + 1)
        if len(data) > self.largest:
            raise ApiError("too_large", f"正文超过 {self.largest // 1024 // 1024} MB")
        return parsed(data)


class DocumentJSONParser(StrictJSONParser):
    """For whole disclosures."""

    largest = LARGEST_FILE


def parsed(data: bytes) -> Any:
    try:
        text = data.decode("utf-8-sig")
        found = json.loads(text, parse_constant=_refuse_constant)
        if "\\u" in text:
            json.dumps(found, ensure_ascii=False).encode()  # half of a surrogate pair cannot be stored
    except (ValueError, RecursionError) as error:
        raise ParseError("正文不是完整的 JSON（须为 UTF-8）") from error
    if "\\u0000" in text:
        raise ParseError("正文中有不能保存的字符（U+0000）")
    return found


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


FILES = (MultiPartParser,)
FILES_OR_DOCUMENTS = (MultiPartParser, DocumentJSONParser)
