#!/usr/bin/env bash
# Files that were uploaded to a node, on a private MariaDB and Redis.
set -u
cd "$(dirname "$0")/../.." || exit 1
exec tests/lib/world.sh node --test --test-reporter=tap tests/dialler/cases/imports.mjs
