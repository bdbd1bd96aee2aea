#!/usr/bin/env bash
# Requests per second and p99 of an elevated endpoint file, beside the same guards by hand in a minimal API and in a controller: real Kestrel on
# loopback, a warm caller, wrk from the distribution. The three take turns, so that what else the machine does meets all alike.
# It takes eight minutes at most, and the servers live no longer than ten.
# Usage: tests/load.sh [seconds per run, 1-15; 5] [rounds, 1-5; 3] [connections, 1-256; 32]
set -euo pipefail
cd "$(dirname "$0")/.."

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0

seconds=${1:-5} rounds=${2:-3} connections=${3:-32}
within() { [[ $1 =~ ^[1-9][0-9]{0,2}$ ]] && [ "$1" -ge 1 ] && [ "$1" -le "$2" ]; }
if ! within "$seconds" 15 || ! within "$rounds" 5 || ! within "$connections" 256; then
  sed -n '5s/^# //p' tests/load.sh >&2
  exit 1
fi
if ! command -v wrk >/dev/null && command -v apt-get >/dev/null; then
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends wrk >/dev/null
fi
if ! command -v wrk >/dev/null; then
  echo "wrk is needed, and not on the PATH." >&2
  exit 1
fi

dotnet build tests/Benchmarks -c Release --nologo -v q >&2

kinds=(files minimal mvc)
declare -A url token
work=$(mktemp -d)
servers=() inputs=()
stop() {
  for input in "${inputs[@]}"; do
    exec {input}>&-
  done
  for server in "${servers[@]}"; do
    kill "$server" 2>/dev/null || true
  done
  wait "${servers[@]}" 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT
trap 'exit 130' INT TERM

# A server lives until its input ends, which this script holds open.
for kind in "${kinds[@]}"; do
  mkfifo "$work/$kind.in"
  dotnet tests/Benchmarks/bin/Release/net10.0/Benchmarks.dll serve "$kind" <"$work/$kind.in" >"$work/$kind.out" 2>"$work/$kind.err" &
  servers+=($!)
  exec {input}>"$work/$kind.in"
  inputs+=("$input")
  for _ in $(seq 100); do
    [ -s "$work/$kind.out" ] && break
    sleep 0.1
  done
  if ! read -r url[$kind] token[$kind] <"$work/$kind.out"; then
    echo "The server '$kind' did not start:" >&2
    cat "$work/$kind.err" >&2
    exit 1
  fi
done

# load <kind> <method> <seconds>: prints requests per second and p99 in ms.
load() {
  local path=/elevated/orders answer
  [ "$2" = GET ] && path=/elevated/orders/42
  answer=$(LOAD_METHOD=$2 LOAD_TOKEN=${token[$1]} timeout $(($3 + 20)) wrk -t 1 -c "$connections" -d "${3}s" --timeout 5s -s tests/load.lua "${url[$1]}$path")
  read -r _ rate p99 errors < <(grep '^LOAD ' <<<"$answer")
  if [ "$errors" != 0 ]; then
    echo "'$1' answered $errors requests with an error, or not at all:" >&2
    echo "$answer" >&2
    return 1
  fi
  echo "$rate $p99"
}

median() { sort -g | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'; }

for method in POST GET; do
  for kind in "${kinds[@]}"; do
    load "$kind" "$method" 3 >/dev/null # the compiler's last work on it
  done
  for ((round = 0; round < rounds; round++)); do
    for ((turn = 0; turn < ${#kinds[@]}; turn++)); do
      kind=${kinds[(round + turn) % ${#kinds[@]}]}
      load "$kind" "$method" "$seconds" >>"$work/$kind.$method"
    done
  done
done

printf '\n%-6s %-12s %12s %9s %12s %9s\n' method guards requests/s 'p99 ms' 'of minimal' 'of mvc'
for method in POST GET; do
  minimal=$(cut -d' ' -f1 "$work/minimal.$method" | median)
  mvc=$(cut -d' ' -f1 "$work/mvc.$method" | median)
  for kind in "${kinds[@]}"; do
    rate=$(cut -d' ' -f1 "$work/$kind.$method" | median)
    p99=$(cut -d' ' -f2 "$work/$kind.$method" | median)
    awk -v m="$method" -v k="$([ "$kind" = files ] && echo '[Elevate]' || echo "$kind")" -v r="$rate" -v p="$p99" -v a="$minimal" -v b="$mvc" \
      'BEGIN { printf "%-6s %-12s %12d %9.2f %12.2f %9.2f\n", m, k, r, p, r / a, r / b }'
  done
done
echo "Medians of $rounds runs of $seconds s with $connections connections; wrk and the server share $(nproc) processors."
