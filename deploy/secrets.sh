#!/bin/sh
# Makes the secrets that docker-compose.yml mounts, once, with random values; what is there already is left alone.
#   sh deploy/secrets.sh [FOLDER]
# The folder is closed to others. The files in it are readable, because the containers read them under another user's number.
set -eu

folder=${1:-$(dirname "$0")/secrets}
mkdir -p "$folder"
chmod 0700 "$folder"

random() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

# keep NAME VALUE: write the secret unless it exists.
keep() {
    [ -e "$folder/$1" ] && { echo "kept    $folder/$1"; return; }
    printf '%s\n' "$2" > "$folder/$1"
    chmod 0444 "$folder/$1"
    echo "written $folder/$1"
}

keep redis_url "redis://calcifhir:$(random)@redis:6379/0"
keep senders "interface-engine:$(random)"
keep readers "practice:$(random)"
keep ehr_token ""
keep flower_login "operator:$(random)"
keep grafana_password "$(random)"
