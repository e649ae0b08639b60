#!/usr/bin/env bash
# A dialler and a carrier that only listens, on a private MariaDB and Redis.
set -u
cd "$(dirname "$0")/../.." || exit 1
exec tests/lib/world.sh node --test --test-reporter=tap tests/dialler/cases/site.mjs
