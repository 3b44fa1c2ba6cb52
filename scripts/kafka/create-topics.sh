#!/usr/bin/env bash
# Creates Kafka's topics as infrastructure/kafka/topics.yml declares them. Can be repeated.
# Against the native stack or docker compose, whichever is there: npm run setup -- --help says how they are found.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
exec node scripts/start.mjs setup topics "$@"
