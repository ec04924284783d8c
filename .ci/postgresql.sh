# Sourced by bin/check after debian.sh: `find_postgresql` sets POSTGRESQL to the URL of a server that the tests may use, a
# private one when none is running; `stop_postgresql` ends the private one.

POSTGRESQL=''
cluster='' cluster_bin='' cluster_user=''

as_cluster_user() {
  if [ -n "$cluster_user" ]; then
    su "$cluster_user" -s /bin/sh -c "$1"
  else
    /bin/sh -c "$1"
  fi
}

find_binaries() {
  local directory
  for directory in "$(pg_config --bindir 2>/dev/null)" /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql*/bin \
    /usr/local/opt/postgresql*/bin /usr/local/bin /usr/bin; do
    if [ -x "$directory/initdb" ] && [ -x "$directory/pg_ctl" ]; then
      cluster_bin=$directory # the last one is the newest
    fi
  done
  [ -n "$cluster_bin" ]
}

start_private_cluster() {
  find_binaries || { may_install && install_from_debian postgresql && find_binaries; } || return 1
  cluster=$(mktemp -d "${TMPDIR:-/tmp}/houqin-pg.XXXXXX")
  if [ "$(id -u)" = 0 ]; then # the server refuses to run as root
    cluster_user=nobody
    if id postgres >/dev/null 2>&1; then cluster_user=postgres; fi
    chown "$cluster_user" "$cluster"
  fi
  # Nothing of it is worth keeping, so it need not wait for the disk.
  as_cluster_user "cd '$cluster' && '$cluster_bin/initdb' -D '$cluster/data' -U postgres -A trust -E UTF8 --no-locale \
    --no-sync >'$cluster/log' 2>&1 && '$cluster_bin/pg_ctl' -D '$cluster/data' -w -l '$cluster/log' -o \"-k '$cluster' \
    -c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off\" start >/dev/null" || {
    cat "$cluster/log" >&2
    return 1
  }
  POSTGRESQL="postgres://postgres@/$cluster/postgres"
}

stop_postgresql() {
  [ -n "$cluster" ] || return 0
  as_cluster_user "'$cluster_bin/pg_ctl' -D '$cluster/data' -m immediate stop" >/dev/null 2>&1
  rm -rf "$cluster"
  cluster=''
}

find_postgresql() {
  POSTGRESQL=$(.venv/bin/python .ci/find_postgresql.py) && return
  [ -z "${TEST_DATABASE_URL:-}" ] && start_private_cluster
}
