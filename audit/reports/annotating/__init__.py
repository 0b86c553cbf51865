"""A copy of the original with its findings written beside what they are about; the original itself stays as it is.

Lives here: one module for each format that can carry comments (`word`, `pdf`, `excel`), `lines` for originals that
cannot (text, pictures, old formats), `child`, which does the work in a process with limits: originals are hostile.
May enter: another format. Must not enter: Django, records, who may see what (`audit.services.annotated`).

annotate_docx(data, name, notes) -> Annotated(data, ending, placed), and so annotate_xlsx, annotate_pdf, annotate_lines
"""
