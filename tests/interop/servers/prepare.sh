#!/bin/sh
# Fetches what the independent FHIR servers of test_servers.py need. Each part is skipped, and says so, where its tools
# are absent: Medplum's router needs node 20+ and npm. Everything goes to the folder given (default: .venv/servers).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:-"$here/../../../.venv/servers"}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
if command -v node >/dev/null && command -v npm >/dev/null; then
    cp "$here/package.json" "$here/medplum.mjs" "$folder/"
    npm install --silent --no-audit --no-fund --prefix "$folder"
    echo "servers: Medplum's router is ready in $folder"
else
    echo "servers: node or npm is not on PATH; Medplum's router is left out" >&2
fi
