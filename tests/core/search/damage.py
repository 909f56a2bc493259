"""What can happen to the files of an index."""

from collections.abc import Callable
from pathlib import Path

from tui.core.search.store import IndexFolder


def largest(engine: Path, suffix: str) -> Path:
    """Return the largest of the engine's files of a kind."""
    return max(engine.glob(f"*{suffix}"), key=lambda path: path.stat().st_size)


def overwrite(path: Path, change: Callable[[bytearray], bytes | bytearray]) -> None:
    """Put another file in the place of one; who has that one open keeps it."""
    data = bytes(change(bytearray(path.read_bytes())))
    path.unlink()
    path.write_bytes(data)


def flipped(data: bytearray) -> bytearray:
    """Return bytes with some bits flipped in the middle."""
    for at in range(len(data) // 3, len(data) // 3 + 8):
        data[min(at, len(data) - 1)] ^= 0x5A
    return data


def damage(folder: IndexFolder, kind: str) -> None:
    """Damage an index in one of several ways."""
    engine = folder.engine
    whole: dict[str, tuple[Path, Callable[[bytearray], bytes | bytearray]]] = {
        "list cut": (folder.list, lambda data: data[: len(data) // 2]),
        "list flipped": (folder.list, flipped),
        "list empty": (folder.list, lambda _data: b""),
        "meta garbage": (engine / "meta.json", lambda _data: b"{not json"),
        "meta of something else": (engine / "meta.json", lambda _data: b'{"segments": 7}'),
        "meta empty": (engine / "meta.json", lambda _data: b""),
        "managed garbage": (engine / ".managed.json", lambda _data: b"\xff\xff"),
    }
    for suffix in (".store", ".idx", ".term", ".pos", ".fast", ".fieldnorm"):
        whole[f"{suffix} cut"] = (largest(engine, suffix), lambda data: data[: len(data) // 2])
        whole[f"{suffix} zeroed"] = (largest(engine, suffix), lambda data: bytes(len(data)))
        whole[f"{suffix} flipped"] = (largest(engine, suffix), flipped)
    if kind in whole:
        overwrite(*whole[kind])
    elif kind == "meta gone":
        (engine / "meta.json").unlink()
    elif kind == "segments gone":
        for path in engine.glob("*.store"):
            path.unlink()
    elif kind == "engine gone":
        for path in engine.iterdir():
            path.unlink()
    else:
        assert kind == "a folder in the way"
        (engine / "meta.json").unlink()
        (engine / "meta.json").mkdir()


KINDS = (
    *("list cut", "list flipped", "list empty", "meta garbage", "meta of something else", "meta empty"),
    *("managed garbage", "meta gone", "segments gone", "engine gone", "a folder in the way"),
    *(
        f"{suffix} {how}"
        for suffix in (".store", ".idx", ".term", ".pos", ".fast", ".fieldnorm")
        for how in ("cut", "zeroed", "flipped")
    ),
)
