"""What kind of place a library lies in, told from facts as each system gives them."""

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from samverkan_desktop import places
from samverkan_desktop.places import Facts, Kind, Mount, Place, facts_of, judged, read_mounts

WINDOWS = PureWindowsPath(r"C:\Users\anna\AppData\Local\Samverkan\bibliotek.samverkandb")
LINUX = PurePosixPath("/hem/anna/.local/share/Samverkan/bibliotek.samverkandb")


def in_folder(folder: str) -> PurePosixPath | PureWindowsPath:
    kind = PureWindowsPath if "\\" in folder else PurePosixPath
    return kind(folder) / "bibliotek.samverkandb"


@pytest.mark.parametrize("path", [WINDOWS, LINUX])
def test_the_users_own_folder_is_local(path) -> None:
    assert judged(Facts(path=path)) == Place(Kind.LOCAL)


@pytest.mark.parametrize("share", [r"\\server\hem$\anna", r"\\?\UNC\server\hem\anna"])
def test_a_windows_share_is_a_network_folder(share: str) -> None:
    assert judged(Facts(path=in_folder(share))).kind is Kind.NETWORK


def test_a_drive_letter_that_stands_for_a_share_is_a_network_folder() -> None:
    assert judged(Facts(path=PureWindowsPath(r"H:\b.db"), remote_drive=True)).kind is Kind.NETWORK


@pytest.mark.parametrize(
    "kind", ["nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "davfs", "fuse.rclone", "virtiofs"]
)
def test_a_network_file_system_on_linux_is_a_network_folder(kind: str) -> None:
    mounts = (Mount("/", "ext4"), Mount("/hem", kind))
    assert judged(Facts(path=LINUX, mounts=mounts)).kind is Kind.NETWORK


@pytest.mark.parametrize("kind", ["ext4", "btrfs", "fuseblk", "fuse.gocryptfs", "overlay", "tmpfs"])
def test_a_disk_on_linux_is_local(kind: str) -> None:
    mounts = (Mount("/", "nfs"), Mount("/hem", kind))
    assert judged(Facts(path=LINUX, mounts=mounts)).kind is Kind.LOCAL


def test_the_innermost_mount_counts_and_of_two_there_the_later() -> None:
    inner = (Mount("/hem/anna", "nfs4"), Mount("/", "ext4"), Mount("/hem", "ext4"))
    assert judged(Facts(path=LINUX, mounts=inner)).kind is Kind.NETWORK
    over = (Mount("/hem", "nfs4"), Mount("/hem", "ext4"))
    assert judged(Facts(path=LINUX, mounts=over)).kind is Kind.LOCAL
    beside = (Mount("/", "ext4"), Mount("/hem/ann", "nfs4"))
    assert judged(Facts(path=LINUX, mounts=beside)).kind is Kind.LOCAL


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        (r"C:\Users\anna\OneDrive - Kommunen\Ärenden", "OneDrive"),
        (r"C:\Users\anna\OneDrive", "OneDrive"),
        (r"C:\Users\anna\Dropbox (Privat)\x", "Dropbox"),
        (r"C:\Users\anna\iCloudDrive", "iCloud"),
        ("/Users/anna/Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
        ("/Users/anna/Library/CloudStorage/GoogleDrive-anna@example.se/x", "Google Drive"),
        ("/hem/anna/Nextcloud/arbete", "Nextcloud"),
        ("/hem/anna/ownCloud", "ownCloud"),
    ],
)
def test_a_synchronised_folder_is_known_by_its_name(folder: str, program: str) -> None:
    assert judged(Facts(path=in_folder(folder))) == Place(Kind.SYNCED, program)


@pytest.mark.parametrize("folder", ["/hem/anna/OneDriver", "/hem/anna/Nextcloudarkiv", "/Boxar"])
def test_a_name_that_only_begins_so_is_no_synchronised_folder(folder: str) -> None:
    assert judged(Facts(path=in_folder(folder))).kind is Kind.LOCAL


def test_onedrive_is_known_by_its_variable_whatever_the_folder_is_called() -> None:
    variables = {"OneDriveCommercial": r"D:\Moln"}
    inside = Facts(path=PureWindowsPath(r"D:\Moln\Samverkan\b.db"), variables=variables)
    beside = Facts(path=PureWindowsPath(r"D:\Molnfritt\b.db"), variables=variables)
    assert judged(inside) == Place(Kind.SYNCED, "OneDrive")
    assert judged(beside).kind is Kind.LOCAL


@pytest.mark.parametrize(
    ("mark", "program"),
    [
        (".sync_4f1b.db", "Nextcloud"),
        ("._sync_4f1b.db", "Nextcloud"),
        (".nextcloudsync.log", "Nextcloud"),
        (".owncloudsync.log", "ownCloud"),
        (".dropbox.cache", "Dropbox"),
        (".tmp.drivedownload", "Google Drive"),
        (".stfolder", "Syncthing"),
    ],
)
def test_a_synchronised_folder_is_known_by_what_the_program_leaves_there(
    tmp_path: Path, mark: str, program: str
) -> None:
    (tmp_path / "moln" / "arbete").mkdir(parents=True)
    (tmp_path / "moln" / mark).touch()
    assert places.place_of(tmp_path / "moln" / "arbete" / "b.db") == Place(Kind.SYNCED, program)
    assert places.place_of(tmp_path / "b.db").kind is not Kind.SYNCED


def test_dropboxs_settings_in_the_home_folder_make_no_synchronised_home(tmp_path: Path) -> None:
    (tmp_path / ".dropbox").mkdir()
    assert places.place_of(tmp_path / "b.db").kind is not Kind.SYNCED


def test_a_file_that_may_be_in_the_cloud_alone_is_synchronised() -> None:
    assert judged(Facts(path=WINDOWS, cloud_file=True)) == Place(Kind.SYNCED, "en molntjänst")


def test_the_systems_table_of_mounts_is_read_with_its_escapes() -> None:
    table = (
        "22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw\n"
        "40 22 0:38 / /mnt/delad\\040mapp rw - cifs //server/share rw,vers=3\n"
        "a line that is none\n"
    )
    assert read_mounts(table) == (Mount("/", "ext4"), Mount("/mnt/delad mapp", "cifs"))


def test_a_link_is_followed_to_where_the_file_lies(tmp_path: Path) -> None:
    (tmp_path / "Nextcloud").mkdir()
    (tmp_path / "data").symlink_to(tmp_path / "Nextcloud")
    assert places.place_of(tmp_path / "data" / "b.db") == Place(Kind.SYNCED, "Nextcloud")


def test_a_place_that_does_not_exist_is_told_of_too(tmp_path: Path) -> None:
    assert facts_of(tmp_path / "ingen" / "alls" / "b.db").marks == {}
