#!/usr/bin/env bash
# Builds everything and passes every test, installing what is missing. Last line: N passed, N failed, N skipped.
# Usage: tests/run.sh [extra arguments of `dotnet test`, such as --filter FullyQualifiedName~Elevate]
set -u
cd "$(dirname "$0")/.."

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# Machines without ICU have a dotnet only with this; no project here needs cultures.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=${DOTNET_SYSTEM_GLOBALIZATION_INVARIANT:-1}
# Build servers would outlive the run.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
# Hosts that live for one test never earn back what it costs to watch their code run.
export DOTNET_TieredPGO=0
# Nor what a thread for collections in the background costs each of many short processes.
export DOTNET_gcConcurrent=0
# Code that is made while it runs, as most of a test's is, otherwise costs two mappings of memory for each method.
export DOTNET_EnableWriteXorExecute=0
# 64 MB, in hexadecimal. A machine that doesn't say how large its caches are otherwise gets a collection for every few hundred KB.
export DOTNET_GCgen0size=4000000
# A host watches its settings with one of the few inotify instances that a user has.
export DOTNET_hostBuilder__reloadConfigOnChange=false

if ! command -v dotnet >/dev/null; then
  echo "The .NET 10 SDK is needed: 'dotnet' is not on the PATH." >&2
  exit 1
fi

install() {
  command -v apt-get >/dev/null || return
  local root=()
  [ "$(id -u)" -eq 0 ] || root=(sudo)
  "${root[@]}" apt-get update -qq
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}

# tests/Endpoints.Interop.Tests runs Wix's published JavaScript packages.
if ! command -v node >/dev/null; then
  install nodejs npm
elif ! command -v npm >/dev/null; then
  install npm
fi
if ! command -v npm >/dev/null || ! node -e 'const [major, minor] = process.versions.node.split("."); process.exit(major > 18 || (major == 18 && minor >= 20) ? 0 : 1)'; then
  echo "Node 18.20 or later is needed, with npm: there is $(node --version 2>/dev/null || echo none). Tests that run it will fail." >&2
fi

# tests/Browser.Tests drives the distribution's Chromium.
if [ ! -x /usr/bin/chromium ]; then
  install chromium fonts-liberation
fi
if [ ! -x /usr/bin/chromium ]; then
  echo "Chromium is needed, at /usr/bin/chromium. Tests that drive it will fail." >&2
fi

# tests/Endpoints.Packages.Tests compiles a program to native code, which takes a linker and zlib.
if ! { command -v clang || command -v gcc; } >/dev/null || [ ! -f /usr/include/zlib.h ]; then
  install gcc libc6-dev zlib1g-dev
fi

# One compiler for this build and for those that tests start. It ends with the run.
compiler=$(dotnet --list-sdks | sed -n "s|^$(dotnet --version) \[\(.*\)\]|\1|p")/$(dotnet --version)/Roslyn/bincore/VBCSCompiler.dll
if [ -f "$compiler" ]; then
  export UseSharedCompilation=true SharedCompilationId=endpoints-tests-$$
  dotnet exec "$compiler" "-pipename:$SharedCompilationId" -keepalive:600 </dev/null >/dev/null 2>&1 &
  trap "kill $! 2>/dev/null" EXIT
fi

# tests/Endpoints.Redis.Tests and tests/Endpoints.Inbox.Tests use a real Redis.
if ! command -v redis-server >/dev/null; then
  install redis-server
fi
if ! command -v redis-server >/dev/null; then
  echo "redis-server is needed. Tests that start it will fail." >&2
fi

results=artifacts/test-results
rm -rf "$results"

dotnet build Endpoints.sln -c Release --nologo -v q || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }

status=0
# In the order of the solution, which has the longest first: no long one is left alone with a processor at the end.
dotnet test Endpoints.sln -c Release --no-build --nologo "$@" || status=$?

passed=0 failed=0 skipped=0
for project in tests/*.Tests/; do
  report=$results/$(basename "$project").trx
  if [ ! -f "$report" ]; then
    echo "$project wrote no report." >&2
    failed=$((failed + 1)) status=1
    continue
  fi
  counters=$(grep -o '<Counters [^>]*>' "$report")
  count() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$counters"; }
  passed=$((passed + $(count passed)))
  failed=$((failed + $(count failed)))
  skipped=$((skipped + $(count total) - $(count executed)))
done

if [ "$passed" -eq 0 ] && [ "$status" -eq 0 ]; then
  echo "No test ran." >&2
  status=1
fi
if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
  failed=1
fi
echo "$passed passed, $failed failed, $skipped skipped"
exit "$status"
