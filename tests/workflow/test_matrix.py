"""The matrix role × action × state, held against the functions that people call, without a gap."""

from __future__ import annotations

import itertools
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from audit import models as audit_models
from audit import services as audit
from disclosures import models
from disclosures.errors import NotAllowedError, NotVisibleError, ServiceError
from disclosures.services import correcting, importing, publishing, remarks, revising, workflow
from disclosures.services.matrix import MATRIX, Act
from disclosures.services.permissions import actions_for, may, require, visible_disclosures, visible_to
from disclosures.services.roles_page import page
from disclosures.services.saving import Edit
from tests.workflow.conftest import PLACE, file_of, spoilt

ROLES = {"clerk": models.Role.CLERK, "reviewer": models.Role.REVIEWER, "auditor": models.Role.AUDITOR}
ROLES |= {"administrator": models.Role.ADMINISTRATOR}
CELLS = list(itertools.product(ROLES, Act, models.State))
OUTSIDERS = ("other clerk", "other reviewer")

E, S = models.State, models.Role
# Written out once more by hand: what the matrix must say, by the issue, whatever code it is built by.
EXPECTED = {
    Act.VIEW: {role: set(E) for role in S},
    Act.EXPORT: {role: set(E) for role in S},
    Act.CHECK: {
        S.CLERK: {E.TO_CORRECT, E.RETURNED},
        S.REVIEWER: {E.TO_CORRECT, E.RETURNED, E.IN_REVIEW},
        S.ADMINISTRATOR: {E.TO_CORRECT, E.RETURNED, E.IN_REVIEW},
    },
    Act.CORRECT: {role: {E.TO_CORRECT, E.RETURNED} for role in (S.CLERK, S.REVIEWER)},
    Act.REPLACE: {role: set(E) - {E.IN_REVIEW} for role in (S.CLERK, S.REVIEWER, S.ADMINISTRATOR)},
    Act.EXPLAIN: {role: {E.TO_CORRECT, E.RETURNED} for role in (S.CLERK, S.REVIEWER)},
    Act.REMARK: {
        role: {E.TO_CORRECT, E.RETURNED, E.IN_REVIEW, E.APPROVED} for role in (S.CLERK, S.REVIEWER, S.ADMINISTRATOR)
    },
    Act.SUBMIT: {role: {E.TO_CORRECT, E.RETURNED} for role in (S.CLERK, S.REVIEWER)},
    Act.RECALL: {role: {E.IN_REVIEW} for role in (S.CLERK, S.REVIEWER)},
    Act.RETURN: {S.REVIEWER: {E.IN_REVIEW, E.APPROVED}},
    Act.DECIDE: {S.REVIEWER: {E.TO_CORRECT, E.RETURNED, E.IN_REVIEW, E.APPROVED}},
    Act.APPROVE: {S.REVIEWER: {E.IN_REVIEW}},
    Act.SIGN_OFF: {role: {E.APPROVED} for role in (S.CLERK, S.REVIEWER)},
    Act.FINAL_FILE: {role: {E.APPROVED} for role in (S.CLERK, S.REVIEWER)},
    Act.PUBLISH: {S.REVIEWER: {E.APPROVED}},
    Act.WITHDRAW: {S.REVIEWER: {E.PUBLISHED}},
    Act.REVISE: {role: {E.PUBLISHED, E.WITHDRAWN} for role in (S.CLERK, S.REVIEWER)},
    Act.ASSIGN: {role: {E.TO_CORRECT, E.RETURNED, E.IN_REVIEW, E.APPROVED} for role in (S.REVIEWER, S.ADMINISTRATOR)},
}


def _finding(record) -> int:
    return audit_models.Finding.objects.get(disclosure=record).pk


