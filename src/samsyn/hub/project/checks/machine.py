"""Is the machine fit: keys, files, disk and mail?"""

from __future__ import annotations

import os
import shutil
import smtplib
import socket
import ssl
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from samsyn.hub.project.checks.finding import Finding, fault, warning
from samsyn.hub.project.environment import TOOLING, TOOLING_VALUES, Environment
from samsyn.hub.project.environment_values import Mail, is_typed

FREE_SHARE = 0.10
FREE_BYTES = 2 * 2**30
MAIL_SECONDS = 10
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def secret_findings(environment: Environment, variables: Mapping[str, str]) -> Iterator[Finding]:
    """Could somebody guess or read a key?"""
    if variables.get(TOOLING):
        yield fault(
            "tooling",
            sv=f"{TOOLING} är satt, och då gäller kända nycklar där inga är satta.",
            en=f"{TOOLING} is set, and then known keys hold where none are set.",
            remedy_sv="Ta bort den ur miljön.",
            remedy_en="Remove it from the environment.",
        )
    known = set(TOOLING_VALUES.values())
    for name in ("SAMSYN_SECRET_KEY", "SAMSYN_CONTEXT_KEY", "SAMSYN_FILES_KEY"):
        value = variables.get(name, "").strip()
        if value and (value in known or _repeats(value) or is_typed(value)):
            yield fault(
                "weak-secret",
                sv=f"{name} går att gissa.",
                en=f"{name} can be guessed.",
                remedy_sv="Byt den: python3 -c 'import secrets; print(secrets.token_hex(32))'",
                remedy_en="Change it: python3 -c 'import secrets; print(secrets.token_hex(32))'",
            )
    key_file = variables.get("SAMSYN_LOG_SIGNING_KEY", "")
    if "/" in key_file and Path(key_file).stat().st_mode & OTHERS:
        yield fault(
            "key-file-open",
            sv=f"andra användare på maskinen kan läsa {key_file}, som signerar loggen.",
            en=f"other users of the machine can read {key_file}, which signs the log.",
            remedy_sv=f"Kör: chmod 600 {key_file}",
            remedy_en=f"Run: chmod 600 {key_file}",
        )
    if environment.demo:
        yield fault(
            "demo",
            sv="SAMSYN_DEMO är satt: vem som helst kan vara vem som helst.",
            en="SAMSYN_DEMO is set: anybody can be anybody.",
            remedy_sv="Ta bort den; den sätts bara av 'samsyn demo'.",
            remedy_en="Remove it; only 'samsyn demo' sets it.",
        )


def _repeats(text: str) -> bool:
    """Is it a short piece over and over: abcabcabc?"""
    return (text + text).find(text, 1) < len(text) // 2 + 1 and len(text) > 1


def folder_findings(environment: Environment) -> Iterator[Finding]:
    """Can the hub, and only the hub, reach its files?"""
    folder = environment.files_dir
    if not folder.is_dir() or not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        yield fault(
            "files-not-writable",
            sv=f"hubben kan inte skriva i {folder}; inga filer tas emot.",
            en=f"the hub cannot write to {folder}; no files are accepted.",
            remedy_sv=f"Skapa mappen för hubbens användare: install -d -m 700 {folder}",
            remedy_en=f"Make the folder for the hub's user: install -d -m 700 {folder}",
        )
        return
    if folder.stat().st_mode & OTHERS:
        yield fault(
            "files-open",
            sv=f"andra användare på maskinen når {folder}.",
            en=f"other users of the machine reach {folder}.",
            remedy_sv=f"Kör: chmod 700 {folder}",
            remedy_en=f"Run: chmod 700 {folder}",
        )
    served = [place for place in (environment.static_dir,) if place is not None]
    web_names = {"public_html", "htdocs", "www", "static", "wwwroot"}
    inside = any(folder.resolve().is_relative_to(place.resolve()) for place in served)
    if inside or web_names & {part.lower() for part in folder.resolve().parts}:
        yield fault(
            "files-in-web-root",
            sv=f"{folder} ligger där en webbserver visar filer.",
            en=f"{folder} lies where a web server shows files.",
            remedy_sv="Flytta mappen, till exempel till /var/lib/samsyn/files.",
            remedy_en="Move the folder, for instance to /var/lib/samsyn/files.",
        )
    yield from disk_findings(folder)


