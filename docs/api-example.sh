#!/usr/bin/env bash
# Raise a request, follow it until the work is done, sign for it: curl is all it needs.
# HOUQIN=https://houqin.example.org TOKEN=hq_… PLACE=BJ-2-502 NAME=吴工 docs/api-example.sh
set -euo pipefail
: "${HOUQIN:?the address}" "${TOKEN:?with demands:read and demands:write}" "${PLACE:?its code}" "${NAME:?who signs}"
call() { curl -sS --fail-with-body -H "Authorization: Bearer $TOKEN" -H "Accept-Language: en" "$@"; }
first() { grep -o "\"$1\": *\"[^\"]*\"" | head -n 1 | cut -d '"' -f 4; }

number=$(call "$HOUQIN/api/v1/demands" -H "Idempotency-Key: $(date +%s)-$$" -d entry=other_repair \
  -d "place=$PLACE" -d claimed=important --data-urlencode "title=A ceiling tile is loose" | first number)
echo "raised $number"

status=""
until [ "$status" = done ]; do
  sleep "${PAUSE:-30}"
  now=$(call "$HOUQIN/api/v1/demands/$number" | first status)
  [ "$now" = "$status" ] || echo "$now"
  status=$now
  case $status in returned | rejected | cancelled | merged) exit 1 ;; esac
done

call "$HOUQIN/api/v1/demands/$number/actions/sign" -H "Idempotency-Key: sign-$number" \
  --data-urlencode "signature_name=$NAME" -d speed=5 -d attitude=5 -d solution=5 | first status
