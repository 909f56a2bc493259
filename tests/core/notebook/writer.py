"""Windows that write into a notebook until somebody kills them: ``python -m tests.core.notebook.writer``.

Each line of standard input starts one: what it does, the notebook, a seed. It is forked, so that it begins at
once. It says ``pid N``, then what it wants and what it was told is on the disk, then, if it lives, ``done``;
when it has ended, ``ended``.
"""

import os
import random
import signal
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from tui.core.notebook import backups, connecting, held, keeping, schema
from tui.core.notebook.changes import Change, Edit
from tui.core.notebook.news import Kept, News
from tui.core.notebook.notebook import Notebook
from tui.core.notebook.values import Anchor, Highlight, Reading, Source, new_id, now

PATIENCE_S = 30.0

NEXT_VERSION = """
    ALTER TABLE highlights ADD COLUMN mood TEXT NOT NULL DEFAULT '';
    UPDATE highlights SET mood = text || text;
    CREATE INDEX highlights_by_mood ON highlights (mood);
"""
"""A step of migration that takes a while."""


def say(*words: object) -> None:
    """Write a line, whole or not at all."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def tell(news: News) -> None:
    """Pass on what is on the disk."""
    if isinstance(news, Kept):
        for edit in news.change.edits:
            thing = edit.after or edit.before
            if isinstance(thing, Highlight):
                say("kept" if edit.after else "gone", thing.id, thing.note or "0")


def use(file: Path, seed: str, changes: int, pause_s: float) -> None:
    """Use a notebook as a hasty reader does.

    Args:
        file: The notebook.
        seed: What is done is the same for the same seed.
        changes: How many changes are made.
        pause_s: The longest pause between two, in seconds.
    """
    generator = random.Random(seed)
    window = Notebook(file, tell)
    window.start()
    sources = [
        Source(f"{number:032x}", file.parent / f"{number}.md", f"{number:012x}", "Tides")
        for number in range(3)
    ]
    marked: list[Highlight] = []
    for number in range(1, changes + 1):
        source = generator.choice(sources)
        action = generator.random()
        if action < 0.6 or not marked:
            words = f"Words of {seed}, {number}. " * generator.randint(1, 60)
            made = Highlight(
                new_id(), source, Anchor(words), words, note=str(number), created=now(), modified=now()
            )
            marked.append(made)
            window.make(Change("highlight", (Edit(None, made),)))
        elif action < 0.8:
            index = generator.randrange(len(marked))
            noted = replace(marked[index], note=str(number))
            window.make(Change("note", (Edit(marked[index], noted),)))
            marked[index] = noted
        elif action < 0.9:
            gone = marked.pop(generator.randrange(len(marked)))
            say("removing", gone.id)
            window.make(Change("highlight deleted", (Edit(gone, None),)))
        else:
            window.keep_reading(Reading(source, share=generator.random(), read_at=now()))
        time.sleep(generator.random() * pause_s)
    assert window.flush(PATIENCE_S)
    window.close()


def add(file: Path, seed: str) -> None:
    """Add a hundred highlights, each as soon as the one before is on the disk."""
    window = Notebook(file, tell)
    source = Source(f"{int(seed):032x}", Path(f"/talks/{seed}.md"), f"{int(seed):012x}", "Tides")
    for number in range(100):
        made = Highlight(new_id(), source, Anchor("Words"), f"{seed} {number}", created=now(), modified=now())
        window.make(Change("highlight", (Edit(None, made),)))
        assert window.flush(PATIENCE_S)
    window.close()


def hurry() -> None:
    """Do all that is done now and then all the time: backups, and moving what was written last."""
    held.REST_S = 0.0
    keeping.LOOK_S = 0.01
    keeping.BACKUP_S = 0.0
    backups.MOST_KEPT = 2
    setattr(keeping, "is_due", lambda _folder: True)  # noqa: B010 - mypy would have it exported


def migrate(file: Path) -> None:
    """Bring a notebook to a version that does not exist yet."""
    with closing(connecting.connect(file, "rw", PATIENCE_S)) as connection:
        schema.migrate(connection, (*schema.MIGRATIONS, NEXT_VERSION))


def run(words: list[str]) -> None:
    """Do what was asked for."""
    action, name, seed = words
    file = Path(name)
    say("pid", os.getpid())
    if action == "use":
        hurry()
        use(file, seed, 10_000, 0.004)
    elif action == "add":
        add(file, seed)
    elif action == "migrate":
        migrate(file)
        signal.pause()
    say("done")


def main() -> None:
    """Start windows until there is nothing more to start."""
    for line in sys.stdin:
        child = os.fork()
        if not child:
            run(line.rstrip("\n").split("\t"))
            os._exit(0)
        os.waitpid(child, 0)
        say("ended")


if __name__ == "__main__":
    main()
