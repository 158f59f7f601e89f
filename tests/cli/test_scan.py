"""Several submissions in one call, and the same inventory from whatever runs the files."""

import datetime
import ipaddress
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.cli.command import Finished, compliance, known_code
from tests.execution.loopback import Loopback, loopback
from tests.sources.archives import saved, zip_of

pytestmark = pytest.mark.slow

LICENSED = "# SPDX-License-" + "Identifier: MIT\n# Copyright (c) 2025 Team Hanbit\n" + "print(1)\n" * 20
HEADER = b'{"model.embed_tokens.weight":{"dtype":"BF16","shape":[4,4],"data_offsets":[0,32]}}'
WEIGHTS = len(HEADER).to_bytes(8, "little") + HEADER + bytes(32)


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Code, a card, weights, an archive, a copy, and files that can't be examined."""
    folder = tmp_path_factory.mktemp("team")
    for number in range(30):
        (folder / f"module_{number}.py").write_text(f"{LICENSED}print({number})\n")
    (folder / "copy.py").write_text(f"{LICENSED}print(0)\n")
    (folder / "README.md").write_text("---\nlicense: apache-2.0\n---\n# Hanbit\n")
    (folder / "model.safetensors").write_bytes(WEIGHTS)
    (folder / "broken.safetensors").write_bytes(WEIGHTS[:20])
    (folder / "wide.txt").write_text("wide", encoding="utf-16")
    (folder / "large.bin").write_bytes(bytes(2 << 20))
    saved(folder, "lib.zip", zip_of({"inside.py": LICENSED, "weights/model.safetensors": WEIGHTS}))
    return folder


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loopback]:
    known_code()
    with loopback(tmp_path_factory.mktemp("cluster")) as running:
        yield running


def scanned(team: Path, *options: str) -> Finished:
    return compliance("scan", team, "--no-cache", "--max-file-size", "1", *options)


def test_the_inventory_is_the_same_byte_for_byte_whatever_runs_the_files(team: Path, cluster: Loopback) -> None:
    ways = [("--serial",), ("--jobs", "1"), ("--jobs", "2"), ("--cluster", cluster.address)]

    finished = [scanned(team, *way) for way in ways]

    assert [one.status for one in finished] == [3, 3, 3, 3]
    assert len({one.stdout for one in finished}) == 1
    assert {one["path"] for one in finished[0].json["skipped"]} >= {"broken.safetensors", "wide.txt", "large.bin"}


def test_what_a_cluster_found_is_remembered_as_if_it_had_been_found_here(
    team: Path, cluster: Loopback, tmp_path: Path
) -> None:
    there = compliance("scan", team, "--cluster", cluster.address, cache=tmp_path)

    assert compliance("scan", team, cache=tmp_path).stdout == there.stdout


def test_an_interrupted_call_ends_at_once_and_leaves_nothing_behind(cluster: Loopback, tmp_path: Path) -> None:
    subject, temporary = tmp_path / "subject", tmp_path / "temporary"
    temporary.mkdir()
    subject.mkdir()
    for number in range(1_000):
        (subject / f"{number}.py").write_text(f"{LICENSED}print({number})\n")
    (subject / "model.safetensors").write_bytes(WEIGHTS)
    options = ("--no-cache", "--quiet", "--no-shipped-origins", "--origins", known_code())
    words = ["scan", subject, *options, "--cluster", cluster.address]
    command = [sys.executable, "-m", "compliance", *map(str, words)]
    running = subprocess.Popen(command, env={**os.environ, "TMPDIR": str(temporary)}, stderr=subprocess.PIPE)
    while not any(temporary.glob("compliance-*/*")) and running.poll() is None:
        time.sleep(0.01)

    running.send_signal(signal.SIGINT)

    _, complaints = running.communicate(timeout=30)
    assert (running.returncode, complaints) == (130, b"")
    assert [one.name for one in temporary.iterdir() if one.name.startswith("compliance")] == []


def test_an_index_that_a_worker_lacks_is_told_before_anything_is_examined(
    team: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The path means another file in each process, as it may on another machine."""
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "known.index").symlink_to(known_code())
    monkeypatch.chdir(tmp_path / "here")
    options = ("--no-shipped-origins", "--origins", "/proc/self/cwd/known.index")
    with loopback(tmp_path, 1) as cluster:
        finished = compliance("scan", team, *options, "--cluster", cluster.address)

    assert finished.status == 2
    assert finished.stdout == ""
    assert "detector origin-code" in finished.stderr


def test_each_of_several_subjects_has_its_own_inventory(team: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.py").write_text(LICENSED)

    finished = compliance("scan", team, other, "--output", tmp_path / "facts")

    assert finished.status == 3
    written = {path.name: path.read_text() for path in (tmp_path / "facts").iterdir()}
    alone = {"--".join(one.parts[1:]) + ".json": compliance("scan", one).stdout for one in (team, other)}
    assert written == alone


def test_a_subject_that_is_not_there_is_told_and_the_others_are_examined(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "a.py").write_text(LICENSED)

    finished = compliance("scan", tmp_path / "missing", tmp_path / "a", "--output", tmp_path / "facts")

    assert finished.status == 2
    assert "missing" in finished.stderr
    assert [path.name.endswith("--a.json") for path in (tmp_path / "facts").iterdir()] == [True]


def test_one_subject_may_go_to_a_folder_too(tmp_path: Path) -> None:
    """As the last call of `xargs` may name only one."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "a.py").write_text(LICENSED)
    (tmp_path / "facts").mkdir()

    assert compliance("scan", tmp_path / "a", "--output", tmp_path / "facts").status == 0
    assert len(list((tmp_path / "facts").iterdir())) == 1


@pytest.mark.parametrize(
    ("language", "said"), [("en_US.UTF-8", "isn't installed"), ("ko_KR.UTF-8", "설치되어 있지")]
)
def test_a_missing_dask_is_told_with_what_to_install(team: Path, tmp_path: Path, language: str, said: str) -> None:
    (tmp_path / "distributed.py").write_text("raise ModuleNotFoundError('no distributed')\n")

    finished = compliance(
        "scan", team, "--cluster", "tcp://127.0.0.1:9", LC_ALL=language, PYTHONPATH=str(tmp_path)
    )

    assert finished.status == 2
    assert said in finished.stderr
    assert "sovereign-ai-compliance[cluster]" in finished.stderr


def test_a_cluster_over_tls_takes_those_alone_who_have_a_certificate(
    team: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificates(tmp_path)
    options = tuple(f"--tls-{part}={tmp_path / name}" for part, name in FILES.items())
    shared = "DASK_DISTRIBUTED__COMM__TLS__"
    variables = {f"{shared}CA_FILE": f"{tmp_path}/certificate.pem"}
    variables |= {f"{shared}CLIENT__{part.upper()}": f"{tmp_path}/{FILES[part]}" for part in ("cert", "key")}
    with loopback(tmp_path, 1, *options) as cluster:
        assert cluster.address.startswith("tls://")
        without = compliance("scan", team, "--no-cache", "--cluster", cluster.address)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        with_certificate = compliance("scan", team, "--no-cache", "--cluster", cluster.address)

    assert with_certificate.stdout == compliance("scan", team, "--no-cache").stdout
    assert without.status == 2
    assert "docs/cluster.md" in without.stderr
    assert "Traceback" not in without.stderr


FILES = {"ca-file": "certificate.pem", "cert": "certificate.pem", "key": "key.pem"}


def certificates(folder: Path) -> None:
    """A key, and a certificate that it signs for itself: client, scheduler and workers share them."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
