"""The rules, one module per family; each module states its rules in a tuple `RULES`.

May enter: pure functions over a `CheckContext`. Must not enter: Django, reading, storing.
"""
