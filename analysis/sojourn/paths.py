"""Paths that people give: whether an output may be there, and what the operating system has against one."""

from __future__ import annotations

import os
import re
from pathlib import Path

from sojourn.errors import MissingOutput, NotAnOutput


def existing_file(path: str | os.PathLike[str]) -> Path:
    """The path, where an ordinary file is. Raises MissingOutput or NotAnOutput, which names what was found instead."""
    file = Path(path)
    hint = ""
    try:
        is_folder, is_there, is_file = file.is_dir(), file.exists(), file.is_file()
        if not is_there:
            part = file.with_name(f"{file.stem}.part{file.suffix}")
            hint = f"; its run was interrupted or still goes on: see {part}" if part.exists() else ""
    except OSError as error:  # such as a folder on the way that may not be entered
        raise NotAnOutput(f"{file}: cannot be looked at ({reason(error)}); check the path, and who may read it") from error
    if is_folder:
        raise NotAnOutput(f"{file}: is a folder; expected the file that `sojourn run -o FILE` wrote")
    if not is_there:
        raise MissingOutput(f"{file}: there is no such file{hint}")
    if not is_file:
        raise NotAnOutput(f"{file}: is no ordinary file; expected the file that `sojourn run -o FILE` wrote")
    return file


def reason(error: Exception) -> str:
    """What the operating system has against it, without its number: `Permission denied`."""
    text = (error.strerror if isinstance(error, OSError) else None) or str(error)
    # HDF5 tells all that it was about to do, and in the middle of it what the operating system said.
    told = re.search(r"error message = '([^']+)'", text)
    return told.group(1) if told else text
