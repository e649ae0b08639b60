#!/usr/bin/env bash
# The dialler, its connection or a real Asterisk dies with calls up.
set -u
cd "$(dirname "$0")/../.." || exit 1
exec tests/lib/pbx.sh tests/lib/world.sh node --test --test-reporter=tap \
  tests/asterisk/dialler/faults.mjs
