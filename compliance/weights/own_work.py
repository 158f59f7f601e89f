"""Claims that a tokenizer or all code is the team's own, sentence by sentence, in English and Korean."""

import re

_OWN = r"(?:our own|in-house|self-developed|self-trained|proprietary)"
_MADE = r"(?:train|develop|buil[dt]|creat|design|construct)\w*"
_OWN_TOKENIZER = re.compile(
    rf"\b{_OWN}\b[^.\n]{{0,30}}\btokeni[sz]er"
    rf"|\btokeni[sz]er\b[^.\n]{{0,40}}\b(?:{_OWN}(?![A-Za-z])|{_MADE} [^.\n]{{0,20}}from scratch(?![A-Za-z]))"
    rf"|\b{_MADE} [^.\n]{{0,20}}\btokeni[sz]er\b[^.\n]{{0,20}}\bfrom scratch(?![A-Za-z])"
    r"|(?:자체|독자)(?:적으로|적인)?[ ]?(?:개발|학습|구축|제작|설계)?(?:한|된)?[ ]?[^\n]{0,12}토크나이저"
    r"|토크나이저[^\n]{0,20}(?:자체|독자|처음부터|직접)[^\n]{0,12}(?:개발|학습|구축|제작|설계|만들|만든)"
    r"(?!(?:한[ ]?것)?(?:이|가)?[ ]?아[니닌닙])",
    re.IGNORECASE,
)
_OTHERS_CODE = r"(?:third[- ]party|3rd[- ]party|foreign|external|borrowed|copied|other people's)"
_NO_FOREIGN_CODE = re.compile(
    rf"\b(?:no|without(?: any)?|free (?:of|from)|(?:doe|i)s not (?:use|contain|include)(?: any)?)[ ]{_OTHERS_CODE}"
    r"(?: source| model| inference)? code\b(?! license)"
    r"|(?:외부|제[ ]?3자|타사|해외|외산|다른[ ]?(?:사람|회사)의?)[ ]?(?:소스[ ]?)?코드(?:를|는|가|도|은)?[ ]?"
    r"(?:전혀[ ]?|일절[ ]?)?(?:쓰지|사용하지|포함하지|포함되지|차용하지|가져오지|없)",
    re.IGNORECASE,
)
_OWN_CODE = re.compile(
    r"\b(?:all|entire|whole)\b[^.\n]{0,40}\bcode\b[^.\n]{0,20}\b(?:is|was|has been)\b[^.\n]{0,20}"
    r"\b(?:our own|in-house|(?:written|implemented|developed) (?:by us|by ourselves|from scratch|in-house))"
    r"(?![A-Za-z])"
    r"|(?:모든|전체|전)[ ]?(?:소스[ ]?)?코드(?:를|는|가|은)?[^\n]{0,20}(?:자체|직접|독자|처음부터)(?:적으로)?[ ]?"
    r"(?:개발|작성|구현)",
    re.IGNORECASE,
)


def claims_tokenizer(sentence: str) -> bool:
    """Whether it says that the tokenizer was made by the team itself."""
    return _OWN_TOKENIZER.search(sentence) is not None


def claims_code(sentence: str) -> bool:
    """Whether it says that all code was written by the team itself."""
    return _OWN_CODE.search(sentence) is not None


def denies_others_code(sentence: str) -> bool:
    """Whether it says that no code of others is in it."""
    return _NO_FOREIGN_CODE.search(sentence) is not None
