"""Pages of the workplace: front page, lists, import, workbench, and the published page.

Lives here: HTML and JSON for people at work, over the services. May enter: another page. Must not
enter: who may do what and how a state changes (`disclosures.services`), rules, file formats.
"""
