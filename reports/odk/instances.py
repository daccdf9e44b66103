"""Single submissions as ODK Collect and Briefcase keep them: XML, one file each.

defusedxml reads it: no document type, no entity, nothing fetched from anywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from geo.i18n import t
from reports.model.errors import ReportLimitError, UnreadableReportError
from reports.odk.fields import ANSWERS, CAPTION, PICTURE, PLACE, REPEAT
from reports.odk.submission import RawPhoto, RawSubmission

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from reports.odk.submission import OdkLimits
    from reports.odk.uploads import UploadPart

_MEGABYTE: Final = 1_000_000


def read_instance(part: UploadPart, limits: OdkLimits) -> RawSubmission:
    """Return the submission of an XML instance, wherever in its groups the answers stand.

    Raises ``ReportError`` for XML that is damaged, too large, declares a document type, or is no
    instance of the visit form.
    """
    root = _parse_root(part, limits)
    submission = RawSubmission(part.name, 0, root.get("instanceID", ""), folder=part.folder)
    for node in root.iter():
        name = _get_local_name(node)
        if name == REPEAT:
            photo = _read_photo(node, part.name)
            submission.photos.extend([photo] if photo else [])
        elif len(node):
            continue
        elif name in ANSWERS:
            submission.values.setdefault(name, _get_text(node))
        elif name == PLACE:
            submission.place = {"whole": _get_text(node)}
        elif name == "instanceID":
            submission.instance = _get_text(node) or submission.instance
    if "item" not in submission.values or not submission.instance:
        raise UnreadableReportError(t("odk.refuse.not_an_instance", name=part.name))
    return submission


def _parse_root(part: UploadPart, limits: OdkLimits) -> Element:
    if len(part.data) > limits.max_xml_mb * _MEGABYTE:
        raise ReportLimitError(t("odk.refuse.xml_too_large", name=part.name))
    try:
        root: Element = fromstring(part.data, forbid_dtd=True)
    except DefusedXmlException as fault:
        raise UnreadableReportError(t("odk.refuse.forbidden_xml", name=part.name)) from fault
    except (ParseError, ValueError, LookupError, RecursionError) as fault:
        raise UnreadableReportError(t("odk.refuse.damaged", name=part.name)) from fault
    return root


def _read_photo(node: Element, file: str) -> RawPhoto | None:
    parts = {_get_local_name(child): _get_text(child) for child in node}
    name, caption = parts.get(PICTURE, ""), parts.get(CAPTION, "")
    return RawPhoto(name, caption, file, 0) if name or caption else None


def _get_local_name(node: Element) -> str:
    return str(node.tag).rpartition("}")[2]


def _get_text(node: Element) -> str:
    return (node.text or "").strip()
