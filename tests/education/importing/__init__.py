from pathlib import Path

WORD = Path(__file__).parent / "files" / "libreoffice.docx"  # an article saved by LibreOffice
