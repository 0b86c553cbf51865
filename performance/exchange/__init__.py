"""Excel and CSV of target forms and indicators.

Lives here: their sheets. Must not enter: what all sheets have in common (`disclosures.exchange`).
"""
