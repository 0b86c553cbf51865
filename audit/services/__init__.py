"""What is done with findings: checking what is stored, explaining, waiving, muting rules.

Lives here: services over the records of `audit.models`, each one transaction. Must not enter: rules.
Signatures are listed in `disclosures.services`.
"""

from .checking import check_stored
from .muting import mute_rule, unmute_rule
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
    "accept_explanation",
    "check_stored",
    "explain_finding",
    "mute_rule",
    "refuse_explanation",
    "revoke_waiver",
    "unmute_rule",
    "waive_finding",
    "waive_findings",
    "withdraw_explanation",
]
