"""Findings that are older than their history: it begins where they were first seen."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_BATCH = 2000
_WHAT = {"gone": "closed", "waived": "waived", "explained": "explained", "muted": "muted"}


def begin(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """One event for the first sight of each finding, one more where it is no longer open."""
    finding, event = apps.get_model("audit", "Finding"), apps.get_model("audit", "FindingEvent")
    events = []
    for item in finding.objects.select_related("first_run", "last_run").iterator(_BATCH):
        common = {"finding_id": item.pk, "user_id": None}
        first, last = item.first_run, item.last_run
        events.append(event(what="opened", before="", after="open", run_id=first.pk, at=first.at, **common))
        if item.status in _WHAT:
            what = _WHAT[item.status]
            events.append(event(what=what, before="open", after=item.status, run_id=last.pk, at=last.at, **common))
        if len(events) >= _BATCH:
            event.objects.bulk_create(events)
            events = []
    event.objects.bulk_create(events)


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_audits")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
