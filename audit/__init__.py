"""Audit: intervals, the catalogue of rules, the checks and their findings.

May import `disclosures` and `performance`. Rules see plain data only.
"""
