"""What people and programs can do with disclosures, each a function that is one transaction.

Lives here: reading a file, importing it, who may do what, corrections, the workflow, publication. May
enter: state changes that admin, API, commands and tasks call alike. Must not enter: file formats, rules,
HTML. What needs findings asks `findings.desk()`, which `audit` hands in at start-up.

Every function that changes something takes the acting `user` first (None is the system itself) and the id
of a record; it raises `errors.ServiceError` (message in plain Chinese) or a subclass: `NotVisibleError` (show
404), `NotAllowedError` (403), `EditConflictError` (409), `InvalidValueError`, `RefusedError` (with `.reasons`).

permissions     visible_disclosures(user) -> QuerySet   visible_departments(user) -> QuerySet
                visible_to(user, queryset, path="disclosure__") -> QuerySet   any model that leads to a disclosure
                may(user, action: Act, disclosure) -> bool   actions_for(user, disclosure) -> frozenset[Act]
                require(user, action, disclosure_id, lock=False) -> Disclosure   (matrix in `matrix`, docs/roles.md)
correcting      correct_cell(user, id, revision, place, value, kind, reason="") -> CorrectionResult
                correct_cells(user, id, revision, [CellChange(place, value)], kind, reason="") -> CorrectionResult
                revert_correction(user, id, revision, place) -> CorrectionResult
                add_row(user, id, revision, table_id, before: int, labels: dict, kind, side="", reason="")
                remove_row(user, id, revision, place, kind, reason="")          -> CorrectionResult
                  CorrectionResult(revision, changed: tuple[CellState], gone, new, lapsed: tuple[FindingView],
                  counts: Counts, run_id);  CellState(place, value, read_value, corrected)
                  places: T03/2080110/project, T03/2080110/name, T13/@no_data, N/五/2, N/五/heading,
                  P/<project>/overview, P/<project>/funds.annual.total, P/<project>/indicators/annual/数量指标/1/value,
                  O/duties, O/funds.basic, O/staff.在职, doc/department
corrections     active_corrections(disclosure_id) -> dict[place, Correction]
                history(disclosure_id, place=None) -> QuerySet[Correction]
                correction_list(disclosure_id) -> list[WordChange(place, words, source, old, new, reason)]
remarks         add_remark(user, id, text, *, fingerprint="", place="", answers=None) -> Remark
                resolve_remark(user, remark_id) -> Remark     remarks_of(disclosure_id) -> QuerySet[Remark]
workflow        submit(user, id, *, confirm_warnings=False) -> Disclosure
                  refused with SubmissionRefusedError(.errors, .warnings: tuple[FindingView])
                recall(user, id)   return_for_correction(user, id, remark)   approve(user, id)
                assign(user, ids, assignee) -> int
publishing      sign_off(user, id, SignOff(secrecy_reviewer, secrecy_reviewed_on, leader, signed_on)) -> Disclosure
                attach_final_file(user, id, data, name, *, choice=None) -> FinalFileResult(accepted, differences)
                publish(user, id) -> Snapshot     withdraw(user, id, reason) -> Disclosure
revising        revise(user, id) -> Disclosure (new version, a copy)     versions(disclosure) -> QuerySet
deadlines       deadline(disclosure, today=None) -> Deadline | None     deadlines(disclosures) -> dict[pk, Deadline]
                missing_departments(user, year) -> QuerySet[Department]   without a submission
accounts        read_accounts(xlsx bytes) / create_accounts(user, rows, dry_run) -> AccountsResult(created, errors)
                set_password(user, account_id, password)   hand_over(user, from_id, to_id, reason)   unlock(user, id)
findings        desk() -> FindingDesk: check, findings, counts, open_errors …;  FindingView, Counts, CheckOutcome

audit.services (import from there in views of `audit`):
checking        check_stored(disclosure_id, trigger="manual", user=None) -> AuditRun
waiving         explain_finding(user, finding_id, text) -> Explanation     withdraw_explanation(user, finding_id)
                accept_explanation(user, finding_id, reason="") -> Waiver
                refuse_explanation(user, finding_id, answer) -> Explanation
                waive_finding(user, finding_id, reason) -> Waiver
                waive_findings(user, finding_ids, reason) -> list[Waiver]
                revoke_waiver(user, finding_id, reason) -> Waiver
muting          mute_rule(user, rule_id, region, reason) -> RuleMute       unmute_rule(user, mute_id) -> RuleMute
"""
