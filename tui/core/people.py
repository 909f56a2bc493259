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
from tui.core.formats.lines import word_set
from tui.core.metadata import (
    PEOPLE_KEYS,
    SINGULAR_PEOPLE,
    FieldValue,
    normal_key,
    show_and_number,
    without_brackets,
)

PARTICLES = "de|da|di|du|del|della|der|den|van|von|la|le|bin|ibn|al|el|ben|y|e|dos|das|zu|ten|ter"
CAPITALISED = r"(?:(?:[^\W\d_a-z]|Dr|Mr|Mrs|Ms|Prof|St)\.|[^\W\d_a-z][\w'’-]*)"
FULL_NAME = rf"{CAPITALISED}(?:\s(?:{PARTICLES}|{CAPITALISED})){{1,4}}"
"""Two to five words with capitals, particles aside."""

NAME = re.compile(FULL_NAME)
INTRODUCED = re.compile(
    r"\b(?:conversation|interview|discussion|dialogue|chat|chats|speaks|talks|talking|sits down|joined)"
    rf"\s(?:with|by)\s(?P<names>{FULL_NAME}(?:,\s(?:and\s)?{FULL_NAME}|\sand\s{FULL_NAME})*)"
)
TITLE_NAME = re.compile(rf"(?P<name>{FULL_NAME}):\s")
TOPIC_HEADING = re.compile(rf"(?P<name>{FULL_NAME})\s+[-–—]\s+(?P<topic>\S.*)")
"""A heading that opens the part of the episode with someone."""

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
    speakers = (name for name in dict.fromkeys(spoken) if is_person(name))
    return Cast(tuple(parted), distinct([*given, *guests, *openings.values(), *speakers]))


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Return names in their order, each once, whatever its case."""
    return tuple({name.casefold(): name for name in reversed(list(names))}.values())[::-1]


def people_in_fields(fields: Mapping[str, FieldValue]) -> list[str]:
    """Return the people that fields name."""
    found: list[str] = []
    for key, value in fields.items():
        name = normal_key(key)
        if name not in PEOPLE_KEYS:
            continue
        if isinstance(value, tuple):
            found += [person for entry in value for person in split_names(entry, plural=False)]
        else:
            found += split_names(value, plural=name not in SINGULAR_PEOPLE)
    return found


def split_names(value: str, *, plural: bool) -> list[str]:
    """Return the names in a field's text.

    Args:
        value: ``Ann Lee``, ``Ann Lee, Bo Diaz and Cy Wu``, ``Ann Lee, Leaf Institute``.
        plural: Whether the field is one of several people. Otherwise what follows a comma is whom they
            work for.
    """
    text = re.sub(r"\s*[(（][^)）]*[)）]", "", without_brackets(clean_line(value)))
    parts = [part.strip() for part in re.split(r"[,，、;/]", text) if part.strip()]
    parts = parts if plural else parts[:1]
    names: list[str] = []
    for part in (re.split(r"\s[-–—]\s", part)[0] for part in parts):
        if part.lower() in AFFIXES and names:
            names[-1] = f"{names[-1]}, {part}"
        else:
            names += re.split(r"\s+(?:and|&|und|et|y|e|with|与|和)\s+|\s*[&＆]\s*", part)
    # Among full names a single word is rather whom the others work for.
    full = len(names) > 1 and len(names[0].split()) > 1 and not CJK.match(names[0])
    return [
        name
        for name in names
        if (is_name(name) or is_single_word(name)) and (len(name.split()) > 1 or not full)
    ]


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
    return is_name(label) and not NO_PEOPLE.intersection(label.lower().split()) and not label.isdecimal()


def guests_in_text(sections: Sequence[Section], title: str) -> list[str]:
    """Return the people that the title and the first sentences of a text introduce."""
    opening = opening_text(sections)
    found: list[str] = []
    titled = TITLE_NAME.match(title)
    if titled and (
        is_borne_out(titled["name"], opening) or is_numbered_guest(titled["name"], title, opening)
    ):
        found.append(titled["name"])
    for introduced in INTRODUCED.finditer(opening[:2000]):
        found += [name[0] for name in NAME.finditer(re.sub(r",?\sand\s|,\s", "; ", introduced["names"]))]
    return list(distinct(found))


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
    return speaks(name, text) or any(name in found["names"] for found in INTRODUCED.finditer(text))


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
        found = TOPIC_HEADING.fullmatch(section.title) if len(section.title) < 200 else None
        if found is None:
            continue
        name = found["name"]
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