def _explained(record) -> int:
    finding = audit_models.Finding.objects.get(disclosure=record)
    author = models.User.objects.create(username="作者", role=models.Role.CLERK)
    finding.explanations.create(text="原因", values_digest=finding.values_digest, user=author)
    audit_models.Finding.objects.filter(pk=finding.pk).update(status="explained")
    return finding.pk


SIGNED = publishing.SignOff("甲", date(2026, 1, 5), "乙", date(2026, 1, 6))
FILE = {"data": b""}
# The call behind each action. A refusal for another reason than permission counts as allowed.
CALLS = {
    Act.VIEW: lambda user, record: require(user, Act.VIEW, record.pk),
    Act.EXPORT: lambda user, record: require(user, Act.EXPORT, record.pk),
    Act.CHECK: lambda user, record: audit.check_stored(record.pk, "manual", user),
    Act.CORRECT: lambda user, record: correcting.correct_cell(Edit(user, record.pk, 0), PLACE, "5"),
    Act.EXPLAIN: lambda user, record: audit.explain_finding(user, _finding(record), "原因"),
    Act.REMARK: lambda user, record: remarks.add_remark(user, record.pk, "请看"),
    Act.SUBMIT: lambda user, record: workflow.submit(user, record.pk),
    Act.RECALL: lambda user, record: workflow.recall(user, record.pk),
    Act.RETURN: lambda user, record: workflow.return_for_correction(user, record.pk, "请改"),
    Act.DECIDE: lambda user, record: audit.accept_explanation(user, _explained(record)),
    Act.APPROVE: lambda user, record: workflow.approve(user, record.pk),
    Act.SIGN_OFF: lambda user, record: publishing.sign_off(user, record.pk, SIGNED),
    Act.FINAL_FILE: lambda user, record: publishing.attach_final_file(user, record.pk, FILE["data"], "a.json"),
    Act.PUBLISH: lambda user, record: publishing.publish(user, record.pk),
    Act.WITHDRAW: lambda user, record: publishing.withdraw(user, record.pk, "有误"),
    Act.REVISE: lambda user, record: revising.revise(user, record.pk),
    Act.ASSIGN: lambda user, record: workflow.assign(user, [record.pk], user),
}
OTHERS = {
    "row": lambda user, record: correcting.add_row(Edit(user, record.pk, 0), "T03", 0, {}),
    "remove": lambda user, record: correcting.remove_row(Edit(user, record.pk, 0), "T03/合计"),
    "revert": lambda user, record: correcting.revert_correction(user, record.pk, 0, PLACE),
    "waive": lambda user, record: audit.waive_finding(user, _finding(record), "理由"),
    "bulk": lambda user, record: audit.waive_findings(user, [_finding(record)], "理由"),
    "refuse": lambda user, record: audit.refuse_explanation(user, _explained(record), "理由"),
    "withdraw explanation": lambda user, record: audit.withdraw_explanation(user, _explained(record)),
    "revoke": lambda user, record: audit.revoke_waiver(user, _finding(record), "理由"),
}


@pytest.mark.parametrize(("name", "act", "state"), CELLS)
def test_the_matrix_says_what_was_decided(name, act, state):
    assert (state in MATRIX[ROLES[name]][act]) is (state in EXPECTED[act].get(ROLES[name], set()))


def test_every_action_has_a_call():
    assert set(CALLS) | {Act.REPLACE} == set(Act) == set(EXPECTED)


@pytest.mark.django_db
@pytest.mark.parametrize("act", CALLS)
def test_the_services_allow_what_the_matrix_allows(act, record, people, in_state, sound):
    FILE["data"] = file_of(spoilt(sound))
    for name, state in itertools.product(ROLES, models.State):
        in_state(record, state)
        user = people[name]
        allowed = state in MATRIX[ROLES[name]][act]
        assert may(user, act, record) is (act in actions_for(user, record)) is allowed, (name, state)
        assert _is_allowed(act, user, record) is allowed, (name, state)


