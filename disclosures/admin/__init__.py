"""The first screens: accounts, departments, the catalogue, and a disclosure seen part by part.

Lives here: admin classes and the view models of their pages. Must not enter: what a button does
(`disclosures.services`).
"""

from django.contrib import admin
from django.contrib.auth.models import Group

from . import accounts, catalogue, disclosures, organisation, tables

__all__ = ["accounts", "catalogue", "disclosures", "organisation", "tables"]

admin.site.site_header = "部门预算公开核查"
admin.site.site_title = "部门预算公开核查"
admin.site.index_title = "工作台"
admin.site.unregister(Group)  # what a person may do follows from the role
