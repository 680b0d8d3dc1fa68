"""The developer script: what it says where it cannot do the thing itself."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import dev


def test_an_old_python_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(dev, "version_of", lambda command: ())
    with pytest.raises(dev.SetUpError, match=r"needs Python 3\.11 to 3\.13; this is 3\.9\.2"):
        dev.use_right_python()


def test_a_supported_python_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "version_of", lambda command: pytest.fail("no other Python is asked for"))
    for version in ((3, 11, 0), (3, 13, 9)):
        monkeypatch.setattr(sys, "version_info", version)
        dev.use_right_python()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere Qt's wheel is complete")
def test_a_user_is_told_the_one_line_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "opens", lambda library: library not in ("libEGL.so.1", "libxcb-cursor.so.0"))
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}" if name == "apt-get" else None)
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000)
    with pytest.raises(dev.SetUpError) as told:
        dev.see_to_libraries(on_screen=True)
    line = str(told.value).splitlines()[-1].strip()
    assert line == "sudo apt-get install -y --no-install-recommends libegl1 libxcb-cursor0"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere Qt's wheel is complete")
def test_libraries_of_a_window_are_not_needed_offscreen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "opens", lambda library: library not in dev.ON_SCREEN)
    dev.see_to_libraries(on_screen=False)


def test_addresses_of_a_registry_stay_out_of_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    output = "ERROR: no route\nhttps://name:secret@registry.example/simple\nHTTPSConnectionPool(host='registry.example')"
    monkeypatch.setattr(dev.subprocess, "run", lambda *a, **k: SimpleNamespace(returncode=1, stdout=output))
    with pytest.raises(dev.SetUpError) as told:
        dev.run_quietly(["pip"], "It failed.")
    assert "registry.example" not in str(told.value)
    assert str(told.value).startswith("It failed.\nERROR: no route")


def test_the_stamp_follows_the_lock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_bytes(b"a==1\r\n")
    monkeypatch.setattr(dev, "LOCK", lock)
    first = dev.expected_stamp()
    lock.write_bytes(b"a==1\n")
    assert dev.expected_stamp() == first
    lock.write_bytes(b"a==2\n")
    assert dev.expected_stamp() != first


def test_two_pictures_do_not_overwrite_each_other() -> None:
    names = [dev.picture_file(None, theme, both=True).name for theme in ("light", "dark")]
    assert names == ["konspekt.png", "konspekt-dark.png"]
