"""Generated disclosures written as Word and Excel are read to equal data."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from disclosures.plain.data import Disclosure
from disclosures.reading import read_file
from disclosures.reading.codec import NotAReadingError, from_bytes, to_bytes
from disclosures.recognise.document import recognise
from disclosures.synthetic import MEDIUM, SMALL, TINY, Size, generate
from disclosures.synthetic.comparison import compare
from disclosures.writing.docx import write_docx
from disclosures.writing.xlsx import write_xlsx

Writer = Callable[[Disclosure], bytes]
WRITERS: dict[str, Writer] = {"docx": write_docx, "xlsx": write_xlsx}
SAMPLE = ((11, TINY), (12, SMALL), (13, SMALL), (14, MEDIUM))


@pytest.mark.parametrize(("seed", "size"), SAMPLE)
@pytest.mark.parametrize("kind", WRITERS)
def test_what_is_written_is_read(kind: str, seed: int, size: Size) -> None:
    disclosure = generate(seed, size)
    found = recognise(read_file(WRITERS[kind](disclosure), f"a.{kind}"))
    assert compare(disclosure, found.disclosure).differences == []


@pytest.mark.parametrize("kind", WRITERS)
def test_a_kept_reading_is_the_same_reading(kind: str) -> None:
    document = read_file(WRITERS[kind](generate(15, TINY)), f"a.{kind}")
    assert from_bytes(to_bytes(document)) == document


def test_other_bytes_are_no_reading() -> None:
    whole = to_bytes(read_file(write_xlsx(generate(15, TINY)), "a.xlsx"))
    for data in (b"", b"x", whole[:-5], whole[10:]):
        with pytest.raises(NotAReadingError):
            from_bytes(data)
