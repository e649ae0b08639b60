#!/usr/bin/env bash
# Campaigns that a dialler dials through a real Asterisk.
set -u
cd "$(dirname "$0")/../.." || exit 1
exec tests/lib/pbx.sh tests/lib/world.sh node --test --test-reporter=tap \
  tests/asterisk/dialler/campaign.mjs
