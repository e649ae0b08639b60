#!/usr/bin/env bash
# Calls with a seat of their own, on a private MariaDB, Redis and carrier.
set -u
cd "$(dirname "$0")/../.." || exit 1
exec tests/lib/world.sh node --test --test-reporter=tap tests/dialler/cases/pacing.mjs
