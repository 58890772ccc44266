#!/bin/sh
# Starts Redis with one user, whose name and password are those in the URL that the workers use: one secret, one place.
# Only the password's SHA-256 is written, to a memory file system; it never stands in a command line, where every process of
# the host could read it.
set -eu

: "${REDIS_URL_FILE:?name the file that holds redis://user:password@host:port/0}"
: "${REDIS_CONF:=/etc/calcifhir/redis.conf}"
: "${REDIS_USERS:=/tmp/users.acl}"

user=$(sed -n 's#^rediss\{0,1\}://\([A-Za-z0-9_-]\{1,\}\):[A-Za-z0-9._~-]\{16,\}@.*$#\1#p' "$REDIS_URL_FILE")
password=$(sed -n 's#^rediss\{0,1\}://[A-Za-z0-9_-]\{1,\}:\([A-Za-z0-9._~-]\{16,\}\)@.*$#\1#p' "$REDIS_URL_FILE")
[ -n "$user" ] && [ -n "$password" ] || {
    echo "$REDIS_URL_FILE must hold redis://user:password@host:port/0; the password 16 or more of A-Z a-z 0-9 . _ ~ -" >&2
    exit 1
}
hash=$(printf %s "$password" | sha256sum | cut -d' ' -f1)

# Everything that Celery and the inbox use; nothing that empties, reconfigures or reads along (KEYS, FLUSHALL, CONFIG SET,
# DEBUG, MONITOR, SHUTDOWN). INFO and CONFIG GET stay: with them the intake checks that writes are durable.
umask 077
cat > "$REDIS_USERS" <<END
user default off resetpass
user $user on #$hash ~* &* +@all -@admin -@dangerous +info +config|get
END

exec redis-server "$REDIS_CONF" --aclfile "$REDIS_USERS" "$@"
