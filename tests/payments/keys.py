"""Keys and certificates of the tests, made once for a run: of the shop, of a provider, and of a stranger."""

from __future__ import annotations

import base64
import ssl
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from pos.partner_line.http_line import fingerprint

NOW = datetime(2026, 12, 1, 14, 30, tzinfo=timezone(timedelta(hours=5)))


def clock() -> datetime:
    """The time of all tests of providers."""
    return NOW


@cache
def rsa_key(owner: str) -> rsa.RSAPrivateKey:
    """The key of `shop`, `provider` or `stranger`."""
    return rsa.generate_private_key(65537, 1024)


def private_pem(owner: str) -> str:
    """A key as the portal of a provider hands it out."""
    form = serialization.PrivateFormat.PKCS8
    return rsa_key(owner).private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()


def private_base64(owner: str) -> str:
    """The same as Alipay's tool writes it: without a head."""
    form, encoding = serialization.PrivateFormat.TraditionalOpenSSL, serialization.Encoding.DER
    return base64.b64encode(rsa_key(owner).private_bytes(encoding, form, serialization.NoEncryption())).decode()


def public_pem(owner: str) -> str:
    """The public half, in PEM."""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return rsa_key(owner).public_key().public_bytes(serialization.Encoding.PEM, form).decode()


def public_base64(owner: str) -> str:
    """The same without a head."""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return base64.b64encode(rsa_key(owner).public_key().public_bytes(serialization.Encoding.DER, form)).decode()


def certificate_of(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, serial: int) -> x509.Certificate:
    """A certificate that its own key has signed."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "tests")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(serial).not_valid_before(NOW - timedelta(days=900)).not_valid_after(NOW + timedelta(900))
    return made.sign(key, hashes.SHA256())


@cache
def platform_certificate(serial: int) -> str:
    """A platform certificate of the provider, in PEM."""
    return certificate_of(rsa_key("provider"), serial).public_bytes(serialization.Encoding.PEM).decode()


@dataclass(frozen=True)
class TlsIdentity:
    """What a server shows: its context, and the SHA-256 of its certificate."""

    context: ssl.SSLContext
    fingerprint: str


@cache
def tls_identity(owner: str) -> TlsIdentity:
    """The identity of one device."""
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = certificate_of(key, x509.random_serial_number())
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ) + certificate.public_bytes(serialization.Encoding.PEM)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "device.pem"
        file.write_bytes(pem)
        context.load_cert_chain(file)
    return TlsIdentity(context, fingerprint(certificate.public_bytes(serialization.Encoding.DER)))
