#!/usr/bin/env bash
# Every fault and every action at once, on a private MariaDB, Redis and carrier.
# OUTDIAL_SEED=N makes the same choices again.
set -u
cd "$(dirname "$0")/../.." || exit 1
exec tests/lib/world.sh node --test --test-reporter=tap tests/chaos/cases/mixture.mjs
