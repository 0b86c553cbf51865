"""A rule that is muted up to a day speaks again on the next."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from audit import services as audit
from audit.models import Finding, RuleMute, Status
from audit.services.muting import silenced
from disclosures.errors import InvalidValueError

DAY = timedelta(days=1)


@pytest.fixture
def muted(record, people) -> RuleMute:
    finding = Finding.objects.get(disclosure=record)
    return audit.mute_rule(people["administrator"], finding.rule, None, "误报", timezone.localdate())


def test_on_the_last_day_it_is_silent_and_on_the_next_not(record, muted):
    assert Finding.objects.get(disclosure=record).status == Status.MUTED
    assert audit.lift_expired_mutes() == 0
    assert audit.lift_expired_mutes(timezone.localdate() + DAY) == 1
    assert Finding.objects.get(disclosure=record).status == Status.OPEN
    muted.refresh_from_db()
    assert (muted.ended_by, muted.ended_at is None) == (None, False)


def test_a_check_after_the_last_day_does_not_wait_to_be_told(record, people, muted):
    RuleMute.objects.update(ends_on=timezone.localdate() - DAY)
    audit.check_stored(record.pk, "manual", people["reviewer"])
    assert Finding.objects.get(disclosure=record).status == Status.OPEN


def test_a_last_day_in_the_past_is_refused(record, people):
    rule = Finding.objects.get(disclosure=record).rule
    with pytest.raises(InvalidValueError, match="已经过去"):
        audit.mute_rule(people["administrator"], rule, None, "误报", timezone.localdate() - DAY)
    assert not RuleMute.objects.exists()


def test_what_would_be_silenced_is_known_before(record, people, regions):
    rule = Finding.objects.get(disclosure=record).rule
    assert [silenced(rule, region).count() for region in (None, regions["province"], regions["other"])] == [1, 1, 0]
