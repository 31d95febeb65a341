"""`python -m secretkey_lint`."""

from secretkey_lint.cli import main

raise SystemExit(main())
