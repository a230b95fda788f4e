"""A small IMAP server over TLS on 127.0.0.1: one account, one folder, enough of RFC 3501."""

from __future__ import annotations

import re
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


@dataclass
class Box:
    """The folder: mails by UID, which are seen, and what the client said."""

    certificates: Path
    mails: dict[int, bytes] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    validity: int = 1
    password: str = "secret"
    said: list[str] = field(default_factory=list)
    break_at: str = ""
    port: int = 0

    def put(self, content: bytes) -> int:
        uid = max(self.mails, default=0) + 1
        self.mails[uid] = content
        return uid


class Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.say("* OK ready")
        while line := self.rfile.readline():
            tag, _, command = line.decode().strip().partition(" ")
            self.box.said.append(command)
            if self.box.break_at and self.box.break_at in command:
                return
            self.say(f"{tag} {self.answer(command)}")
            if command.upper() == "LOGOUT":
                return

    @property
    def box(self) -> Box:
        return self.server.box  # type: ignore[attr-defined,no-any-return]

    def say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")

    def answer(self, command: str) -> str:
        verb, _, rest = command.partition(" ")
        if verb == "CAPABILITY":
            self.say("* CAPABILITY IMAP4rev1")
        elif verb == "LOGIN" and rest != f'invoices "{self.box.password}"':
            return "NO who are you?"
        elif verb == "SELECT":
            if rest != '"INBOX"':
                return "NO there is no such folder"
            self.say(f"* {len(self.box.mails)} EXISTS")
            self.say(f"* OK [UIDVALIDITY {self.box.validity}]")
        elif verb == "UID":
            self.uid(*rest.split(" ", 1))
        return "OK done"

    def uid(self, verb: str, rest: str) -> None:
        if verb == "SEARCH":
            self.say("* SEARCH " + " ".join(map(str, self.found(rest))))
            return
        uid, _, what = rest.partition(" ")
        content = self.box.mails[int(uid)]
        if verb == "STORE":
            self.box.seen.add(int(uid))
        elif "RFC822.SIZE" in what:
            self.say(f"* 1 FETCH (UID {uid} RFC822.SIZE {len(content)})")
        else:
            self.say(f"* 1 FETCH (UID {uid} BODY[] {{{len(content)}}}")
            self.wfile.write(content + b")\r\n")

    def found(self, criterion: str) -> list[int]:
        if criterion == "UNSEEN":
            return [uid for uid in self.box.mails if uid not in self.box.seen]
        first = int(re.findall(r"UID (\d+):\*", criterion)[0])
        after = [uid for uid in self.box.mails if uid >= first]
        return after or sorted(self.box.mails)[-1:]


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    box: Box
    context: ssl.SSLContext

    def get_request(self) -> tuple[ssl.SSLSocket, object]:
        connection, address = self.socket.accept()
        try:
            return self.context.wrap_socket(connection, server_side=True), address
        except OSError:
            connection.close()
            raise


@contextmanager
def imap_server(folder: Path) -> Iterator[Box]:
    """A running server; its certificate lies in ``folder``."""
    certificate, key = make_certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with Server(("127.0.0.1", 0), Session) as server:
        server.context = context
        server.box = Box(certificate, port=server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server.box
        finally:
            server.shutdown()
            thread.join()


def make_certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)  # noqa: TID251
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return paths
