#!/bin/sh
# Fetches the jars of the HAPI FHIR validator and compiles the small program that asks it. Needs java 17+, javac, mvn and,
# the first time, a Maven repository. Everything goes to the folder that is given (default: .venv/interop).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:-"$here/../../.venv/interop"}
for tool in java javac mvn; do
    command -v "$tool" >/dev/null || { echo "interop: $tool is not on PATH; install a JDK 17+ and Maven" >&2; exit 1; }
done
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
mvn -q -B -f "$here/pom.xml" dependency:copy-dependencies -DoutputDirectory="$folder/lib"
javac -d "$folder/classes" -cp "$folder/lib/*" "$here/Validate.java"
echo "interop: ready in $folder"
