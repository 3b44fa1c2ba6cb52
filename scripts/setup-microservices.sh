#!/usr/bin/env bash
# Prepares this machine for the whole of Mercato. With Docker: secrets for compose (once), the image, the images around it.
# Without Docker, or with --native: the engines of npm run stack. Can be repeated.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

compose_file=infrastructure/docker/docker-compose.microservices.yml

native() {
  node scripts/start.mjs setup engines
  echo "Ready: npm run stack"
}

compose() {
  node scripts/start.mjs setup secrets
  "$@" -f "$compose_file" pull --ignore-buildable
  "$@" -f "$compose_file" build
  echo "Ready: $* -f $compose_file up -d"
}

if [ "${1:-}" = --native ]; then
  native
elif docker compose version > /dev/null 2>&1; then
  compose docker compose
elif command -v docker-compose > /dev/null; then
  compose docker-compose
else
  echo "There is no Docker here: preparing the native stack."
  native
fi
