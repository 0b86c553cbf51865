"""Plain data of a disclosure: what every part of the house hands to every other part.

Lives here: the frozen dataclasses of one disclosure, its contract JSON, places (the `where`
grammar), printed numbers and text normalisation. May enter: things that are true of a disclosure
whatever file it came from and wherever it is stored. No Django, no file formats, no rules.
"""
