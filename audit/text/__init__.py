"""Pure helpers over Chinese prose and indicator values: names, quantities, sums, dates, identities.

No module here knows of disclosures or rules; each takes strings and returns values.
"""
