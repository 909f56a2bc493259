"""Who an episode is with, and which part of it belongs to whom.

Names come from fields, from a title like ``Ann Lee: …``, from sentences like "a conversation with Ann
Lee", from headings like ``Ann Lee - Tea``, and from the labels of a transcript. A name from the text
counts only where the text bears it out: ``Deep Learning: an introduction`` is no person.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tui.core.cleaning import clean_line
from tui.core.episode import CJK, Section
from tui.core.field_names import PEOPLE_KEYS, SINGULAR_PEOPLE, SOURCE_KEYS, normal_key
from tui.core.formats.lines import word_set
from tui.core.metadata import FieldValue, without_brackets
from tui.core.names import (
    PARTICLES,
    TRANSLITERATED,
    guests_of_cjk_title,
    introduced,
    name_before_topic,
    names_after_with,
    title_names,
)
from tui.core.title_facts import show_and_number

SAYS = (
    "acknowledges|addresses|adds|admits|advises|agrees|analyzes|answers|argues|asks|asserts|attributes|believes|"
    "calls|cautions|challenges|cites|claims|clarifies|compares|concludes|considers|contends|criticizes|defines|"
    "delves|describes|details|discusses|draws|elaborates|emphasizes|emphasises|encourages|envisions|explains|"
    "explores|expresses|finds|highlights|illustrates|introduces|joins|looks|maintains|makes|mentions|notes|"
    "observes|offers|outlines|points|predicts|presents|proposes|questions|recalls|recommends|recounts|reflects|"
    "remarks|responds|reveals|reviews|says|sees|shares|speaks|states|stresses|suggests|talks|tells|thinks|traces|"
    "urges|views|walks|warns|wonders|worries|writes|said|says|told|argued|explained|described|discussed|noted"
)
"""What summaries let people do."""

AFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "phd", "ph.d.", "md", "m.d.", "esq."})
"""What may stand after a comma and still belong to the name."""

TRAILING_ROLE = re.compile(r"\s*(?:对话|對話|访谈|訪談|对谈|對談|聊天)$")
LEADING_ROLE = re.compile(r"[^:：]{1,16}[:：]\s*")
ORGANISATION = re.compile(
    r"基金|公司|工作室|频道|頻道|大学|大學|研究院|实验室|實驗室|集团|集團|电台|播客|节目|節目"
    r"|\b(?:Inc|LLC|Ltd|GmbH|University|Institute|Foundation|Labs?|Podcast|Show|Channel|Studios?|Media|News|Group"
    r"|Company|Association|Team)\b"
)
"""What companies and stations have in their names."""

NO_PEOPLE = word_set(
    "break music ad ads advertisement sponsor narrator announcer host guest speaker interviewer interviewee "
    "moderator audience unknown q a question answer all both intro outro note caption transcript laughter "
    "applause participant caller male female man woman voice"
)
OPENING_TITLES = re.compile(
    r"(?:brief |executive |short )?(?:summary|introduction|intro|overview|key takeaways|takeaways|tl;?dr|"
    r"about.*|highlights|opening|background)\W*",
    re.I,
)
PROOF_SECTIONS = 3
"""In how many sections from its first on a part's person must be named by surname."""

TEXT_CHARS = 20_000
INTRODUCTION_CHARS = 2000
TITLE_CHARS = 300
HEADING_CHARS = 200
NAME_CHARS = 60
NAME_WORDS = 5


@dataclass(frozen=True, slots=True)
class Cast:
    """An episode's sections with parts and speakers, and all its people."""

    sections: tuple[Section, ...]
    people: tuple[str, ...]


def cast(sections: Sequence[Section], title: str, fields: Mapping[str, FieldValue]) -> Cast:
    """Return the sections with the parts that headings like ``Ann Lee - Tea`` tell, and the people.

    People come in the order of fields, title, introduction, parts and transcript; each once.
    """
    given = people_in_fields(fields)
    guests = guests_in_text(sections, title)
    openings = part_openings(sections, {*given, *guests})
    parted = with_parts(sections, openings, guests)
    spoken = (block.speaker for section in sections for block in section.blocks if block.speaker)
    named = distinct([*given, *guests, *openings.values()])
    speakers = [name for name in dict.fromkeys(spoken) if is_person(name)]
    strangers = [name for name in speakers if not any(is_short_for(name, full) for full in named)]
    return Cast(tuple(parted), distinct([*named, *strangers]))


