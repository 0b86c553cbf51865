"""What can only be seen by looking at several disclosures of one year together.

Lives here: the set of disclosures as plain data (`context`), the evaluator (`engine`), rules over sets
(modules with a tuple `RULES`, collected by `audit.catalogue`, ids `S-`). Must not enter: Django; how sets
are loaded and their findings kept is in `audit.services.sets`.
"""
