"""Importing a file: once, whole, by somebody who may."""

from __future__ import annotations

import pytest

from disclosures import models
from disclosures.plain import data as plain
from disclosures.services import importing, reading
from disclosures.services.importing import ImportRefusedError, SeveralDisclosuresError, import_file
from disclosures.services.reading import UnreadableFileError
from disclosures.storage import load, read_bytes, registry
from tests.services.conftest import DISCLOSURE

pytestmark = pytest.mark.django_db


def test_an_import_keeps_the_file_its_content_and_who_did_it(make_file, department, make_user):
    clerk = make_user(models.Role.CLERK, department=department)
    data = make_file()
    result = import_file(data, "预算.json", clerk)
    assert result.created
    assert load(result.record.pk) == DISCLOSURE
    assert read_bytes(models.SourceFile.objects.get()) == data
    event = result.record.events.get()
    assert (event.action, event.user, event.details["file"]) == (models.Action.IMPORTED, clerk, "预算.json")


def test_the_same_bytes_again_change_nothing(make_file, department):
    first = import_file(make_file(), "a.json")
    again = import_file(make_file(), "other name.json")
    assert (again.record, again.created) == (first.record, False)
    assert models.SourceFile.objects.get().name == "a.json"
    assert models.Event.objects.count() == models.Disclosure.objects.count() == 1


def test_another_file_for_the_same_year_is_the_next_version(make_file, department):
    import_file(make_file(), "a.json")
    result = import_file(make_file(notes=()), "b.json")
    assert (result.record.version, result.record.department) == (2, department)


def test_a_failure_in_the_middle_leaves_no_record(make_file, monkeypatch):
    class FailingStorage:
        def store(self, record, project_targets, overall_targets):
            raise ConnectionError("lost in the middle")

    monkeypatch.setattr(registry, "_target_storage", FailingStorage())
    with pytest.raises(ConnectionError):
        import_file(make_file(), "a.json")
    stored = (models.Department, models.SourceFile, models.Disclosure, models.Note, models.Event)
    assert not any(model.objects.exists() for model in stored)
    monkeypatch.undo()
    assert import_file(make_file(), "a.json").created


def test_of_two_disclosures_the_caller_chooses(make_file, monkeypatch):
    pair = (DISCLOSURE, plain.Disclosure("青山市其他局", 2026, plain.Kind.UNIT))
    for module in (reading, importing):
        monkeypatch.setattr(module, "read_disclosures", lambda data, name, read: pair)
    with pytest.raises(SeveralDisclosuresError, match="青山市其他局") as refusal:
        import_file(b"two", "two.txt")
    assert len(refusal.value.candidates) == 2
    assert not models.Disclosure.objects.exists()
    second = import_file(b"two", "two.txt", choice=2)
    first = import_file(b"two", "two.txt", choice=1)
    assert (second.record.printed_department, first.record.printed_department) == ("青山市其他局", "青山市测试局")
    assert not import_file(b"two", "two.txt", choice=2).created
    with pytest.raises(SeveralDisclosuresError):
        import_file(b"two", "two.txt")
    with pytest.raises(UnreadableFileError, match="没有第 3 份"):
        import_file(b"two", "two.txt", choice=3)


def test_an_unknown_department_is_registered_by_who_may_and_refused_to_others(make_file, department, make_user):
    data = make_file(department="青山市新设局", kind=plain.Kind.UNIT)
    with pytest.raises(ImportRefusedError, match="先由管理员登记"):
        import_file(data, "a.json", make_user(models.Role.CLERK, department=department))
    record = import_file(data, "a.json", make_user(models.Role.ADMINISTRATOR)).record
    assert (record.department.name, record.department.kind) == ("青山市新设局", models.DepartmentKind.UNIT)


@pytest.mark.parametrize(
    ("role", "place", "allowed"),
    [
        (models.Role.CLERK, "own", True),
        (models.Role.CLERK, "parent", True),
        (models.Role.CLERK, "other", False),
        (models.Role.CLERK, "nowhere", False),
        (models.Role.REVIEWER, "province", True),
        (models.Role.REVIEWER, "other region", False),
        (models.Role.AUDITOR, "nowhere", False),
        (models.Role.ADMINISTRATOR, "nowhere", True),
    ],
)
def test_who_may_import_for_a_department(make_file, department, make_user, role, place, allowed):
    bureau = models.Department.objects.create(name="主管局", region=department.region)
    department.parent = bureau
    department.save()
    user = make_user(
        role,
        department={"own": department, "parent": bureau, "other": _department("别的局")}.get(place),
        region={"province": department.region.parent, "other region": _region("南山市")}.get(place),
    )
    if allowed:
        assert import_file(make_file(), "a.json", user).record.created_by == user
        return
    with pytest.raises(ImportRefusedError, match="无权"):
        import_file(make_file(), "a.json", user)
    import_file(make_file(), "a.json")
    with pytest.raises(ImportRefusedError, match="无权"):  # nor is what others imported shown
        import_file(make_file(), "a.json", user)


def test_two_departments_of_one_name_must_be_told_apart(make_file, department, make_user):
    twin = _department("青山市测试局", _region("南山市"))
    with pytest.raises(ImportRefusedError, match="不止一个"):
        import_file(make_file(), "a.json")
    reviewer = make_user(models.Role.REVIEWER, region=twin.region)
    assert import_file(make_file(), "a.json", reviewer).record.department == twin
    assert import_file(make_file(notes=()), "b.json", department=department).record.department == department


def test_without_a_printed_name_the_clerk_s_department_is_meant(make_file, department, make_user):
    data = make_file(department="")
    with pytest.raises(ImportRefusedError, match="请指定部门"):
        import_file(data, "a.json")
    record = import_file(data, "a.json", make_user(models.Role.CLERK, department=department)).record
    assert record.department == department


@pytest.mark.parametrize(
    ("data", "message"),
    [(b"", "空"), (b"{", "JSON"), (b'{"schema": "other/1"}', "budget-disclosure/1"), (b"\xef\xbb\xbf{}", "budget")],
)
def test_what_is_no_disclosure_is_refused_in_plain_words(data, message):
    with pytest.raises(UnreadableFileError, match=message):
        import_file(data, "坏文件.txt")
    assert not models.SourceFile.objects.exists()


def _region(name: str) -> models.Region:
    return models.Region.objects.create(name=name)


def _department(name: str, region: models.Region | None = None) -> models.Department:
    return models.Department.objects.create(name=name, region=region)