def is_short_for(label: str, name: str) -> bool:
    """Say whether a transcript's label stands for somebody's whole name: a part of it, or its initials."""
    words = name.lower().split()
    initials = "".join(word[0] for word in words)
    return len(words) > 1 and (set(label.lower().split()) < set(words) or label.lower() == initials)


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Return names in their order, each once, whatever its case."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(name.casefold(), name)
    return tuple(found.values())


def people_in_fields(fields: Mapping[str, FieldValue]) -> list[str]:
    """Return the people that fields name."""
    found: list[str] = []
    for key, value in fields.items():
        name = normal_key(key)
        if name not in PEOPLE_KEYS:
            continue
        if isinstance(value, tuple):
            named = [person for entry in value for person in split_names(entry, plural=False)]
        else:
            named = split_names(value, plural=name not in SINGULAR_PEOPLE)
        found += filter(is_person, named) if name in SOURCE_KEYS else named
    return found


def split_names(value: str, *, plural: bool) -> list[str]:
    """Return the names in a field's text.

    Args:
        value: ``Ann Lee``, ``Ann Lee, Bo Diaz and Cy Wu``, ``Ann Lee, Leaf Institute``.
        plural: Whether the field is one of several people. Otherwise what follows a comma is whom they
            work for.
    """
    text = re.sub(r"\s*[(（][^)）]*[)）]", "", without_brackets(clean_line(value)))
    text = LEADING_ROLE.sub("", text, count=1)
    names: list[str] = []
    for part in (re.split(r"\s[-–—]\s", part)[0] for part in separate_names(text, plural=plural)):
        if part.lower() in AFFIXES and names:
            names[-1] = f"{names[-1]}, {part}"
        else:
            joined = re.split(
                r"\s+(?:and|&|und|et|y|e|with)\s+|\s*[&＆与與]\s*|\s+和\s+|(?<=\w)和(?=[A-Z])", part
            )
            names += [TRAILING_ROLE.sub("", name) for name in joined]
    # Among full names a single word is rather whom the others work for.
    full = len(names) > 1 and len(names[0].split()) > 1 and not CJK.match(names[0])
    return [
        name
        for name in names
        if (is_name(name) or is_single_word(name)) and (len(name.split()) > 1 or not full)
    ]


def separate_names(text: str, *, plural: bool) -> list[str]:
    """Return the names, or names joined by a word, that a field's text has apart.

    In ``Ann Lee, Leaf & Bo Diaz, Tea Ltd.`` each has whom they work for behind a comma.
    """
    joined = re.split(r"\s+(?:and|&)\s+", text)
    if len(joined) > 1 and all(part.count(",") == 1 for part in joined):
        return [part.partition(",")[0].strip() for part in joined]
    parts = [part.strip() for part in re.split(r"[,，、;；/]", text) if part.strip()]
    # What a comma of lists parts are several, whatever the field is called.
    return parts if plural or "、" in text or ";" in text else parts[:1]


def is_single_word(text: str) -> bool:
    """Say whether a text is one word, as a nickname is."""
    return 1 < len(text) <= NAME_CHARS and text.isalnum()


def is_name(text: str) -> bool:
    """Say whether a text could be a person's name: a few words with capitals, or CJK characters."""
    words = text.split()
    if not 1 <= len(words) <= NAME_WORDS or len(text) > NAME_CHARS or any(map(str.isdecimal, text)):
        return False
    if CJK.match(text):
        return True
    particles = PARTICLES.split("|")
    return words[0][0].isupper() and all(word in particles or word[0].isupper() for word in words)


def is_person(label: str) -> bool:
    """Say whether a transcript's label names a person, not a role or a sound."""
    words = label.lower().split()
    is_letter = len(label) == 1 and not CJK.match(label)
    return (
        is_name(label)
        and not is_letter
        and not NO_PEOPLE.intersection(words)
        and not ORGANISATION.search(label)
    )


