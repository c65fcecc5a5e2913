"""Finds telephone numbers in a text whose digits, spaces and dashes are ASCII (see `contact_details`)."""

import re
from collections.abc import Iterator

# ITU-T E.164: fifteen digits at most. Shorter than this, a number is called from nearby only.
_MOST, _FEWEST = 15, 8
# Digits of a number within one country, with the 0 before it, and without.
_WITH_ZERO = range(9, 13)
_WITHOUT_ZERO = range(10, 14)
# After a word such as "telephone", any row of digits is a number.
_FEWEST_AFTER_WORD = 5

_CANDIDATE = re.compile(r"(?<![A-Za-z0-9_#])(?P<plus>\+[ ]?)?\(?\d(?:(?:[ .()\-]{1,3}|/)?\d)*(?P<behind>[ ]?\+)?")
_DAYS_AND_YEARS = re.compile(
    r"(?<![\d+])\d{4}[-./]\d{1,2}[-./]\d{1,2}(?!\d)"
    r"|(?<![\d+])\d{1,2}[-./ ]\d{1,2}[-./ ](?:1[5-9]|20|21|13|14)\d\d(?!\d)"
    r"|(?<![\d+])(?<![\d+][ .\-])(?:1[3-9]|2[0-5])\d\d[ ]?[-/][ ]?(?:(?:1[3-9]|2[0-5])?\d\d)(?![\d])(?![ .\-]\d)"
)
# Numbers of books, articles and things, whatever they look like.
_CATALOGUE = re.compile(
    r"(?:\b(?:ISBN(?:-1[03])?|ISSN|OCLC|LCCN|PMID|PMC|DOI|VIAF|ORCID|oldid|diff|no\.|nr\.?)|№)[ :=#]{0,3}"
    r"\d[\d\-./ ]{0,40}[\dXx]",
    re.IGNORECASE,
)
_CALL = re.compile(
    r"(?:\b(?:tel|telephone|phone|mobile|cell|call|whatsapp|signal|telegram|sms|fax|teléfono|telefono|telefone|móvil|"
    r"celular|llama|ligue|téléphone|portable|appelez|telefon|mobil|ring|handy|simu|piga|namba|telepon|hp|nomor|hubungi|"
    r"тел|телефон|моб|звоните)|هاتف|جوال|موبايل|واتساب|اتصل|تلفن|موبایل|همراه|تماس|फ़ोन|फोन|मोबाइल|दूरभाष|电话|手机|電話|"
    r"手機|โทร|전화|ফোন|☎|📞|📱)[^\w\n]{0,8}\Z",
    re.IGNORECASE,
)
_MONEY_BEFORE = re.compile(
    r"(?:[$€£¥₦₹₽₩₫₱₵₪₴₺฿]|\b(?:USD|EUR|KES|KSh|TZS|TSh|NGN|INR|IDR|Rp|Rs|SEK|BRL|R|CFA|GBP))[ .]?\Z"
)
_MONEY_BEHIND = re.compile(
    r"[ ]?(?:[%‰٪$€£¥₦₹₽₩₫₱₵₪₴₺฿]|(?:USD|EUR|KES|KSh|TZS|TSh|NGN|INR|IDR|SEK|BRL|F?CFA|GBP|kr|euros?|dollars?|"
    r"million|billion|bytes?|[kKMG]B|edits?|articles?|views?|people|km|m²)\b)"
)


def telephone_numbers(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each. Takes time in proportion to the length of the text."""
    for pattern in (_CATALOGUE, _DAYS_AND_YEARS):
        text = pattern.sub(lambda found: "\n" * len(found[0]), text)
    for found in _CANDIDATE.finditer(text):
        if sum(map(str.isdigit, found[0])) <= _MOST:
            pieces = [found.span()]
        else:
            # Several, one behind the other.
            pieces = [
                (found.start() + each.start(), found.start() + each.end()) for each in re.finditer(r"[^ /]+", found[0])
            ]
        yield from (piece for piece in pieces if _is_number(text, *piece))


def _is_number(text: str, start: int, end: int) -> bool:
    written = text[start:end]
    groups = re.findall(r"\d+", written)
    digits = "".join(groups)
    if not _FEWEST_AFTER_WORD <= len(digits) <= _MOST or len(set(digits)) == 1:
        return False
    if text[end : end + 1].isascii() and (text[end : end + 1].isalpha() or text[end : end + 1] == "_"):
        return False
    is_international = "+" in written or (digits.startswith("00") and digits[2:3] not in ("", "0"))
    if is_international:
        # "+25 000 000 edits"
        return len(digits) >= (10 if _is_quantity(groups) else _FEWEST)
    before = text[max(0, start - 24) : start]
    if _MONEY_BEFORE.search(before) or _MONEY_BEHIND.match(text, end) or _is_book(digits):
        return False
    if _CALL.search(before):
        return True
    return _looks_national(written, groups, digits)


def _looks_national(written: str, groups: list[str], digits: str) -> bool:
    """Whether a row of digits is written as people write a number to call, and not a quantity or a place on a map."""
    separators = set(re.sub(r"\d", "", written))
    if digits.endswith("000000") or ("." in separators and len(separators) > 1):
        return False
    if digits.startswith("0"):
        return len(digits) in _WITH_ZERO and groups[0] != "0" and len(groups) <= 6
    if len(digits) not in _WITHOUT_ZERO or _is_quantity(groups):
        return False
    if all(len(each) == 4 and each < "2600" for each in groups):
        # Years, one behind the other.
        return False
    has_trunk = len(digits) == 11 and groups[0] in ("1", "7", "8")
    if "." in separators and len(groups) < 3:
        return False
    return (
        len(groups) <= 5
        and all(len(each) >= 2 for each in groups[1:] if has_trunk)
        and (has_trunk or all(len(each) >= 2 for each in groups))
    )


def _is_quantity(groups: list[str]) -> bool:
    """Whether digits are grouped by three, as in 1 000 000."""
    return (
        len(groups) > 1 and len(groups[0]) <= 3 and groups[0][0] != "0" and all(len(each) == 3 for each in groups[1:])
    )


def _is_book(digits: str) -> bool:
    """Whether it is an ISBN of thirteen digits: its last one is a check digit (ISO 2108)."""
    if len(digits) != 13 or digits[:3] not in ("978", "979"):
        return False
    return sum(int(digit) * (1, 3)[at % 2] for at, digit in enumerate(digits)) % 10 == 0
