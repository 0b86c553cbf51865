"""The first screens: accounts, departments, the catalogue, and a disclosure seen part by part.

Lives here: admin classes and the view models of their pages. Must not enter: what a button does
(`disclosures.services`).
"""

from django.contrib import admin
from django.contrib.auth.models import Group

from . import accounts, catalogue, disclosures, organisation, schedules, tables, tasks, tokens

__all__ = ["accounts", "catalogue", "disclosures", "organisation", "schedules", "tables", "tasks", "tokens"]

admin.site.unregister(Group)  # what a person may do follows from the role