def guests_in_text(sections: Sequence[Section], title: str) -> list[str]:
    """Return the people that the title and the first sentences of a text introduce."""
    opening = opening_text(sections)
    title = title[:TITLE_CHARS]
    titled, mark = title_names(title)
    found = [name for name in titled if is_titled_guest(name, mark, title, opening)]
    found += [name for name in names_after_with(title) if is_borne_out(name, opening)]
    found += [name for name in guests_of_cjk_title(title) if is_name(name)]
    found += introduced(opening[:INTRODUCTION_CHARS])
    return list(distinct(found))


def is_titled_guest(name: str, mark: str, title: str, text: str) -> bool:
    """Say whether a name that a title begins with is somebody's, by the text, or by the kind of title."""
    if is_borne_out(name, text):
        return True
    return mark.startswith(":") and is_numbered_guest(name, title, text)


def is_numbered_guest(name: str, title: str, text: str) -> bool:
    """Say whether a title of the kind ``Name: Topic | Show #7`` begins with a name that the text knows."""
    return show_and_number(title)[1] is not None and name in text


def opening_text(sections: Sequence[Section]) -> str:
    """Return the beginning of an episode's text."""
    pieces: list[str] = []
    chars = 0
    for section in sections:
        for block in section.blocks:
            pieces.append(block.text[:TEXT_CHARS])
            chars += len(block.text)
            if chars > TEXT_CHARS:
                return "\n".join(pieces)
    return "\n".join(pieces)


def is_borne_out(name: str, text: str) -> bool:
    """Say whether a text speaks of a name as of a person: introduces it, or lets it say something."""
    if speaks(name, text) or re.search(TRANSLITERATED + re.escape(name), text):
        return True
    return name in introduced(text)


def speaks(name: str, text: str) -> bool:
    """Say whether a text lets someone, named by surname, do what only people do."""
    return (
        re.search(rf"\b{re.escape(surname(name))}(?:\s\w+ly|\s(?:also|then))?\s(?:{SAYS})\b", text)
        is not None
    )


def surname(name: str) -> str:
    """Return the last word of a name that is no affix."""
    words = [word for word in name.replace(",", " ").split() if word.lower() not in AFFIXES]
    return words[-1] if words else name


def part_openings(sections: Sequence[Section], known: Iterable[str]) -> dict[int, str]:
    """Return which sections open someone's part by a heading ``Name - Topic``, by ordinal."""
    trusted = {name.casefold() for name in known}
    openings: dict[int, str] = {}
    for index, section in enumerate(sections):
        name = name_before_topic(section.title[:HEADING_CHARS])
        if name is None:
            continue
        first = sections[index : index + PROOF_SECTIONS]
        proven = name in section.text and any(speaks(name, later.text) for later in first)
        if proven or name.casefold() in trusted:
            openings[index] = name
    return openings


def with_parts(
    sections: Sequence[Section], openings: Mapping[int, str], guests: Sequence[str]
) -> list[Section]:
    """Return the sections with part and speaker; the first guest has what comes before other openings."""
    if not openings:
        return list(sections)
    first = min(openings)
    owners = dict(openings)
    earlier = [guest for guest in guests if guest not in openings.values()]
    begin = first_part(sections[:first], earlier[0], openings.values()) if earlier else None
    if begin is not None:
        owners[begin] = earlier[0]
    owner: str | None = None
    parted: list[Section] = []
    for index, section in enumerate(sections):
        owner = owners.get(index, owner)
        parted.append(
            replace(section, part=owner, speaker=owner) if owner and section.part is None else section
        )
    return parted


def first_part(sections: Sequence[Section], guest: str, others: Iterable[str]) -> int | None:
    """Return where the first guest's part begins: past sections that are about the whole episode."""
    names = list(others)
    for index, section in enumerate(sections):
        about_all = OPENING_TITLES.fullmatch(section.title) or any(name in section.text for name in names)
        if not about_all and section.title and speaks(guest, section.text):
            return index
    return None
