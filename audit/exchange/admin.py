"""What an admin class of findings inherits to offer them as a sheet."""

from __future__ import annotations

from typing import ClassVar

from disclosures.exchange.admin import PartAdmin
from disclosures.services.matrix import Act

from .findings import FindingResource


class FindingSheetAdmin(PartAdmin):
    """Findings read-only, limited to what a person may see; import takes explanations.

    Who may see disclosures may see what is wrong with them.
    """

    view_permission = "disclosures.view_disclosure"
    import_act: ClassVar[Act] = Act.EXPLAIN
    resource_classes = (FindingResource,)
