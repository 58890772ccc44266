"""
Processes that we started end when we do, even when we are killed and can no longer end them.

In: the id of a process. Out: a lifeline that is cut by our death. A shell holds the other end of a pipe; when its
reading ends, nobody is left who could write, and it ends the process. No signal of the parent's death is used: that
would come with the end of the thread that started the process, not of the program.
"""

import subprocess

__all__ = ["Lifeline"]

_WATCH = 'read -r _; kill -s TERM -- "$0" 2>/dev/null; sleep 5; kill -s KILL -- "$0" 2>/dev/null'


class Lifeline:
    """
    Ends a process when ours is gone.

    Args:
        pid: The process.
        group: End its whole process group, which it must lead.
    """

    def __init__(self, pid: int, group: bool = False) -> None:
        self._watch = subprocess.Popen(  # noqa: S603  a number is all that it is given
            ["/bin/sh", "-c", _WATCH, f"-{pid}" if group else str(pid)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C in the terminal is for us, who end everything in order
        )

    def release(self) -> None:
        """The process has been ended, or may outlive us."""
        self._watch.kill()
        self._watch.wait()
        if self._watch.stdin is not None:
            self._watch.stdin.close()
