#!/usr/bin/env bash
# Builds and packs the projects of Wix's verticals, or those that are named: pack.sh Stores Ecom
set -euo pipefail
cd "$(dirname "$0")"
if [ $# -gt 0 ]; then
  projects=("${@/#/Endpoints.Wix.}")
else
  projects=(Endpoints.Wix.*/)
fi
for project in "${projects[@]}"; do
  dotnet pack "${project%/}" -c Release --nologo -v q -p:AnalyzeVertical=true
done
