"""Where a link may lead."""

import pytest

from samverkan_desktop.domain.links import uri


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://kommun.example/plan?a=1&b=2#x", "https://kommun.example/plan?a=1&b=2#x"),
        (" www.kommun.example ", "https://www.kommun.example"),
        ("https://åkommun.example/å ä", "https://xn--kommun-hua.example/%C3%A5%20%C3%A4"),
        ("mailto:anna@kommun.example", "mailto:anna@kommun.example"),
        ("tel:+46850801000", "tel:+46850801000"),
    ],
)
def test_an_address_is_given_as_programs_take_it(link, address):
    assert uri(link) == address


@pytest.mark.parametrize(
    "link",
    ["", "javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "http://[", "plan"],
)
def test_nothing_else_is_opened(link):
    assert uri(link) == ""
