"""Pages and answers about findings; the rest of the workplace is in `disclosures.views`.

Lives here: what shows or settles findings. May enter: reports over many disclosures. Must not enter:
rules, and how a finding changes its state (`audit.services`).
"""
