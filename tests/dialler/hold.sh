#!/usr/bin/env bash
# A workspace held in mid-run and released, on two nodes.
set -u
cd "$(dirname "$0")/../.." || exit 1
exec tests/lib/world.sh node --test --test-reporter=tap tests/dialler/cases/hold.mjs
