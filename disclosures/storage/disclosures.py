"""A whole disclosure to records and back, in a number of queries that does not grow with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models as orm
from django.db import transaction
from django.db.models import Max

from disclosures import models
from disclosures.plain import data as plain
from disclosures.profiles import PROFILES, TemplateProfile

from .errors import StorageError, check_storable
from .registry import target_storage
from .tables import load_tables, store_tables

P = TypeVar("P", bound=models.Part)
FIRST_YEAR, LAST_YEAR = 1994, 2100  # the budget law came into force in 1995


@transaction.atomic
def store(
    disclosure: plain.Disclosure,
    department: models.Department,
    *,
    source_file: models.SourceFile | None = None,
    source_index: int = 0,
    user: models.User | None = None,
    based_on: models.Disclosure | None = None,
    is_copy: bool = False,
) -> models.Disclosure:
    """Write a disclosure as the next version of its department, year and kind; all of it or nothing.

    Raises StorageError when it cannot be stored.
    """
    profile = profile_of(disclosure.profile)
    if not FIRST_YEAR <= disclosure.fiscal_year <= LAST_YEAR:
        raise StorageError(f"预算年度没有读到或不可能（{disclosure.fiscal_year}），请检查封面和报表标题")
    record = models.Disclosure(
        department=department,
        fiscal_year=disclosure.fiscal_year,
        kind=disclosure.kind.value,
        version=_next_version(department, disclosure),
        profile=disclosure.profile,
        printed_department=disclosure.department,
        title_lines=paragraphs_to_json(disclosure.title_lines),
        source_file=source_file,
        source_index=source_index,
        created_by=user,
        based_on=based_on,
        is_copy=is_copy,
    )
    check_storable([record])
    record.save()
    store_tables(record, disclosure.tables, profile)
    _store_parts(record, disclosure)
    target_storage().store(record, disclosure.project_targets, disclosure.overall_targets)
    return record


def load(pk: int) -> plain.Disclosure:
    """The plain data of a stored disclosure. Raises `models.Disclosure.DoesNotExist`."""
    return load_record(models.Disclosure.objects.get(pk=pk))


def load_record(record: models.Disclosure) -> plain.Disclosure:
    """The plain data of a disclosure whose record is at hand: eight queries whatever its size."""
    project_targets, overall_targets = target_storage().load(record)
    return plain.Disclosure(
        department=record.printed_department,
        fiscal_year=record.fiscal_year,
        kind=plain.Kind(record.kind),
        tables=load_tables(record, profile_of(record.profile)),
        sections=tuple(
            plain.Section(item.numeral, item.heading, _paragraphs_from_json(item.paragraphs), item.source)
            for item in _in_order(record.narrativesections)
        ),
        overall_targets=overall_targets,
        project_targets=project_targets,
        other_tables=tuple(
            plain.OtherTable(item.title, tuple(tuple(row) for row in item.rows), item.source)
            for item in _in_order(record.othertables)
        ),
        attachments=tuple(plain.Attachment(item.title, item.source) for item in _in_order(record.attachments)),
        notes=tuple(plain.Note(item.message, item.where, item.source) for item in _in_order(record.notes)),
        profile=record.profile,
        title_lines=_paragraphs_from_json(record.title_lines),
    )


def profile_of(profile_id: str) -> TemplateProfile:
    """The profile of that id. Raises StorageError."""
    try:
        return PROFILES[profile_id]
    except KeyError as error:
        raise StorageError(f"没有名为“{profile_id}”的报表样式") from error


def _next_version(department: models.Department, disclosure: plain.Disclosure) -> int:
    """The next free version; the department's row is locked so that two imports do not take the same."""
    models.Department.objects.select_for_update().get(pk=department.pk)
    latest = models.Disclosure.objects.filter(
        department=department, fiscal_year=disclosure.fiscal_year, kind=disclosure.kind.value
    ).aggregate(latest=Max("version"))["latest"]
    return (latest or 0) + 1


def _store_parts(record: models.Disclosure, disclosure: plain.Disclosure) -> None:
    """Narrative, other tables, attachments and notes, each kind in one statement."""
    insert_sections(record, disclosure.sections)
    insert_other_tables(record, disclosure.other_tables)
    _insert(
        models.Attachment(disclosure=record, position=position, source=item.source, title=item.title)
        for position, item in enumerate(disclosure.attachments)
    )
    _insert(
        models.Note(disclosure=record, position=position, source=note.source, message=note.message, where=note.where)
        for position, note in enumerate(disclosure.notes)
    )


def section_records(record: models.Disclosure, sections: Iterable[plain.Section]) -> list[models.NarrativeSection]:
    """Unsaved records of sections in this order."""
    return [
        models.NarrativeSection(
            disclosure=record,
            position=position,
            source=section.source,
            numeral=section.numeral,
            heading=section.heading,
            paragraphs=paragraphs_to_json(section.paragraphs),
        )
        for position, section in enumerate(sections)
    ]


def insert_sections(record: models.Disclosure, sections: Iterable[plain.Section]) -> None:
    """Write all sections of a disclosure that has none on file."""
    _insert(section_records(record, sections))


def insert_other_tables(record: models.Disclosure, others: Iterable[plain.OtherTable]) -> None:
    """Write all other tables of a disclosure that has none on file."""
    _insert(
        models.OtherTable(
            disclosure=record,
            position=position,
            source=other.source,
            title=other.title,
            rows=[list(row) for row in other.rows],
        )
        for position, other in enumerate(others)
    )


def _insert(records: Iterable[orm.Model]) -> None:
    """Check and insert records of one model."""
    batch = list(records)
    check_storable(batch)
    if batch:
        type(batch[0])._default_manager.bulk_create(batch)


def _in_order(parts: orm.Manager[P]) -> orm.QuerySet[P]:
    return parts.order_by("position")


def paragraphs_to_json(paragraphs: Iterable[plain.Paragraph]) -> list[list[str | None]]:
    """Paragraphs as a section keeps them."""
    return [[paragraph.text, paragraph.source] for paragraph in paragraphs]


def _paragraphs_from_json(items: Iterable[Any]) -> tuple[plain.Paragraph, ...]:
    return tuple(plain.Paragraph(text, source) for text, source in items)
