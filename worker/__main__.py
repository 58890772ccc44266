"""``python -m worker`` is ``calcifhir``."""

from worker.cli import main

if __name__ == "__main__":
    main()
