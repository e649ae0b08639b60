#!/usr/bin/env bash
# Contacts that come by calls, and exclusions, while a run dials.
set -u
cd "$(dirname "$0")/../.." || exit 1
exec tests/lib/world.sh node --test --test-reporter=tap tests/dialler/cases/trigger.mjs
