"""A workspace: found, located, created without overwriting."""

from __future__ import annotations

import stat
import sys

import pytest

from intake.model.errors import StudyError
from intake.study.settings import load_study, parse_study
from intake.workspace.letters import own_attachments
from intake.workspace.new import init_files, shipped_files, write_workspace
from intake.workspace.places import find_workspace, locate, store_address


@pytest.fixture(scope="module")
def shipped():
    return shipped_files()


def snapshot(root):
    return {p.relative_to(root): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_the_address_of_a_store_is_not_told_with_the_places(tmp_path, shipped):
    write_workspace(tmp_path, shipped)
    places = locate(tmp_path, load_study(tmp_path))

    assert store_address(tmp_path, "postgresql://crf:s3cret@db/study") not in repr(places)
    assert places.store_url == f"sqlite:///{tmp_path.as_posix()}/archive/store.sqlite"
    assert "store.sqlite" not in repr(places)


def test_a_new_workspace_is_a_study_that_can_be_read(tmp_path, shipped):
    root = tmp_path / "Étude d'été" / "new"
    written = write_workspace(root, shipped)
    workspace = locate(root, load_study(root))
    assert {"study.toml", "centres.csv", "Traiter.bat", "Ouvrir.bat", "inbox/"} <= set(
        written.created
    )
    assert written.kept == ()
    for folder in (workspace.inbox, workspace.receipts, workspace.dataset, workspace.mail):
        assert folder.is_dir()
    for folder in (workspace.review, workspace.archive, workspace.schemas, workspace.key.parent):
        assert folder.is_dir()
    assert workspace.form_templates.is_dir()
    assert not workspace.key.exists()


def test_the_second_time_changes_nothing_and_says_that_all_was_there(tmp_path, shipped):
    first = write_workspace(tmp_path, shipped)
    before = snapshot(tmp_path)
    second = write_workspace(tmp_path, shipped)
    assert snapshot(tmp_path) == before
    assert second.created == ()
    assert set(second.kept) == set(first.created)


def test_what_a_person_wrote_is_never_overwritten(tmp_path, shipped):
    (tmp_path / "study.toml").write_text("mine")
    (tmp_path / "centres.csv").write_text("mine too")
    written = write_workspace(tmp_path, shipped)
    assert (tmp_path / "study.toml").read_text() == "mine"
    assert (tmp_path / "centres.csv").read_text() == "mine too"
    assert {"study.toml", "centres.csv"} <= set(written.kept)


def test_inside_a_git_tree_data_and_keys_are_ignored(tmp_path, shipped):
    (tmp_path / ".git").mkdir()
    root = tmp_path / "deep"
    write_workspace(root, shipped)
    ignored = (root / ".gitignore").read_text().splitlines()
    assert {"/inbox/*", "/outbox/*", "/archive/*", "/keys/", "*.key", "centres.csv"} <= set(ignored)


def test_outside_a_git_tree_no_ignore_file_is_written(tmp_path, shipped):
    write_workspace(tmp_path, shipped)
    assert not (tmp_path / ".gitignore").exists()


def test_an_ignore_file_of_someone_else_keeps_its_lines_and_gains_ours(tmp_path, shipped):
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_bytes(b"*.tmp\n/keys/")
    assert ".gitignore" in write_workspace(tmp_path, shipped).completed
    lines = (tmp_path / ".gitignore").read_text().splitlines()
    assert lines[:2] == ["*.tmp", "/keys/"]
    assert lines.count("/keys/") == 1
    assert "/archive/*" in lines
    before = snapshot(tmp_path)
    assert ".gitignore" in write_workspace(tmp_path, shipped).kept
    assert snapshot(tmp_path) == before


def test_the_plan_holds_every_shipped_schema(shipped):
    files = init_files({**shipped, "schemas/x/1.0.0.json": b"{}"}, version_control=False)
    assert files["schemas/x/1.0.0.json"] == b"{}"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_the_folder_of_the_keys_is_for_its_owner_alone(tmp_path, shipped):
    write_workspace(tmp_path, shipped)
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_made_is_named(tmp_path, shipped):
    (tmp_path / "inbox").write_text("a file where a folder must stand")
    with pytest.raises(StudyError, match="inbox"):
        write_workspace(tmp_path, shipped)


def test_a_workspace_is_found_from_inside_it(tmp_path, shipped):
    write_workspace(tmp_path, shipped)
    assert find_workspace(tmp_path / "outbox" / "mail") == tmp_path


def test_no_workspace_says_which_command_makes_one(tmp_path):
    with pytest.raises(StudyError, match="crf-intake init"):
        find_workspace(tmp_path)


def test_folders_key_and_store_stand_where_the_study_says(tmp_path, shipped):
    text = shipped["study.toml"].decode()
    text = text.replace("# [folders]", '[folders]\ninbox = "/srv/in"\narchive = "old"')
    text = text.replace("keys/pseudonym.key", "/media/key/p.key")
    workspace = locate(tmp_path, parse_study(text.encode()))
    assert workspace.inbox.as_posix().endswith("/srv/in")
    assert workspace.archive == tmp_path / "old"
    assert workspace.outbox == tmp_path / "outbox"
    assert workspace.key.as_posix().endswith("/media/key/p.key")
    assert workspace.store_url == f"sqlite:///{(tmp_path / 'archive/store.sqlite').as_posix()}"


def test_a_database_url_is_taken_as_written(tmp_path, shipped):
    text = shipped["study.toml"].decode().replace("archive/store.sqlite", "postgresql://db/crf")
    assert locate(tmp_path, parse_study(text.encode())).store_url == "postgresql://db/crf"


def test_what_windows_and_word_leave_beside_the_attachments_goes_to_no_centre(tmp_path):
    folder = tmp_path / "letters" / "attachments"
    folder.mkdir(parents=True)
    for name in ("note.pdf", "Thumbs.db", "desktop.ini", "~$note.docx", ".DS_Store"):
        (folder / name).write_bytes(b"x")
    assert list(own_attachments(tmp_path)) == ["note.pdf"]
