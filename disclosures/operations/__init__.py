"""Running an installation: backup, restore, upgrade, maintenance, and how it is right now.

Lives here: what the administrator of a server does with the database and the files together. May enter: Django's
connection, the tools of the database (`pg_dump`, `pg_restore`, `psql`), tasks and their workers. Must not enter: what
people do with disclosures (`disclosures.services`).
"""
