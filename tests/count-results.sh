#!/usr/bin/env bash
# Counts what the test runner wrote: one line a test project, then the totals. Fails when a test failed or none ran.
set -uo pipefail

results="${1:?the folder of the .trx reports}"
number() { sed -n "s/.* $2=\"\([0-9]*\)\".*/\1/p" <<<"$1"; }

passed=0 failed=0 skipped=0
while IFS= read -r report; do
    counters=$(grep -o '<Counters [^>]*' "$report" | tail -n 1)
    name=$(basename "$report" .trx)
    p=$(number "$counters" passed)
    t=$(number "$counters" total)
    f=$(($(number "$counters" failed) + $(number "$counters" error) + $(number "$counters" timeout) + $(number "$counters" aborted)))
    s=$((t - p - f))
    printf '  %-32s %5d passed %5d failed %5d skipped\n' "$name" "$p" "$f" "$s"
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
done < <(find "$results" -name '*.trx' | sort)

printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[[ $failed -eq 0 && $passed -gt 0 ]]
