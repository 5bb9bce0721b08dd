#!/usr/bin/env bash
# Builds everything in Release and runs all tests. Arguments go to the test runner: bash test.sh --filter-class '*PromptTests'
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

results="$PWD/artifacts/test-results"

say() { printf '%s\n' "$*"; }
fail() { printf 'test.sh: %s\n' "$*" >&2; exit 1; }

command -v dotnet >/dev/null || fail "the .NET 10 SDK is missing. Debian, Ubuntu: see docs/guide/ubuntu.md, or https://dot.net/download"
dotnet --version >/dev/null 2>&1 || fail "no .NET 10 SDK among these: $(dotnet --list-sdks | tr '\n' ' ')- see docs/guide/ubuntu.md"

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
rm -rf "$results"
mkdir -p "$results"

restore=()
[[ "${CI:-}" == true ]] && restore=(--locked-mode) # a package that the lock files do not name must not slip in
say "Restoring packages ..."
dotnet restore Maskwright.slnx -v quiet "${restore[@]}" </dev/null || fail "restore failed"
say "Building (Release, warnings are errors) ..."
dotnet build Maskwright.slnx -c Release --no-restore -v quiet -p:UseSharedCompilation=false </dev/null || fail "the build failed"

# One project after the other, each with a report of its own name: reports of projects that start in the same moment overwrite each other.
# 8: a filter may leave a project without tests. That no test ran at all is caught by the count.
ignore=()
[[ $# -gt 0 ]] && ignore=(--ignore-exit-code 8)
status=0
for project in tests/*.Tests; do
    name=${project##*/}
    dotnet test --project "$project" -c Release --no-build --no-ansi --no-progress \
        --results-directory "$results" --report-xunit-trx --report-xunit-trx-filename "$name.trx" "${ignore[@]}" "$@" </dev/null || status=1
    [[ -s "$results/$name.trx" ]] || { say "test.sh: $name ended without a report" >&2; status=1; }
done

say
bash tests/count-results.sh "$results" || status=1
exit "$status"
