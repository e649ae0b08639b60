#!/usr/bin/env bash
# A dialler that is stopped and wakes up, on a private MariaDB and Redis.
set -u
cd "$(dirname "$0")/../.." || exit 1
exec tests/lib/world.sh node --test --test-reporter=tap tests/dialler/cases/frozen.mjs
