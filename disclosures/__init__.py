"""Disclosures: the documents, their thirteen tables and narrative, from file to record.

Lives here: plain data, template profiles, readers, the recogniser, models and storage, imports and
exports. May import nothing of `performance` or `audit`; what it needs of them it asks of
`disclosures.registry`, which they fill at start-up.
"""
