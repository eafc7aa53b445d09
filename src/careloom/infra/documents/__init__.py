"""Makes accessible PDF documents (PDF/UA-1) from typst templates and plain data. Knows no domain."""

from careloom.infra.documents.pdf import PdfRefusedError, render_pdf

__all__ = ["PdfRefusedError", "render_pdf"]
