"""The command `sandan`, the same program as the one that Rust builds."""

import sys

from . import _native


def main() -> int:
    """Runs the command with the arguments of the process; its exit code comes back."""
    return _native.command(["sandan", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
