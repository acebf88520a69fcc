"""Signing as a signing service does it: PAdES B-B signatures by people of a test authority."""

import datetime
import io
from dataclasses import dataclass

from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate as SignedCertificate
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.validation import PdfSignatureStatus, validate_pdf_signature
from pyhanko.stamp.noop import NoOpStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

_Key = ec.EllipticCurvePrivateKey


class Version17Writer(IncrementalPdfFileWriter):
    """Adds to a file and leaves it PDF 1.7, which PDF/A-2 is made of.

    The library itself would note PDF 2.0, for every signature and again for elliptic curves.
    """

    output_version = (1, 7)

    def ensure_output_version(self, version):
        if version <= self.output_version:
            super().ensure_output_version(version)

    def register_extension(self, ext):
        if str(ext.base_version) <= "/1.7":
            super().register_extension(ext)


@dataclass(frozen=True)
class Person:
    """Someone with a certificate."""

    certificate: x509.Certificate
    key: _Key


class Authority:
    """A certificate authority that nobody but the tests trusts."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self.certificate = self._certify("Testutfärdare", self._key, is_authority=True)

    def person(self, name: str) -> Person:
        """Return a person who may sign."""
        key = ec.generate_private_key(ec.SECP256R1())
        return Person(self._certify(name, key, is_authority=False), key)

    def _certify(self, name: str, key: _Key, *, is_authority: bool) -> x509.Certificate:
        now = datetime.datetime.now(datetime.UTC)
        usage = dict.fromkeys(
            (
                "digital_signature", "content_commitment", "key_encipherment",
                "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign",
                "encipher_only", "decipher_only",
            ),
            False,
        )  # fmt: skip
        allowed = ("key_cert_sign", "crl_sign") if is_authority else ("content_commitment",)
        builder = (
            x509.CertificateBuilder()
            .subject_name(_named(name))
            .issuer_name(_named("Testutfärdare"))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=30))
            .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
            .add_extension(x509.KeyUsage(**usage | dict.fromkeys(allowed, True)), critical=True)
            .add_extension(
                x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
            )
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()),
                critical=False,
            )
        )
        return builder.sign(self._key, hashes.SHA256())


def sign(data: bytes, field: str, person: Person, authority: Authority) -> bytes:
    """Return the file with a signature in a field that it has; the field keeps its look."""
    signer = SimpleSigner(
        signing_cert=_loaded(person.certificate),
        signing_key=_private(person.key),
        cert_registry=SimpleCertificateStore.from_certs([_loaded(authority.certificate)]),
    )
    metadata = PdfSignatureMetadata(
        field_name=field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    made = PdfSigner(metadata, signer=signer, stamp_style=NoOpStampStyle()).sign_pdf(
        Version17Writer(io.BytesIO(data), strict=True), existing_fields_only=True
    )
    return made.getvalue()


def signatures(data: bytes, authority: Authority) -> dict[str, PdfSignatureStatus]:
    """Return what is to be said about each signature, by the name of its field."""
    context = ValidationContext(trust_roots=[_loaded(authority.certificate)], allow_fetching=False)
    reader = PdfFileReader(io.BytesIO(data), strict=True)
    return {
        found.field_name: validate_pdf_signature(found, context)
        for found in reader.embedded_signatures
    }


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _loaded(certificate: x509.Certificate):
    return SignedCertificate.load(certificate.public_bytes(serialization.Encoding.DER))


def _private(key: _Key):
    return PrivateKeyInfo.load(
        key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
