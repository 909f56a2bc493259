"""Opening links: which programs are asked here, what they are handed, what is said when there is none."""

import os
import time
from pathlib import Path

import pytest

from tui.core.browsing import LIMIT_S, is_openable, open_link, openers

DISPLAY = {"DISPLAY": ":0"}


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder for programs; each writes down what it was handed."""
    folder = tmp_path / "bin"
    folder.mkdir()
    return folder


def program(folder: Path, name: str, ending: str = "exit 0") -> Path:
    made = folder / name
    made.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{folder}/{name}.told"\n{ending}\n', encoding="utf-8")
    made.chmod(0o755)
    return made


def told(folder: Path, name: str) -> list[str]:
    return (folder / f"{name}.told").read_text(encoding="utf-8").splitlines()


def names(env: dict[str, str], folder: Path, platform: str = "linux") -> list[str]:
    return [opener.name for opener in openers({**env, "PATH": str(folder)}, platform)]


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "--help",
        "",
        "ssh://host",
        "https://a b",
        "https://a\nb",
        "https://a\x1b]0;x",
        "vscode://file/x",
    ],
)
def test_only_web_and_mail_addresses_are_opened(url: str, programs: Path) -> None:
    program(programs, "xdg-open")
    assert not is_openable(url)
    assert not open_link(url, {**DISPLAY, "PATH": str(programs)}, "linux").is_open
    assert not (programs / "xdg-open.told").exists()


def test_the_opener_of_the_platform(programs: Path) -> None:
    for name in ("open", "xdg-open", "wslview", "mine"):
        program(programs, name)
    assert names(DISPLAY, programs) == ["xdg-open"]
    assert names({"WAYLAND_DISPLAY": "w"}, programs) == ["xdg-open"]
    assert names({}, programs) == []
    assert names({}, programs, "darwin") == ["open"]
    assert names({"WSL_DISTRO_NAME": "u"}, programs) == ["wslview"]
    assert names({**DISPLAY, "BROWSER": "mine"}, programs) == ["mine", "xdg-open"]


def test_over_ssh_only_what_the_user_chose_is_asked(programs: Path) -> None:
    for name in ("open", "xdg-open", "helper"):
        program(programs, name)
    far = {**DISPLAY, "SSH_CONNECTION": "1"}
    assert names(far, programs) == []
    assert names({"SSH_TTY": "t"}, programs, "darwin") == []
    assert names({**far, "BROWSER": "helper"}, programs) == ["helper"]
    assert open_link("https://a.org", {**far, "PATH": str(programs)}, "linux").message == (
        "No browser is opened over SSH"
    )


def test_a_browser_may_be_a_list_with_arguments_but_not_one_for_terminals(programs: Path) -> None:
    program(programs, "mine")
    env = {"BROWSER": os.pathsep.join(["w3m", "'half", "./mine", "absent", "mine --new %s --end"])}
    program(programs, "w3m")
    assert names(env, programs) == ["mine"]
    assert open_link("https://a.org/?q=%s&x=$(id)", {**env, "PATH": str(programs)}, "linux").is_open
    assert told(programs, "mine") == ["--new", "https://a.org/?q=%s&x=$(id)", "--end"]


def test_the_address_is_one_argument_and_no_shell_reads_it(programs: Path) -> None:
    program(programs, "xdg-open")
    url = "https://a.org/;touch$IFS$9x'\"`id`"
    opening = open_link(url, {**DISPLAY, "PATH": str(programs)}, "linux")
    assert opening.is_open
    assert told(programs, "xdg-open") == [url]
    assert opening.message == f"Opening {url} · xdg-open"


def test_one_that_fails_is_followed_by_the_next(programs: Path) -> None:
    program(programs, "mine", "exit 3")
    program(programs, "xdg-open")
    env = {**DISPLAY, "BROWSER": "mine", "PATH": str(programs)}
    assert open_link("https://a.org", env, "linux").message.endswith("· xdg-open")
    program(programs, "xdg-open", "exit 4")
    opening = open_link("https://a.org", env, "linux")
    assert not opening.is_open
    assert opening.message == "mine ended with status 3; xdg-open ended with status 4"


def test_a_browser_that_stays_is_not_waited_for(programs: Path) -> None:
    program(programs, "xdg-open", "exec /bin/sleep 4")
    begun = time.monotonic()
    assert open_link("https://a.org", {**DISPLAY, "PATH": str(programs)}, "linux").is_open
    assert time.monotonic() - begun < LIMIT_S + 2


def test_a_program_that_can_not_be_started_is_named(programs: Path) -> None:
    broken = programs / "xdg-open"
    broken.write_bytes(b"\x7fELF, not really")
    broken.chmod(0o755)
    opening = open_link("https://a.org", {**DISPLAY, "PATH": str(programs)}, "linux")
    assert opening.message.startswith("xdg-open could not be started")


def test_without_a_display_there_is_nothing_to_open_with(programs: Path) -> None:
    program(programs, "xdg-open")
    opening = open_link("mailto:ida@example.org", {"PATH": str(programs)}, "linux")
    assert (opening.is_open, opening.message) == (False, "No browser can be opened here")
