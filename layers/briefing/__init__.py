"""The briefing: what a period's reports say, as an official report in Word and PDF.

``briefing`` makes the content from facts and filters; ``briefing_docx`` and ``briefing_pdf`` set it
in the layout of Decree 30/2020/NĐ-CP, under the head of the body that issues it.
"""

from layers.briefing.compose import compose_briefing
from layers.briefing.document import Briefing
from layers.briefing.formats.docx_file import build_briefing_docx
from layers.briefing.formats.pdf_file import build_briefing_pdf
from layers.briefing.letterhead import Letterhead

__all__ = [
    "Briefing",
    "Letterhead",
    "build_briefing_docx",
    "build_briefing_pdf",
    "compose_briefing",
]
