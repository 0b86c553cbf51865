"""People to choose from."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from disclosures.models import Role, User


def colleagues(user: User) -> QuerySet[User]:
    """Who can be made responsible for a disclosure of this person's reach: reviewers of the same region or above
    or below it; for an administrator every reviewer. Whether they see a certain one is checked when it is given."""
    reviewers = User.objects.filter(is_active=True, role=Role.REVIEWER).select_related("region")
    reviewers = reviewers.order_by("first_name", "username")
    if user.role != Role.REVIEWER or user.is_superuser:
        return reviewers
    reach = Q(region=user.region_id)
    for level in range(1, 4):
        reach |= Q(**{f"region{'__parent' * level}": user.region_id})
        reach |= Q(**{f"region{'__children' * level}": user.region_id})
    return reviewers.filter(Q(pk__in=User.objects.filter(reach).values("pk")))
