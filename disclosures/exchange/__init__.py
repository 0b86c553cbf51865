"""Excel and CSV in and out, for every record type: one way to write, read, check, show and apply a sheet.

Lives here: columns and what may stand in them, hostile-safe files, resources (django-import-export) for
organisation, catalogues, budget tables and narrative, the pages of the admin. May enter: another record
type, as a declaration of its columns. Must not enter: how a disclosure is changed (`disclosures.services`),
records of other apps (they have an `exchange` package of their own).

Way in:  file -> files.read_file -> Dataset -> SheetResource.import_data -> SheetResult (all errors, the diff)
Way out: queryset -> SheetResource.export -> Dataset -> files.write_xlsx / write_csv
"""
