#!/bin/sh
# Fetches axe-core, which checks letters for accessibility in a browser. Needs npm and, the first time, a registry; where
# one is missing it says so and what is checked without it. Goes to .venv/axe.
set -eu
folder=$(cd "$(dirname "$0")/../.." && pwd)/.venv/axe
version=4.14.1
[ -f "$folder/node_modules/axe-core/axe.min.js" ] && exit 0
command -v npm >/dev/null || { echo "letters: npm is not on PATH; axe-core is left out"; exit 0; }
npm install --silent --fetch-retries 1 --fetch-timeout 20000 --no-audit --no-fund --prefix "$folder" "axe-core@$version" ||
    echo "letters: npm could not fetch axe-core $version; axe-core is left out"
