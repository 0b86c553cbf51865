"""Reading the prose of part three: sentences become statements that can be held against the tables.

Lives here: tokens, statements, what the words of each section mean (concepts) and which table cells
they speak of (figures). May enter: language and the field's fixed phrases. Must not enter: verdicts
(those are rules), Django, or one department's wording.
"""
