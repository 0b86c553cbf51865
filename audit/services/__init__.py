"""What is done with findings: checking what is stored, explaining, waiving, muting rules.

Lives here: services over the records of `audit.models`, each one transaction. Must not enter: rules.
Signatures are listed in `disclosures.services`.
"""

from .audits import cancel_audit, start_audit, tidy_audits, visible_audits
from .checking import check_stored
from .history import finding_history
from .muting import lift_expired_mutes, mute_rule, unmute_rule
from .selection import Selection
from .summarising import summary
from .trends import trend
from .waiving import (
    accept_explanation,
    explain_finding,
    refuse_explanation,
    revoke_waiver,
    waive_finding,
    waive_findings,
    withdraw_explanation,
)

__all__ = [
    "Selection",
    "accept_explanation",
    "cancel_audit",
    "check_stored",
    "explain_finding",
    "finding_history",
    "lift_expired_mutes",
    "mute_rule",
    "refuse_explanation",
    "revoke_waiver",
    "start_audit",
    "summary",
    "tidy_audits",
    "trend",
    "unmute_rule",
    "visible_audits",
    "waive_finding",
    "waive_findings",
    "withdraw_explanation",
]
