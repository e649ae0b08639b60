#!/usr/bin/env bash
# Nodes that lose sight of the carrier, of MariaDB or of each other.
set -u
cd "$(dirname "$0")/../.." || exit 1
exec tests/lib/world.sh node --test --test-reporter=tap tests/dialler/cases/recover.mjs
