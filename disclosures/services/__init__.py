"""What people and programs can do with disclosures, each a function that is one transaction.

Lives here: reading a file, importing it, who may do what, corrections, the workflow, publication. May
enter: state changes that admin, API, commands and tasks call alike. Must not enter: file formats, rules,
HTML. What needs findings asks `findings.desk()`, which `audit` hands in at start-up.

Every function that changes something takes the acting `user` first (None is the system itself) and the id
of a record. It raises a subclass of `disclosures.errors.ServiceError` (message in plain Chinese):
`NotVisibleError` (show 404), `NotAllowedError` (403), `EditConflictError` (409), `InvalidValueError`,
`RefusedError` (with `.reasons`).

permissions     visible_disclosures(user) -> QuerySet   visible_departments(user) -> QuerySet
                visible_to(user, queryset, path="disclosure__") -> QuerySet   any model that leads to a disclosure
                may(user, action: Act, disclosure) -> bool   actions_for(user, disclosure) -> frozenset[Act]
                require(user, action, disclosure_id, lock=False) -> Disclosure   (matrix in `matrix`, docs/roles.md)
saving          Edit(user, id, revision, kind, reason="")   what the next four take first: whose change, and of what
correcting      correct_cell(edit, place, value)   correct_cells(edit, [CellChange(place, value)]) -> CorrectionResult
                add_row(edit, table_id, before: int, labels: dict, side="")   remove_row(edit, place)
                revert_correction(user, id, revision, place) -> CorrectionResult
                  CorrectionResult(revision, changed: tuple[CellState], gone, new, lapsed: tuple[FindingView],
                  counts: Counts, run_id);  CellState(place, value, read_value, corrected)
                  places: T03/2080110/project, T03/2080110/name, T13/@no_data, N/五/2, N/五/heading,
                  P/<project>/overview, P/<project>/funds.annual.total, P/<project>/indicators/annual/数量指标/1/value,
                  O/duties, O/funds.basic, O/staff.在职, doc/department
rows            change_table(edit, table_id, TableChanges(cells, removed, added: NewRow)) -> CorrectionResult
items           add_item, remove_item, move_item(edit, Items(ListKind, of), ...)   paragraphs, sections, forms …
tables          assign_other_table, add_table, declare_no_data(edit, ...)   -> CorrectionResult
undoing         undo_save(user, id, revision, saved_revision)   undo_correction(user, id, revision, correction_pk)
corrections     active_corrections(disclosure_id) -> dict[place, Correction]
                history(disclosure_id, place=None) -> QuerySet[Correction]
                correction_list(disclosure_id) -> list[WordChange(place, words, source, old, new, reason)]
remarks         add_remark(user, id, text, *, fingerprint="", place="", answers=None) -> Remark
                resolve_remark(user, id, resolved=True) -> Remark     remarks_of(disclosure_id) -> QuerySet[Remark]
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
accounts        create_accounts(user, rows, dry_run) -> AccountsResult(created, errors)
                set_password(user, account_id, password)   hand_over(user, from_id, to_id, reason)   unlock(user, id)
                successors(account) -> QuerySet[User]
logins          locked_names(usernames) -> set[str]
saved           saved_filters(user, page)   save_filter(user, page, name, query)   forget_filter(user, id)
bulk            recheck(user, ids) -> (queued, passed over)     open_rechecks(user) -> QuerySet[Task]
pages           may_open(user, name) -> bool    menu(user) -> tuple[Page]    (who may open which page, docs/roles.md)
intake          check_upload(name, data), from the first bytes alone     largest_upload(name) -> bytes
                is_archive(data) -> bool     files_of(name, data, told=None) -> (path, bytes) of a zip or 7z archive
                (for workers: whatever looks into a file does not do so in a request)
sandbox         read_source(data, name, told=None) -> SourceDocument, read by a child process with limits; no Django
sources         source_lines(record) -> list[SourceLine(source, words, text, cells, cell_sources)] whatever the format
                place_at(record, sources) -> str | None   what was read at a place of the original
                read_once(data, name) -> SourceDocument, from the reading kept beside the original where there is one
original_pages  pages_of(source) -> PagesShown(sizes, scanned)   page_picture(source, page, dpi) -> PNG, kept by hash
(disclosures.notifications)   announce(event)   tell(people, NoticeKind, subject, *, text, link, disclosure, key) -> int
                inbox: inbox(user) -> QuerySet   unread_count(user)   mark_read(user)   choose(user, ways, email)
(disclosures.schedules)       start_due(now=None) -> int   run_now(user, key)   change(user, key, cron, options)
                switch(user, key, on=)   sync_schedules() -> int
findings        desk() -> FindingDesk: check, findings, counts, open_errors …;  FindingView, Counts, CheckOutcome

audit.services (import from there in views of `audit`):
checking        check_stored(disclosure_id, trigger="manual", user=None) -> AuditRun
waiving         explain_finding(user, finding_id, text) -> Explanation     withdraw_explanation(user, finding_id)
                accept_explanation(user, finding_id, reason="") -> Waiver
                refuse_explanation(user, finding_id, answer) -> Explanation
                waive_finding(user, finding_id, reason) -> Waiver
                waive_findings(user, finding_ids, reason) -> list[Waiver]
                revoke_waiver(user, finding_id, reason) -> Waiver
audits          start_audit(user, Selection(year, region, states, departments), trigger="manual", whole=False) -> Audit
                cancel_audit(user, id)   visible_audits(user)   summary(audit) -> Summary   tidy_audits() -> int
history         finding_history(finding) -> QuerySet[FindingEvent]   trend(selection, first, last) -> list[Day]
muting          mute_rule(user, rule_id, region, reason, ends_on=None) -> RuleMute
                unmute_rule(user, mute_id) -> RuleMute
                silenced(rule_id, region) -> QuerySet[Finding]    lift_expired_mutes(today=None) -> int
"""
