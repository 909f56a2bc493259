"""From a file's bytes to clean text: which encoding it is, or that it is no text at all.

The order: known binary formats are refused, byte order marks are believed, controls and NULs tell
binary data and UTF-16 without a mark, then UTF-8, then the encoding that a page declares, then UTF-8 with
a few bad bytes replaced, and only then a guess. What was guessed, replaced or taken out is said in a notice.
"""

import codecs
import re
from dataclasses import dataclass

from tui.core.cleaning import SIGNED, clean
from tui.core.declared_encoding import declared_encoding
from tui.errors import UnreadableError

SAMPLE_BYTES = 64 * 1024
"""How much of a file decides what it is."""

MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"RIFF", "a sound, video or picture file"),
    (b"OggS", "an Ogg file"),
    (b"fLaC", "a FLAC sound file"),
    (b"ID3", "an MP3 sound file"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
"""How well-known binary files begin, and what they are called."""

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks; UTF-32's come first, for the little-endian one begins like UTF-16's."""

ODD_CONTROLS = bytes(sorted({*range(0x20), 0x7F} - {*range(7, 14), 27}))
"""Controls that text files do not hold: all but bell to carriage return, and escape."""

BLANKS = re.compile(rb"[ \t\r\n]")

LEGACY_ENCODINGS = [
    *("cp1252", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256"),
    *("shift_jis", "euc_jp", "gb18030", "big5", "euc_kr"),
]
"""Encodings a guess may choose from: those that people's old files are really in."""

LAST_GUESS = "cp1252"
"""What a file is taken for when nothing better fits: every byte of Western text has a meaning in it."""

MANY_HIGH_BYTES = 0.04
"""Below this share of bytes above 127 a text is English with some signs, too little to guess from."""

FEW_BAD_BYTES = 0.05
"""The share of bytes that may be wrong in a file that is UTF-8 elsewhere."""

MANY_SIGNS = 0.1
"""The share of unprintable characters above which decoded bytes were no text."""

ESCAPE = b"\x1b"
"""What switches alphabets in ISO 2022, whose bytes are all ASCII."""

HIGH_BYTES = bytes(range(0x80, 0x100))
BAD_BYTES = re.compile("[\udc80-\udcff]")
"""Bytes that were not UTF-8, as Python's surrogateescape keeps them."""

BEYOND_ASCII = re.compile("[^\x00-\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, clean, and how it was read."""

    text: str
    encoding: str
    """Python's name of the encoding."""

    notices: tuple[str, ...]
    """What was assumed, replaced or left out, in words for the reader."""


def decode(data: bytes, *, truncated: bool = False, name: str = "it") -> Decoded:
    """Return the clean text of a file's bytes.

    Args:
        data: The whole file, or its head.
        truncated: That it is only the head, so that an incomplete last character is no error.
        name: What an error message calls the file, clean.

    Raises:
        UnreadableError: It is not text.
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            text, notice = decode_marked(data[len(mark) :], encoding, name, truncated=truncated)
            return finish(text, encoding, notice)
    refuse_binary(data, name)
    wide = wide_encoding(data)
    if wide:
        text, notice = decode_marked(data, wide, name, truncated=truncated)
        return finish(text, wide, notice)
    refuse_controls(data, name)
    return decode_narrow(data, name, truncated=truncated)


def finish(text: str, encoding: str, *notices: str) -> Decoded:
    """Return a decoded text clean, with a notice of what cleaning changed."""
    cleaned = clean(text)
    signs = count(
        cleaned.shown, "control character is shown as a sign", "control characters are shown as signs"
    )
    hidden = count(cleaned.dropped, "hidden character was removed", "hidden characters were removed")
    said = tuple(notice for notice in (*notices, signs, hidden) if notice)
    return Decoded(cleaned.text, encoding, said)


def count(number: int, one: str, many: str) -> str:
    """Return ``3 bytes …`` in words, or nothing for none."""
    if not number:
        return ""
    return f"{number:,} {one if number == 1 else many}"


def not_text(name: str, what: str) -> UnreadableError:
    """Return the error for a file that is something else."""
    return UnreadableError(f"{name} is not a text file ({what})")


def refuse_binary(data: bytes, name: str) -> None:
    """Raise UnreadableError if the bytes begin as a well-known binary format does."""
    for magic, what in MAGIC:
        if data.startswith(magic):
            raise not_text(name, what)
    if data[4:8] == b"ftyp":
        raise not_text(name, "a video or sound file")


def refuse_controls(data: bytes, name: str) -> None:
    """Raise UnreadableError if the bytes hold more control characters than a damaged text would."""
    sample = data[:SAMPLE_BYTES]
    odd = len(sample) - len(sample.translate(None, ODD_CONTROLS))
    if odd > len(sample) * 0.05:
        raise not_text(name, "binary data")


def wide_encoding(data: bytes) -> str | None:
    """Return UTF-16's name if the bytes are that without a mark: every second byte is then often NUL."""
    sample = data[:SAMPLE_BYTES]
    pairs = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > pairs * 0.3 and even < pairs * 0.02:
        return "utf-16-le"
    if even > pairs * 0.3 and odd < pairs * 0.02:
        return "utf-16-be"
    return None


def decode_marked(data: bytes, encoding: str, name: str, *, truncated: bool) -> tuple[str, str]:
    """Return the text of bytes in a known Unicode encoding, and a notice of what was wrong in them."""
    if encoding == "utf-8":
        return decode_utf8(data, truncated=truncated)
    text = codecs.getincrementaldecoder(encoding)("replace").decode(data, final=not truncated)
    sample = text[:SAMPLE_BYTES]
    signs = sum(len(run) for run in SIGNED.findall(sample)) + sample.count("\ufffd")
    if signs > len(sample) * MANY_SIGNS:
        raise not_text(name, "binary data")
    damaged = text.count("\ufffd") - data.count("\ufffd".encode(encoding))
    return text, count(max(damaged, 0), "place could not be decoded", "places could not be decoded")


def decode_narrow(data: bytes, name: str, *, truncated: bool) -> Decoded:
    """Return the text of bytes without a mark: UTF-8 if they are that at all, else a guess."""
    text = decode_bytes(data, "surrogateescape", truncated=truncated)
    bad = len(BAD_BYTES.findall(text))
    as_declared = decode_declared(data, bad, truncated=truncated) if bad or ESCAPE in data else None
    if as_declared is not None:
        return as_declared
    if bad == 0:
        return finish(text, "utf-8")
    if bad < len(data) * FEW_BAD_BYTES and BEYOND_ASCII.search(text):
        return finish(*utf8_with_notice(text, bad))
    return decode_guessed(data, name, truncated=truncated)


def decode_declared(data: bytes, bad: int, *, truncated: bool) -> Decoded | None:
    """Return the text of a page in the encoding that it declares; None if it declares none, or another.

    Args:
        data: The page, or its head.
        bad: How many of its bytes are not UTF-8. If nearly all are, what it declares is wrong.
        truncated: That it is only the head.
    """
    encoding = declared_encoding(data)
    high = len(data) - len(data.translate(None, HIGH_BYTES))
    if encoding is None or bad < high * FEW_BAD_BYTES:
        return None
    try:
        text = codecs.getincrementaldecoder(encoding)("strict").decode(data, final=not truncated)
    except UnicodeDecodeError:
        return None
    return finish(text, encoding)


def decode_utf8(data: bytes, *, truncated: bool) -> tuple[str, str]:
    """Return the text of bytes that are UTF-8 by their mark, bad ones replaced, and a notice of them."""
    text = decode_bytes(data, "surrogateescape", truncated=truncated)
    text, _, notice = utf8_with_notice(text, len(BAD_BYTES.findall(text)))
    return text, notice


def decode_bytes(data: bytes, errors: str, *, truncated: bool) -> str:
    """Return bytes decoded as UTF-8; of a head, an incomplete last character is left out."""
    if not truncated:
        return data.decode("utf-8", errors)
    return codecs.getincrementaldecoder("utf-8")(errors).decode(data)


def utf8_with_notice(text: str, bad: int) -> tuple[str, str, str]:
    """Return the arguments of ``finish`` for UTF-8 of which some bytes were bad."""
    return BAD_BYTES.sub("\ufffd", text), "utf-8", count(bad, "byte was not UTF-8", "bytes were not UTF-8")


def decode_guessed(data: bytes, name: str, *, truncated: bool) -> Decoded:
    """Return the text of bytes in an old encoding, as far as it can be guessed."""
    sample = data[:SAMPLE_BYTES]
    if len(sample) > 512 and not BLANKS.search(sample):
        raise not_text(name, "binary data")
    encoding = guess_encoding(sample)
    text = codecs.getincrementaldecoder(encoding)("replace").decode(data, final=not truncated)
    return finish(text, encoding, f"not UTF-8: read as {encoding}, which is a guess")


def guess_encoding(sample: bytes) -> str:
    """Return the old encoding a sample is most likely in."""
    high = len(sample) - len(sample.translate(None, HIGH_BYTES))
    if high < len(sample) * MANY_HIGH_BYTES:
        return LAST_GUESS
    # Needed for the rare file that is not UTF-8 only: it takes long to load.
    from charset_normalizer import from_bytes

    matches = list(from_bytes(sample, cp_isolation=LEGACY_ENCODINGS))
    # Western and Central European text often fit alike; the more common one is the better guess.
    equals = [match.encoding for match in matches if match.chaos == matches[0].chaos]
    return LAST_GUESS if LAST_GUESS in equals or not equals else equals[0]
