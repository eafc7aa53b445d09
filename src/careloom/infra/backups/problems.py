"""The one error of this package: a sentence that says what is wrong and what to do next. It quotes no record and no secret."""

from __future__ import annotations

import errno


class BackupProblem(Exception):
    """A backup or a restore cannot do its work."""

    tells_next_step = True


FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


def from_os_error(error: OSError, *, doing: str) -> BackupProblem:
    """The sentence for an error of the operating system while `doing` (such as "writing the backup")."""
    where = f" ({error.filename})" if error.filename else ""
    if error.errno in FULL:
        return BackupProblem(f"The disk was full while {doing}{where}. Nothing half-made was kept. Free some room and run the same again.")
    if error.errno == errno.EROFS:
        return BackupProblem(f"The disk is read-only while {doing}{where}. Name a folder that can be written.")
    if isinstance(error, PermissionError):
        return BackupProblem(f"This user may not do it while {doing}{where}. Name a folder of your own, or run it as the user that runs Careloom.")
    return BackupProblem(f"It stopped while {doing}{where}: {error.strerror or 'an error of the system'}. Mend that and run the same again.")
