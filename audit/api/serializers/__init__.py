"""Shapes of the API: what a record looks like in JSON, and what a request may say.

May enter: fields and their checks. Must not enter: queries beyond what the view has fetched, decisions.
"""
