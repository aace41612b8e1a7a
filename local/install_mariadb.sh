#!/bin/sh
# Install MariaDB's programs if they are missing: by apt or brew, without starting a system service.
set -eu

PATH="$PATH:/usr/sbin:/usr/local/sbin"

installed() {
    command -v mariadbd >/dev/null && command -v mariadb-install-db >/dev/null
}

fail() {
    echo "error: $1" >&2
    exit 1
}

if installed; then
    exit 0
fi
if command -v apt-get >/dev/null; then
    # The -core packages hold the programs alone; mariadb-server would start a service.
    as_root=""
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || fail "MariaDB is missing and only root may install it: run as root: apt-get install --no-install-recommends mariadb-server-core mariadb-client-core"
        as_root="sudo"
    fi
    echo "installing MariaDB's programs by apt-get"
    $as_root apt-get update -qq
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends -y \
        mariadb-server-core mariadb-client-core >/dev/null
elif command -v brew >/dev/null; then
    echo "installing MariaDB by brew"
    brew install --quiet mariadb
else
    fail "MariaDB is missing and there is neither apt-get nor brew: install MariaDB 10.11 or later so that mariadbd and mariadb-install-db are on the PATH"
fi
installed || fail "MariaDB was installed but mariadbd or mariadb-install-db is not on the PATH: add their folder to it"
