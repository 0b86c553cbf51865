"""Who is told of what, by the services that do it and in their transaction."""

from __future__ import annotations

import json

import pytest
from django.db import transaction

from audit.models import AuditRun, Finding, Status
from audit.services.waiving import accept_explanation, explain_finding, refuse_explanation
from disclosures.errors import ServiceError
from disclosures.models import Action, Department, Disclosure, Notification, Region, Role, State, User
from disclosures.plain.codec import to_json
from disclosures.services import workflow
from disclosures.services.accounts import hand_over
from disclosures.services.importing import import_file
from disclosures.services.publishing import withdraw
from disclosures.services.remarks import add_remark, resolve_remark
from disclosures.synthetic import SIZES, generate


def hand_in(record: Disclosure, clerk: User) -> None:
    """The step that `submit` takes when nothing is wrong in the document."""
    workflow.step(record, State.IN_REVIEW, Action.SUBMITTED, clerk)


def test_a_real_submission_tells_the_reviewers(department, clerk, reviewer, told):
    sound = generate(3, SIZES["small"])
    Department.objects.filter(pk=department.pk).update(name=sound.department)
    data = json.dumps(to_json(sound), ensure_ascii=False).encode()
    workflow.submit(clerk, import_file(data, "预算.json", clerk).record.pk, confirm_warnings=True)
    assert told(reviewer) == ["submitted"]


def test_returned_tells_the_clerks_of_the_department_and_not_who_did_it(record, clerk, colleague, reviewer, told):
    workflow.return_for_correction(reviewer, record.pk, "请核对三公经费")
    assert told(clerk) == told(colleague) == ["returned"]
    assert told(reviewer) == []
    notice = Notification.objects.get(user=clerk)
    assert notice.subject == "“青山市档案馆 2026 年”被退回，请修改后重新提交"
    assert notice.text == "请核对三公经费"
    assert notice.link == f"/disclosures/{record.pk}/"


def test_nobody_is_told_of_what_is_rolled_back(record, clerk, reviewer, told):
    with transaction.atomic():
        workflow.return_for_correction(reviewer, record.pk, "请修改")
        assert told(clerk) == ["returned"]
        transaction.set_rollback(True)
    assert told(clerk) == []


def test_a_submission_tells_the_nearest_reviewers_until_it_is_decided(record, clerk, reviewer, make, told, region):
    province = Region.objects.create(name="北山省")
    region.parent = province
    region.save()
    above = make("省审核", Role.REVIEWER, region=province)
    far = make("外审核", Role.REVIEWER, region=Region.objects.create(name="南山市"))
    hand_in(record, clerk)
    assert told(reviewer) == ["submitted"]
    assert told(above) == told(far) == told(clerk) == []
    workflow.return_for_correction(reviewer, record.pk, "请修改")
    assert Notification.objects.get(user=reviewer).read_at is not None


def test_without_reviewers_of_its_own_those_above_are_told(record, clerk, make, told, region):
    province = Region.objects.create(name="北山省")
    region.parent = province
    region.save()
    above = make("省审核", Role.REVIEWER, region=province)
    hand_in(record, clerk)
    assert told(above) == ["submitted"]


def test_a_responsible_reviewer_is_told_alone(record, clerk, reviewer, make, told):
    second = make("复核", Role.REVIEWER)
    workflow.assign(reviewer, [record.pk], second)
    assert told(second) == ["assigned"]
    record.refresh_from_db()
    hand_in(record, clerk)
    assert told(second) == ["assigned", "submitted"]
    assert told(reviewer) == []


def test_approval_and_withdrawal(record, clerk, reviewer, make, told):
    workflow.approve(reviewer, record.pk)
    assert told(clerk) == ["approved"]
    record.refresh_from_db()
    record.state = State.PUBLISHED
    record.save()
    withdraw(make("复核", Role.REVIEWER), record.pk, "发现错误")
    assert told(clerk) == ["approved", "withdrawn"]


@pytest.fixture
def finding(record) -> Finding:
    """An open error of the disclosure."""
    run = AuditRun.objects.create(disclosure=record, revision=0)
    return Finding.objects.create(
        disclosure=record,
        first_run=run,
        last_run=run,
        fingerprint="f" * 40,
        rule="table.sum",
        severity="error",
        where="T03/合计/total",
        values_digest="0" * 20,
        status=Status.OPEN,
    )


def test_decisions_on_explanations_go_to_the_clerk(record, finding, clerk, reviewer, told):
    record.state = State.TO_CORRECT
    record.save()
    explain_finding(clerk, finding.pk, "四舍五入")
    record.state = State.IN_REVIEW
    record.save()
    refuse_explanation(reviewer, finding.pk, "差额过大")
    assert told(clerk) == ["explanation_refused"]
    record.state = State.TO_CORRECT
    record.save()
    explain_finding(clerk, finding.pk, "附件已说明")
    record.state = State.IN_REVIEW
    record.save()
    accept_explanation(reviewer, finding.pk)
    assert told(clerk) == ["explanation_refused", "explanation_accepted"]


def test_a_remark_goes_to_the_other_side_and_its_answer_back(record, clerk, reviewer, told):
    remark = add_remark(reviewer, record.pk, "请看第三表")
    assert told(clerk) == ["remark"]
    answer = add_remark(clerk, record.pk, "已改", answers=remark.pk)
    assert told(reviewer) == ["remark"]
    resolve_remark(reviewer, remark.pk)
    assert (told(clerk), told(reviewer)) == (["remark"], ["remark"])
    assert answer.answers == remark


def test_unread_repetitions_are_one_notice(record, clerk, reviewer):
    for number in range(3):
        add_remark(reviewer, record.pk, f"第 {number} 条")
    notice = Notification.objects.get(user=clerk)
    assert (notice.count, notice.text) == (3, "第 2 条")
    assert notice.headline.endswith("（共 3 条）")


def test_who_moved_away_is_not_told(record, clerk, reviewer, told):
    clerk.department = Department.objects.create(name="别的局")
    clerk.save()
    workflow.return_for_correction(reviewer, record.pk, "请修改")
    assert told(clerk) == []


def test_who_takes_over_is_told_how_much(record, clerk, colleague, make, told):
    administrator = make("管理", Role.ADMINISTRATOR)
    record.assigned_to = clerk
    record.save()
    hand_over(administrator, clerk.pk, colleague.pk, "调岗")
    notice = Notification.objects.get(user=colleague)
    assert notice.kind == "handed_over"
    assert "1 份" in notice.subject


def test_the_number_of_queries_does_not_grow_with_the_people(record, reviewer, make, django_assert_max_num_queries):
    for number in range(30):
        make(f"经办{number}", Role.CLERK, email="")
    with django_assert_max_num_queries(25):
        workflow.return_for_correction(reviewer, record.pk, "请修改")
    assert Notification.objects.count() == 31  # with the clerk of the record


def test_a_refused_step_tells_nobody(record, clerk, reviewer, told):
    with pytest.raises(ServiceError):
        workflow.return_for_correction(reviewer, record.pk, "  ")
    assert told(clerk) == []
