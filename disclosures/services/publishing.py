"""From approval to publication: sign-off, the final file that reads back equal, the immutable snapshot."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from disclosures import editing, models
from disclosures.editing import Difference
from disclosures.errors import InvalidValueError, RefusedError
from disclosures.plain.codec import to_json
from disclosures.plain.data import Disclosure
from disclosures.storage import keep_bytes, load_record, read_bytes

from . import publication_hooks
from .exporting import file_stem, official_document
from .matrix import Act
from .permissions import require
from .reading import choose, read_disclosures
from .sources import read_once
from .workflow import step


@dataclass(frozen=True, slots=True)
class SignOff:
    """Who reviewed for secrecy and who signed, and when."""

    secrecy_reviewer: str
    secrecy_reviewed_on: date
    leader: str
    signed_on: date


@dataclass(frozen=True, slots=True)
class FinalFileResult:
    """Whether the file says what was approved; where it does not, `first` is the approved and `second` the file."""

    accepted: bool
    differences: tuple[Difference, ...]


@transaction.atomic
def sign_off(user: models.User, disclosure_id: int, facts: SignOff) -> models.Disclosure:
    """Record 保密审查 and the leader's signature."""
    record = require(user, Act.SIGN_OFF, disclosure_id, lock=True)
    if not facts.secrecy_reviewer.strip() or not facts.leader.strip():
        raise InvalidValueError([("", "请填写保密审查人和签发领导")])
    if max(facts.secrecy_reviewed_on, facts.signed_on) > _today():
        raise InvalidValueError([("", "保密审查和签发日期不能晚于今天")])
    record.secrecy_reviewer, record.secrecy_reviewed_on = facts.secrecy_reviewer.strip(), facts.secrecy_reviewed_on
    record.leader, record.signed_on = facts.leader.strip(), facts.signed_on
    details = {"secrecy_reviewer": record.secrecy_reviewer, "leader": record.leader}
    return step(record, models.State(record.state), models.Action.SIGNED_OFF, user, details)


def attach_final_file(
    user: models.User, disclosure_id: int, data: bytes, name: str, *, choice: int | None = None
) -> FinalFileResult:
    """Keep the file that is to be published, if it reads back equal to the approved data.

    Where the reader is known to misread the document (corrections of that kind), the same misreading is
    no difference. Raises UnreadableFileError.
    """
    record = require(user, Act.FINAL_FILE, disclosure_id)
    approved = load_record(record)
    found = choose(read_disclosures(data, name, read_once), choice)
    differences = editing.differences(approved, _as_corrected(record, approved, found))
    if differences:
        return FinalFileResult(False, differences)
    digest = hashlib.sha256(data).hexdigest()
    with transaction.atomic():
        locked = require(user, Act.FINAL_FILE, disclosure_id, lock=True)
        if locked.revision != record.revision:
            raise RefusedError("核对定稿期间内容被修改，请重新上传")
        source, _ = models.SourceFile.objects.get_or_create(
            sha256=digest, defaults={"name": name[-255:], "size": len(data), "uploaded_by": user}
        )
        keep_bytes(source, data)
        locked.final_file, locked.final_index = source, (choice or 1) - 1
        details = {"file": name, "sha256": digest}
        step(locked, models.State(locked.state), models.Action.FINAL_FILE, user, details)
    return FinalFileResult(True, ())


def generate_final_file(user: models.User, disclosure_id: int) -> FinalFileResult:
    """Write the final file from the approved data; it is kept only if it reads back equal, like one handed in."""
    record = require(user, Act.FINAL_FILE, disclosure_id)
    data = official_document(load_record(record))
    return attach_final_file(user, disclosure_id, data, f"{file_stem(record)}.docx")


def _as_corrected(record: models.Disclosure, approved: Disclosure, found: Disclosure) -> Disclosure:
    misread = record.corrections.filter(active=True, kind=models.CorrectionKind.READING).order_by("pk")
    return editing.transfer(approved, found, misread).disclosure


@transaction.atomic
def publish(user: models.User, disclosure_id: int) -> models.Snapshot:
    """Publish the approved data and the final file, frozen; an earlier published version is superseded."""
    record = require(user, Act.PUBLISH, disclosure_id, lock=True)
    file = record.final_file
    missing = _missing(record)
    if missing or file is None:
        raise RefusedError("还不能公开：" + "；".join(missing), missing)
    if hashlib.sha256(read_bytes(file)).hexdigest() != file.sha256:
        raise RefusedError("保存的定稿文件已损坏，请重新上传")
    content = canonical(load_record(record))
    if record.secrecy_reviewed_on is None or record.signed_on is None:
        raise RefusedError("还不能公开：没有登记保密审查和签发")
    snapshot = models.Snapshot.objects.create(
        disclosure=record,
        content=content,
        sha256=hashlib.sha256(content.encode()).hexdigest(),
        file_sha256=file.sha256,
        file_name=file.name,
        secrecy_reviewer=record.secrecy_reviewer,
        secrecy_reviewed_on=record.secrecy_reviewed_on,
        leader=record.leader,
        signed_on=record.signed_on,
        published_by=user,
    )
    details = {"sha256": snapshot.sha256, "file_sha256": file.sha256}
    step(record, models.State.PUBLISHED, models.Action.PUBLISHED, user, details)
    for earlier in _of_the_same(record).filter(state=models.State.PUBLISHED).select_for_update():
        step(earlier, models.State.SUPERSEDED, models.Action.SUPERSEDED, user, {"by": record.version})
    publication_hooks.tell(record)
    return snapshot


@transaction.atomic
def withdraw(user: models.User, disclosure_id: int, reason: str) -> models.Disclosure:
    """Take a published disclosure off the public pages; the snapshot stays."""
    text = reason.strip()
    if not text:
        raise InvalidValueError([("", "请写明撤回的原因")])
    record = require(user, Act.WITHDRAW, disclosure_id, lock=True)
    step(record, models.State.WITHDRAWN, models.Action.WITHDRAWN, user, {"reason": text})
    publication_hooks.tell(record)
    return record


def canonical(disclosure: Disclosure) -> str:
    """The contract's JSON in the one form that is hashed: sorted keys, no spaces."""
    return json.dumps(to_json(disclosure), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def is_intact(snapshot: models.Snapshot) -> bool:
    """Whether a snapshot still is what was published."""
    return hashlib.sha256(snapshot.content.encode()).hexdigest() == snapshot.sha256


def _missing(record: models.Disclosure) -> list[str]:
    """What publication still needs, in words."""
    needed = {
        "没有登记保密审查": bool(record.secrecy_reviewer and record.secrecy_reviewed_on),
        "没有登记领导签发": bool(record.leader and record.signed_on),
        "没有上传与审核数据一致的定稿文件": record.final_file_id is not None,
    }
    return [words for words, is_there in needed.items() if not is_there]


def _of_the_same(record: models.Disclosure) -> QuerySet[models.Disclosure]:
    """The other versions of a disclosure."""
    return models.Disclosure.objects.filter(
        department=record.department_id, fiscal_year=record.fiscal_year, kind=record.kind
    ).exclude(pk=record.pk)


def _today() -> date:
    return timezone.localdate()
