"""Reports for people who must act on what was found: data in, bytes of a file out.

Lives here: what reports say (`content`), the paper they stand on (`paper`), the report of one disclosure (`disclosure`)
and of a region (`region`), the lists to work through (`findings_book`, `changes`), copies of the original with its
findings written beside (`annotating`). May enter: another report over the same data. Must not enter: Django, records,
who may have what (`audit.services.reports`).
"""
