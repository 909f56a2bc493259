"""What a page's JSON-LD says about an episode: https://schema.org/PodcastEpisode and its relatives."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from tui.core.cleaning import clean_line
from tui.core.formats.chapters import Chapter
from tui.core.formats.lines import squeeze, word_set
from tui.core.formats.values import parse_duration
from tui.core.metadata import FieldValue

MAX_CHARS = 2_000_000
"""How much JSON-LD is read of a page, in all."""

MAX_OBJECTS = 5000
VALUE_CHARS = 1000
MAX_CHAPTERS = 500

EPISODES = word_set("podcastepisode radioepisode tvepisode episode videoobject audioobject")
ARTICLES = word_set(
    "article newsarticle blogposting socialmediaposting report techarticle webpage creativework"
)
"""Types that describe the page's subject; episodes say more than the page around them."""

SERIES = ("partOfSeries", "isPartOf", "partOfSeason", "series")
PEOPLE = {
    "hosts": ("host",),
    "guests": ("guest",),
    "speakers": ("actor", "actors", "performer", "contributor", "speaker"),
    "author": ("author", "creator"),
}
TEXTS = {
    "date": ("datePublished", "uploadDate", "dateCreated"),
    "url": ("url",),
    "language": ("inLanguage",),
    "episode_number": ("episodeNumber",),
}
HOLDERS = frozenset({"@graph", "mainEntity", "video", "audio", "associatedMedia"})
"""Where an object may hold the one that the page is about."""

NO_PEOPLE = word_set("organization corporation newsmediaorganization podcastseries website brand")

Value = str | int | float | bool | None | list["Value"] | dict[str, "Value"]


@dataclass(frozen=True, slots=True)
class LinkedData:
    """What a page's JSON-LD tells."""

    titles: tuple[str, ...] = ()
    fields: dict[str, FieldValue] = field(default_factory=dict)
    chapters: tuple[Chapter, ...] = ()


def linked_data(scripts: Iterable[str]) -> LinkedData:
    """Return what pieces of JSON-LD tell about the episode or article that they describe."""
    subjects = [one for script in bounded(scripts) for one in objects(loaded(script))]
    told = [one for kinds in (EPISODES, ARTICLES) for one in subjects if types_of(one) & kinds]
    titles: list[str] = []
    fields: dict[str, FieldValue] = {}
    chapters: tuple[Chapter, ...] = ()
    for one in told:
        titles += [text_of(one.get(key)) for key in ("name", "headline")]
        for name, value in fields_of(one).items():
            fields.setdefault(name, value)
        chapters = chapters or chapters_of(one)
    return LinkedData(tuple(dict.fromkeys(filter(None, titles))), fields, chapters)


def bounded(scripts: Iterable[str]) -> Iterator[str]:
    """Yield scripts until they are too many to be read."""
    chars = 0
    for script in scripts:
        chars += len(script)
        if chars > MAX_CHARS:
            return
        yield script


def loaded(script: str) -> Value:
    """Return the value of a piece of JSON, None if it is none."""
    try:
        # Numbers stay as they are written: Python refuses to read very long ones.
        value: Value = json.loads(script, strict=False, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        return None
    return value


def objects(value: Value) -> list[dict[str, Value]]:
    """Return the objects in a value, outer before inner, up to a bound."""
    found: list[dict[str, Value]] = []
    level = [value]
    while level and len(found) < MAX_OBJECTS:
        inner: list[Value] = []
        for one in level[:MAX_OBJECTS]:
            if isinstance(one, dict):
                found.append(one)
                inner += [
                    part for key, part in one.items() if key in ("@graph", "mainEntity", "video", "audio")
                ]
            elif isinstance(one, list):
                inner += one
        level = inner
    return found


def types_of(one: Mapping[str, Value]) -> frozenset[str]:
    """Return an object's types in lower case, without a vocabulary's address before them."""
    types = one.get("@type")
    names = types if isinstance(types, list) else [types]
    return frozenset(name.rpartition("/")[2].lower() for name in names if isinstance(name, str))


def text_of(value: Value) -> str:
    """Return a value as clean text: of an object its name, of a list its first entry, else ""."""
    for _ in range(3):
        if isinstance(value, list):
            value = value[0] if value else None
        if isinstance(value, dict):
            value = value.get("name") or value.get("@value") or value.get("@id")
    return squeeze(clean_line(value[:VALUE_CHARS])) if isinstance(value, str) else ""


def first_text(one: Mapping[str, Value], keys: Iterable[str]) -> str:
    """Return the first text that an object has under some keys."""
    return next(filter(None, (text_of(one.get(key)) for key in keys)), "")


def fields_of(one: Mapping[str, Value]) -> dict[str, FieldValue]:
    """Return what an object says about an episode, under the names that ``core.metadata`` knows."""
    fields: dict[str, FieldValue] = {name: first_text(one, keys) for name, keys in TEXTS.items()}
    fields["show"] = series_of(one)
    is_episode = bool(types_of(one) & EPISODES)
    duration = text_of(one.get("duration")) or (text_of(one.get("timeRequired")) if is_episode else "")
    duration_s = parse_duration(duration, 1)
    fields["duration_seconds"] = str(duration_s) if duration_s else ""
    for name, keys in PEOPLE.items():
        fields[name] = tuple(dict.fromkeys(person for key in keys for person in people_of(one.get(key))))
    fields["tags"] = tags_of(one.get("keywords"))
    return {name: value for name, value in fields.items() if value}


def series_of(one: Mapping[str, Value]) -> str:
    """Return the name of the series that an object is a part of."""
    for key in SERIES:
        series = one.get(key)
        # A page is part of a web site too, which is no series.
        if isinstance(series, dict) and not types_of(series) & {"website", "webpage", "periodical"}:
            return text_of(series)
    return ""


def people_of(value: Value) -> list[str]:
    """Return the names of people among a value's entries: organisations are none."""
    entries = value if isinstance(value, list) else [value]
    people = [
        entry for entry in entries[:50] if not (isinstance(entry, dict) and types_of(entry) & NO_PEOPLE)
    ]
    return [name for name in map(text_of, people) if name and "://" not in name]


def tags_of(value: Value) -> tuple[str, ...]:
    """Return keywords, given as a list or with commas between them."""
    texts = map(text_of, value[:200]) if isinstance(value, list) else text_of(value).split(",")
    return tuple(dict.fromkeys(filter(None, (text.strip() for text in texts))))


def chapters_of(one: Mapping[str, Value]) -> tuple[Chapter, ...]:
    """Return the clips that an object says it has, in the order of their times."""
    clips = one.get("hasPart")
    found: list[Chapter] = []
    for clip in clips[:MAX_CHAPTERS] if isinstance(clips, list) else []:
        start = clip.get("startOffset") if isinstance(clip, dict) else None
        start_s = offset(start)
        title = text_of(clip)
        if start_s is not None and title:
            found.append(Chapter(start_s, title))
    return tuple(sorted(found, key=lambda chapter: chapter.start_s))


def offset(value: Value) -> float | None:
    """Return a time in seconds as JSON-LD writes it: a number, or a duration."""
    text = text_of(value)
    if text.replace(".", "", 1).isdecimal() and len(text) <= 12:
        return float(text)
    duration_s = parse_duration(text, 1)
    return float(duration_s) if duration_s else (0.0 if text.upper() in ("PT0S", "PT0M") else None)
