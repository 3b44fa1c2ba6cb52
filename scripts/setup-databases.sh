#!/usr/bin/env bash
# Makes the database of every context and brings it to the schema of this version. Can be repeated.
# Against the native stack or docker compose, whichever is there: npm run setup -- --help says how they are found.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec node scripts/start.mjs setup databases "$@"
