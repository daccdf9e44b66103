"""The server of the operators' page, with ports, folders and a database of its own."""

from __future__ import annotations

import os
import re
import secrets
import socket
import ssl
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import httpx2
import pytest

from geo.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PAGE = ROOT / "docs" / "operations.md"
HOST = "bando.haiphong.example"
SERVER = os.environ.get("HPMAP_TEST_DATABASE_URL", "")


def block(name: str) -> str:
    """Return the block of the page that follows a mark."""
    found = re.search(rf"<!-- {name} -->\n```\w*\n(.*?)\n```", PAGE.read_text("utf-8"), re.DOTALL)
    assert found, name
    return found[1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Site:
    """The server of the page, with ports, folders and a database of its own."""

    def __init__(self, folder: Path, schema: str) -> None:
        self.folder = folder
        self.ports = {"443": free_port(), "80": free_port()}
        self.apps = {"8501": free_port(), "8502": free_port()}
        joint = "&" if "?" in SERVER else "?"
        self.database = f"{SERVER}{joint}options=-csearch_path%3D{schema}%2Cpublic"
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.environment = self._environment()

    def _environment(self) -> dict[str, str]:
        pairs = dict(line.split("=", 1) for line in block("environment").splitlines())
        pairs |= {
            "DATABASE_URL": self.database,
            "HPMAP_STATE_DIR": str(self.folder / "state"),
            "STREAMLIT_SERVER_COOKIE_SECRET": secrets.token_hex(32),
            "PYTHONPATH": str(ROOT),
        }
        return os.environ | pairs

    def run(self, name: str, *, told: str = "") -> subprocess.CompletedProcess[str]:
        """Run the commands of a block as they stand there, in the folders of the test."""
        commands = block(name).replace(".venv/bin/python", sys.executable)
        commands = commands.replace("/srv/hpmap/backups", str(self.folder))
        commands = commands.replace("/etc/hpmap.backup-key", str(self.folder / "key"))
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", commands],
            cwd=ROOT,
            env=self.environment | {"GNUPGHOME": str(self.folder / "gnupg")},
            input=told,
            text=True,
            capture_output=True,
            timeout=240,
            check=False,
        )

    def start(self) -> None:
        """Start both processes and nginx."""
        for port in self.apps:
            self.start_app(port)
        for port in self.apps.values():
            wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        self._certificate()
        self.processes["nginx"] = subprocess.Popen(
            ["nginx", "-e", str(self.folder / "error.log"), "-c", str(self._nginx())],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_for(f"{self.address}/dang-nhap", self.visitor())

    def start_app(self, port: str) -> None:
        """Start the process that the page has on a port."""
        self.processes[port] = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "streamlit",
                "run",
                "app.py",
                f"--server.port={self.apps[port]}",
            ],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def stop(self, name: str = "") -> None:
        """Stop one of them, or all."""
        for key in [name] if name else list(self.processes):
            process = self.processes.pop(key)
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()

    @property
    def address(self) -> str:
        """Return where nginx answers."""
        return f"https://127.0.0.1:{self.ports['443']}"

    def visitor(self) -> httpx2.Client:
        """Return a browser without a screen, which calls the server by its name."""
        trusted = ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))
        return httpx2.Client(
            verify=trusted, headers={"Host": HOST, "Accept": "text/html"}, timeout=30
        )

    def _certificate(self) -> None:
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
        command += ["-addext", f"subjectAltName=DNS:{HOST},IP:127.0.0.1"]
        command += ["-subj", f"/CN={HOST}", "-keyout", str(self.folder / "key.pem")]
        command += ["-out", str(self.folder / "fullchain.pem")]
        subprocess.run(command, check=True, capture_output=True)

    def _nginx(self) -> Path:
        site = block("nginx").replace("/etc/ssl/hpmap", str(self.folder))
        for port, own in self.apps.items():
            site = site.replace(f"127.0.0.1:{port}", f"127.0.0.1:{own}")
        for port, own in self.ports.items():
            site = re.sub(rf"listen {port}\b", f"listen 127.0.0.1:{own}", site)
        logs = "access_log off; error_log stderr;"
        places = " ".join(
            f"{name}_temp_path {self.folder}/{name};"
            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        config = self.folder / "nginx.conf"
        config.write_text(
            f"daemon off; pid {self.folder}/nginx.pid; worker_processes 1;\n"
            f"events {{}}\nhttp {{ {logs} {places}\n{site}\n}}\n",
            "utf-8",
        )
        return config


def wait_for(address: str, client: httpx2.Client | None = None) -> None:
    """Wait until something answers there."""
    deadline = time.monotonic() + 90
    with client or httpx2.Client(timeout=3) as asking:
        while time.monotonic() < deadline:
            try:
                asking.get(address)
            except httpx2.TransportError:
                time.sleep(0.3)
            else:
                return
    pytest.fail(f"nothing answers at {address}")
