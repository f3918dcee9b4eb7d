"""The one place that makes TLS contexts: imaplib and smtplib verify nothing unless they are given one."""

from __future__ import annotations

import ssl


def context() -> ssl.SSLContext:
    """A context that verifies certificate and host name against this machine's authorities.

    `SSL_CERT_FILE` and `SSL_CERT_DIR` name other authorities, as everywhere with OpenSSL.
    """
    return ssl.create_default_context()
