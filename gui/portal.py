"""What a Linux desktop answers about its settings."""

from __future__ import annotations

import os

from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage, QDBusVariant

_PATIENCE_MS = 100


def read_setting(group: str, key: str) -> object:
    """One value of the desktop's portal of settings; None where nobody answers in time."""
    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return None  # Qt would try to start a bus
    # Not QDBusInterface: making one asks what there is, and waits for that without a limit.
    question = QDBusMessage.createMethodCall(
        "org.freedesktop.portal.Desktop",
        "/org/freedesktop/portal/desktop",
        "org.freedesktop.portal.Settings",
        "Read",
    )
    question.setArguments([group, key])
    bus = QDBusConnection.sessionBus()
    answer = bus.call(question, QDBus.CallMode.Block, _PATIENCE_MS)
    if answer.type() != QDBusMessage.MessageType.ReplyMessage or not answer.arguments():
        return None
    return _plain(answer.arguments()[0])


def _plain(value: object) -> object:
    """The value itself: `Read` wraps it twice."""
    while isinstance(value, QDBusVariant):
        value = value.variant()
    return value
