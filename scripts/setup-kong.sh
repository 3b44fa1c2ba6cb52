#!/usr/bin/env bash
# Checks kong.yml and puts it into service through the admin interface of Kong, or of the edge. Can be repeated.
# Against the native stack or docker compose, whichever is there: npm run setup -- --help says how they are found.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec node scripts/start.mjs setup kong "$@"
