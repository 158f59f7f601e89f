"""Licenses by the addresses at which their stewards publish them."""

import re

from compliance.licenses.huggingface import CardLicense, license_named

_STEWARD = re.compile(
    r"(?:https?://)?(?:www\.)?(?:"
    r"(?:spdx\.org/licenses|opensource\.org/licenses?|choosealicense\.com/licenses)/(?P<id>[\w.+-]+)"
    r"|apache\.org/licenses/LICENSE-(?P<apache>[\d.]+\d)"
    r"|creativecommons\.org/licenses/(?P<cc>by(?:-nc)?(?:-sa|-nd)?)/(?P<version>\d\.\d)"
    r"|gnu\.org/licenses/(?P<gnu>(?:a|l)?gpl-\d\.\d)"
    r"|(?:llama\.com|llama\.meta\.com|ai\.meta\.com)/(?P<llama>llama\d(?:_\d)?)/license"
    r")(?:\.html|\.txt|\.json|\.en\.html|/legalcode(?:\.\w+)?|/deed(?:\.\w+)?)?/?(?:[?#].*)?",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"\.(?:html|txt|json)$", re.IGNORECASE)


def license_of_address(address: str) -> CardLicense | None:
    """The license that is published at `address`; None for any other address, or one with several licenses."""
    found = _STEWARD.fullmatch(address.strip()[:500])
    if found is None:
        return None
    if found["apache"]:
        return license_named(f"apache-{found['apache']}")
    if found["cc"]:
        return license_named(f"cc-{found['cc']}-{found['version']}")
    if found["gnu"]:
        return license_named(found["gnu"])
    if found["llama"]:
        return license_named(found["llama"].replace("_", "."))
    name = _SUFFIX.sub("", found["id"])
    return license_named(name) or license_named(re.sub(r"-(\d)-(\d)$", r"-\1.\2", name))
