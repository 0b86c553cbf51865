"""Excel and CSV of findings: out with everything, in with explanations only.

Lives here: their sheet and the admin class that offers it. Must not enter: what all sheets have in common
(`disclosures.exchange`), what an explanation does (`audit.services`).
"""