def _is_allowed(act, user, record) -> bool:
    """Whether the call goes through the permission; whatever it did is undone."""
    from django.db import transaction

    with transaction.atomic():
        try:
            CALLS[act](user, record)
        except NotAllowedError:
            return False
        except ServiceError:
            return True
        finally:
            transaction.set_rollback(True)
    return True


@pytest.mark.django_db
@pytest.mark.parametrize("name", ROLES)
@pytest.mark.parametrize("state", models.State)
def test_a_new_version_is_taken_where_the_matrix_says(name, state, record, people, in_state, sound):
    in_state(record, state)
    data = file_of(spoilt(sound, PLACE, "2.00"))
    if state in MATRIX[ROLES[name]][Act.REPLACE]:
        assert importing.import_file(data, "b.json", people[name]).record.version == 2
        return
    with pytest.raises(importing.ImportRefusedError):
        importing.import_file(data, "b.json", people[name])


@pytest.mark.django_db
@pytest.mark.parametrize("call", [*CALLS, *OTHERS])
@pytest.mark.parametrize("name", OUTSIDERS)
def test_what_is_out_of_reach_looks_like_what_does_not_exist(call, name, record, people):
    user = people[name]
    with pytest.raises(NotVisibleError):
        (CALLS[call] if call in CALLS else OTHERS[call])(user, record)
    assert not any(may(user, act, record) for act in Act)
    assert actions_for(user, record) == frozenset()


@pytest.mark.django_db
def test_ids_that_do_not_exist_and_people_who_left(record, people, clerk):
    with pytest.raises(NotVisibleError):
        require(clerk, Act.VIEW, record.pk + 1000)
    with pytest.raises(NotVisibleError):
        audit.explain_finding(clerk, 10**6, "原因")
    with pytest.raises(NotVisibleError):
        audit.waive_findings(people["reviewer"], [_finding(record), 10**6], "理由")
    clerk.is_active = False
    assert not may(clerk, Act.VIEW, record)
    with pytest.raises(NotVisibleError):
        require(clerk, Act.VIEW, record.pk)


@pytest.mark.django_db
def test_reach_follows_units_and_regions(record, people, department, regions):
    unit = models.Department.objects.create(name="下属单位", parent=department, region=regions["county"])
    below = models.Department.objects.create(name="单位之下", parent=unit, region=regions["other"])
    for name in (unit, below):
        models.Disclosure.objects.create(
            department=name, fiscal_year=2026, kind="unit_budget", version=1, profile="shanxi-2024"
        )
    seen = {name: visible_disclosures(user).count() for name, user in people.items()}
    assert seen == {
        "clerk": 3,
        "reviewer": 2,
        "second": 2,
        "auditor": 3,
        "administrator": 3,
        "other clerk": 0,
        "other reviewer": 1,
    }
    findings = audit_models.Finding.objects.all()
    assert visible_to(people["clerk"], findings).count() == 1
    assert visible_to(people["other reviewer"], findings).count() == 0


@pytest.mark.django_db
def test_nobody_approves_what_they_submitted(sound_record, people, reviewer):
    workflow.submit(reviewer, sound_record.pk, confirm_warnings=True)
    with pytest.raises(NotAllowedError, match="您提交的"):
        workflow.approve(reviewer, sound_record.pk)
    assert Act.APPROVE not in actions_for(reviewer, models.Disclosure.objects.get(pk=sound_record.pk))
    assert workflow.approve(people["second"], sound_record.pk).state == models.State.APPROVED


@pytest.mark.django_db
def test_a_superuser_is_an_administrator_and_no_reviewer(record, people):
    root = models.User.objects.create(username="root", is_superuser=True)
    assert actions_for(root, record) == actions_for(people["administrator"], record)


def test_the_documented_page_is_the_matrix():
    documented = (Path(settings.BASE_DIR) / "docs" / "roles.md").read_text(encoding="utf-8")
    assert documented == page(), "run: python manage.py document_roles"
