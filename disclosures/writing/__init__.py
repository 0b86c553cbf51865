"""Writers: a disclosure as the official document people know, in Word, Excel, CSV and PDF.

Lives here: plain data in, bytes (or lines) out. `outline` puts a disclosure into its official order as blocks, `tables`
and `forms` lay out tables and target forms as cells; `docx`, `xlsx`, `csv` render them, `charts` makes native Word
charts. May enter: another output format. Must not enter: Django, records, permissions (`services.exporting`).

docx.write_docx(disclosure, charts=True, pages=None) -> bytes
xlsx.write_xlsx(disclosure) -> bytes
csv.write_csv(disclosure) -> bytes of a zip
lines_csv.csv_lines(headers, rows) -> Iterator[bytes]
charts.add_chart(document, Chart(kind, title, categories, series))
pdf.to_pdf(docx bytes) -> bytes
"""
