"""The recogniser: lines and grid rows become a Disclosure.

Lives here: finding tables, sections and forms in a document, and reading them by their declarations.
May enter: knowledge of budget disclosures. Must not enter: knowledge of file formats
(`disclosures.reading`), of the database, or of any one department.
"""
