"""The lock of an image's packages: whole, exact, each file with its hash, and one with requirements.txt."""

import re
from importlib.metadata import distribution, version
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "deploy" / "requirements.lock").read_text(encoding="utf-8")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
PYTHONS = [
    default_environment() | {"python_version": f"3.{n}", "python_full_version": f"3.{n}.1"} for n in (11, 12, 13)
]
LINUX = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"}
PLACES = [python | LINUX | {"platform_machine": one} for python in PYTHONS for one in ("x86_64", "aarch64")]


def entries():
    """(requirement, hashes) of each distribution that the lock names."""
    joined = LOCK.replace("\\\n", " ")
    lines = [line for line in joined.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return [(Requirement(line.split("--hash")[0].strip()), HASH.findall(line), line) for line in lines]


def locked(environment):
    """name -> version in an environment; each name once."""
    there = [one for one, _, _ in entries() if one.marker is None or one.marker.evaluate(environment)]
    found = {canonicalize_name(one.name): next(iter(one.specifier)).version for one in there}
    assert len(found) == len(there)
    return found


def required():
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").split()
    return {canonicalize_name(one.name): next(iter(one.specifier)).version for one in map(Requirement, lines)}


def left_out():
    return {
        line
        for line in (ROOT / "deploy" / "cuda.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    }


def test_every_entry_is_one_version_with_hashes_and_names_no_index():
    for requirement, hashes, line in entries():
        (only,) = requirement.specifier
        assert only.operator == "==" and "*" not in only.version and requirement.url is None
        assert hashes and len(hashes) == line.count("--hash")
    assert "://" not in LOCK and "index-url" not in LOCK and "find-links" not in LOCK


@pytest.mark.parametrize("place", PLACES, ids=lambda one: f"{one['python_version']}-{one['platform_machine']}")
def test_it_holds_every_requirement_at_its_version(place):
    found = locked(place)
    assert required().items() <= found.items()
    assert not found.keys() & left_out()


def needs(name, extra):
    """What an installed distribution needs here, what the lock leaves out apart."""
    for need in map(Requirement, distribution(name).requires or ()):
        applies = need.marker is None or need.marker.evaluate({"extra": extra})
        if applies and canonicalize_name(need.name) not in left_out():
            yield need


def test_all_that_the_installed_ones_need_is_in_it_at_a_version_that_they_take():
    """Walks from the requirements through each distribution that is installed at the lock's version."""
    found = locked(default_environment())
    waiting, seen, newer = [(name, "") for name in required()], set(), set()
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        if version(name).split("+")[0] != found[name]:  # another version has other needs
            newer.add(name)
            continue
        for need in needs(name, extra):
            wanted = canonicalize_name(need.name)
            assert wanted in found, f"{name} needs {need}, which is not in the lock"
            assert need.specifier.contains(found[wanted], prereleases=True), (name, str(need), found[wanted])
            waiting += [(wanted, one) for one in ("", *need.extras)]
    walked = {name for name, _ in seen}
    assert len(walked - newer) > 20
    assert newer or found.keys() == walked, f"nothing needs {found.keys() - walked}"


def test_its_first_lines_say_how_it_is_made():
    first = LOCK.splitlines()[1].removeprefix("#").split()
    assert first[:4] == "uv pip compile requirements.txt".split()
    assert {"--universal", "--generate-hashes", "--excludes", "deploy/cuda.txt"} < set(first)
    assert first[first.index("--python-version") + 1] == "3.11"
