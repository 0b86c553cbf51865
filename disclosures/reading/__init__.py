"""Readers: a file's bytes become a sequence of lines and grid rows, each with its place in the source.

Lives here: one module per file format and the blocks they all return. May enter: knowledge of a
file format. Must not enter: anything about budgets (that is `disclosures.recognise`).
"""
