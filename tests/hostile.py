"""Texts that break careless programs, by the kind of hole they try."""

from typing import Final

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
)
