"""Countries, and states whose law licenses choose: names for those who don't know their ISO codes."""

from collections.abc import Mapping

from compliance.model.text import Text

NAMES: Mapping[str, Text] = {
    "AE": Text(en="United Arab Emirates", ko="아랍에미리트"),
    "AT": Text(en="Austria", ko="오스트리아"),
    "AU": Text(en="Australia", ko="호주"),
    "BE": Text(en="Belgium", ko="벨기에"),
    "BR": Text(en="Brazil", ko="브라질"),
    "CA": Text(en="Canada", ko="캐나다"),
    "CH": Text(en="Switzerland", ko="스위스"),
    "CN": Text(en="China", ko="중국"),
    "CZ": Text(en="Czechia", ko="체코"),
    "DE": Text(en="Germany", ko="독일"),
    "DK": Text(en="Denmark", ko="덴마크"),
    "ES": Text(en="Spain", ko="스페인"),
    "EU": Text(en="European Union", ko="유럽 연합"),
    "FI": Text(en="Finland", ko="핀란드"),
    "FR": Text(en="France", ko="프랑스"),
    "GB": Text(en="United Kingdom", ko="영국"),
    "HK": Text(en="Hong Kong", ko="홍콩"),
    "IE": Text(en="Ireland", ko="아일랜드"),
    "IL": Text(en="Israel", ko="이스라엘"),
    "IN": Text(en="India", ko="인도"),
    "IT": Text(en="Italy", ko="이탈리아"),
    "JP": Text(en="Japan", ko="일본"),
    "KR": Text(en="South Korea", ko="대한민국"),
    "MY": Text(en="Malaysia", ko="말레이시아"),
    "NL": Text(en="Netherlands", ko="네덜란드"),
    "NO": Text(en="Norway", ko="노르웨이"),
    "PL": Text(en="Poland", ko="폴란드"),
    "RU": Text(en="Russia", ko="러시아"),
    "SA": Text(en="Saudi Arabia", ko="사우디아라비아"),
    "SE": Text(en="Sweden", ko="스웨덴"),
    "SG": Text(en="Singapore", ko="싱가포르"),
    "TR": Text(en="Türkiye", ko="튀르키예"),
    "TW": Text(en="Taiwan", ko="대만"),
    "UA": Text(en="Ukraine", ko="우크라이나"),
    "US": Text(en="United States", ko="미국"),
    "US-CA": Text(en="California, United States", ko="미국 캘리포니아주"),
    "US-DE": Text(en="Delaware, United States", ko="미국 델라웨어주"),
    "US-NY": Text(en="New York, United States", ko="미국 뉴욕주"),
    "VN": Text(en="Vietnam", ko="베트남"),
}
"""By ISO 3166-1 and 3166-2, as Unicode's CLDR has them in short: all that the program's data name, and more."""


def name(code: str | None) -> Text:
    """What the country or state with `code` is called; the code itself where no name is known, none for none."""
    code = code or ""
    return NAMES.get(code) or Text(en=code, ko=code)