def disk_findings(folder: Path) -> Iterator[Finding]:
    """Is there room for more?"""
    usage = shutil.disk_usage(folder)
    if usage.free < FREE_BYTES or usage.free < usage.total * FREE_SHARE:
        free = f"{usage.free / 2**30:.1f} GiB"
        share = f"{100 * usage.free / usage.total:.0f} %"
        yield warning(
            "disk-space",
            sv=f"{free} ({share}) är ledigt där {folder} ligger.",
            en=f"{free} ({share}) is free where {folder} lies.",
            remedy_sv="Ge disken mer utrymme; full disk stoppar filer och säkerhetskopior.",
            remedy_en="Give the disk more room; a full one stops files and backups.",
        )


def witness_findings(environment: Environment) -> Iterator[Finding]:
    """Is the signed log laid where another party can fetch it?"""
    folder = environment.witness_dir
    if folder is None:
        yield warning(
            "no-witness",
            sv="loggens signerade rötter lämnas inte till någon annan, så bara ni kan intyga den.",
            en="the signed roots of the log are given to nobody, so only you can vouch for it.",
            remedy_sv="Sätt SAMSYN_WITNESS_DIR till en mapp som en annan part hämtar från.",
            remedy_en="Set SAMSYN_WITNESS_DIR to a folder that another party fetches from.",
        )
    elif not folder.is_dir() or not os.access(folder, os.W_OK):
        yield fault(
            "witness-not-writable",
            sv=f"loggens signerade rötter kan inte läggas i {folder}.",
            en=f"the signed roots of the log cannot be laid in {folder}.",
            remedy_sv="Skapa mappen så att hubbens användare kan skriva i den.",
            remedy_en="Make the folder so that the hub's user can write to it.",
        )


def mail_findings(environment: Environment) -> Iterator[Finding]:
    """Can mail leave?"""
    mail = environment.mail
    if mail is None:
        yield warning(
            "no-mail",
            sv="ingen post kan sändas; den som glömt sitt lösenord kommer inte in.",
            en="no mail can be sent; whoever forgets a password does not get in.",
            remedy_sv="Sätt SAMSYN_MAIL_URL.",
            remedy_en="Set SAMSYN_MAIL_URL.",
        )
    elif mail.folder is not None:
        yield warning(
            "mail-to-files",
            sv=f"post skrivs till filer i {mail.folder} och når ingen.",
            en=f"mail is written to files in {mail.folder} and reaches nobody.",
            remedy_sv="Sätt SAMSYN_MAIL_URL till smtp:// eller smtps://.",
            remedy_en="Set SAMSYN_MAIL_URL to smtp:// or smtps://.",
        )
    elif (reason := _mail_refused(mail)) is not None:
        yield fault(
            "mail-refused",
            sv=f"postservern {mail.host}:{mail.port} tar inte emot oss ({reason}).",
            en=f"the mail server {mail.host}:{mail.port} does not accept us ({reason}).",
            remedy_sv="Rätta SAMSYN_MAIL_URL, eller öppna vägen dit.",
            remedy_en="Correct SAMSYN_MAIL_URL, or open the way there.",
        )


def _mail_refused(mail: Mail) -> str | None:
    context = ssl.create_default_context()
    try:
        if mail.encryption == "tls":
            with smtplib.SMTP_SSL(
                mail.host, mail.port, timeout=MAIL_SECONDS, context=context
            ) as secure:
                _greet(secure, mail)
            return None
        with smtplib.SMTP(mail.host, mail.port, timeout=MAIL_SECONDS) as plain:
            plain.starttls(context=context)
            _greet(plain, mail)
    except (OSError, smtplib.SMTPException) as error:
        # Its kind alone: what a server answers may repeat the user's name.
        return type(error).__name__
    return None


def _greet(connection: smtplib.SMTP, mail: Mail) -> None:
    if mail.user:
        connection.login(mail.user, mail.password)
    connection.noop()


def webhook_findings(environment: Environment) -> Iterator[Finding]:
    """Do the hosts exist that agencies may have told of what happens?"""
    for host in environment.webhook_hosts:
        try:
            socket.getaddrinfo(host, 443)
        except OSError:
            yield warning(
                "webhook-host",
                sv=f"{host} i SAMSYN_WEBHOOK_HOSTS har ingen adress.",
                en=f"{host} in SAMSYN_WEBHOOK_HOSTS has no address.",
                remedy_sv="Rätta namnet eller ta bort det.",
                remedy_en="Correct the name or remove it.",
            )
