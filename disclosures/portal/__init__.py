"""The public portal under `/open/`: published snapshots for everybody, without an account, a cookie or a script.

Lives here: what is derived from snapshots at publication (`derive`, `figures`), what may be seen (`selectors`), pages,
charts, downloads, feeds, open data. May enter: another way to read what is published. Must not enter: anything that
reads a disclosure's records (they may be newer than what was published), anything about drafts, checks or people.

figures       figures_of(disclosure) -> list[Figure]; statement_of(...)           plain data, no Django
derive        refresh(record)   rows of one department, year and kind, called by `services.publishing`
selectors     current(), publication(address) …: the only door to publications; content(publication) -> Disclosure
charts        Bars: rows with a share of the longest one, for templates/portal/_bars.html
"""
