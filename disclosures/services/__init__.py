"""What people and programs can do with disclosures, each a function that is one transaction.

Lives here: reading a file, importing it, who may do what, the summary of what was read. May enter: state
changes that admin, API, commands and tasks call alike. Must not enter: file formats, rules, HTML.
"""
