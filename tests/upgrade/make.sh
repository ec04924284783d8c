#!/usr/bin/env bash
# tests/upgrade/make.sh: makes the kept database anew on both engines (tests/upgrade/README.md says when), with a
# PostgreSQL of its own.
set -euo pipefail
cd "$(dirname "$0")/../.."
. .ci/debian.sh
. .ci/postgresql.sh

trap stop_postgresql EXIT
start_private_cluster
export DJANGO_SETTINGS_MODULE=tests.upgrade.settings UPGRADE_POSTGRESQL=$POSTGRESQL PG_DUMP
PG_DUMP=$(dirname "$(readlink -f "$cluster_bin/initdb")")/pg_dump # of the same version as the server
unset TEST_DATABASE_URL
.venv/bin/python -c 'import django; django.setup(); from tests.upgrade.make import make; make()'
