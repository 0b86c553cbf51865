"""Budget tables of a FLOW document, where only runs of spaces part the cells.

Lives here: what a line is made of (`pieces`), what stands above and below the rows (`preamble`), which lines
make one row (`names`, `pairs`, `coded`, `items`), into which column a number goes (`spacing`, `columns`,
`sums`), and how rows nest (`nesting`). May enter: evidence on those questions. Must not enter: any change of
a printed number.
"""
