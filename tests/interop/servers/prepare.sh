#!/bin/sh
# Fetches what the independent FHIR servers of test_servers.py need. A part whose tools are absent is left out, and said
# so: Medplum's router needs node 20+ and npm; the HAPI JPA server needs a JDK 17+ and Maven, and 400 MB.
# Everything goes to the folder that is given (default: .venv/servers).
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
if command -v javac >/dev/null && command -v mvn >/dev/null; then
    mvn -q -B -f "$here/pom.xml" dependency:copy-dependencies -DoutputDirectory="$folder/lib"
    javac -d "$folder/classes" -cp "$folder/lib/*" "$here/HapiServer.java"
    echo "servers: the HAPI JPA server is ready in $folder"
else
    echo "servers: javac or mvn is not on PATH; the HAPI JPA server is left out" >&2
fi
