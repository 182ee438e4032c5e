#!/usr/bin/env bash
# Installs what the tests need beyond npm ci: programs, and the providers' own packages. Does nothing when all is there.
set -euo pipefail

# program:Debian package
needs=(curl:curl python3:python3 tmux:tmux script:bsdutils unshare:util-linux sqlite3:sqlite3 gcc:gcc mitmdump:mitmproxy slowhttptest:slowhttptest zsh:zsh fish:fish faketime:faketime stress-ng:stress-ng)

missing=()
for need in "${needs[@]}"; do
  command -v "${need%%:*}" >/dev/null || missing+=("${need##*:}")
done
# gcc alone does not bring the C headers.
if ! echo '#include <stdio.h>' | gcc -E - >/dev/null 2>&1; then missing+=(libc6-dev); fi

# The example handlers in Python run with it.
if ! /usr/bin/python3 -c 'import flask' 2>/dev/null && ! python3 -c 'import flask' 2>/dev/null; then missing+=(python3-flask); fi

if [ ${#missing[@]} -eq 0 ]; then
  echo "test set-up: every program is there"
elif ! command -v apt-get >/dev/null; then
  echo "test set-up: missing: ${missing[*]}"
  echo "test set-up: install them by hand; until then the tests that need them are skipped"
elif [ "$(id -u)" -ne 0 ]; then
  echo "test set-up: missing: ${missing[*]}; until they are there, the tests that need them are skipped. Run:"
  echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
else
  echo "test set-up: installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q
  apt-get install -q -y --no-install-recommends "${missing[@]}"
fi

# Their lock file is their own, so that nobody who installs hookcli gets them. No script of theirs runs.
cd "$(dirname "$0")/../test/sdk"
if node --input-type=module -e '
  import { readFileSync } from "node:fs";
  const read = (path) => JSON.parse(readFileSync(path, "utf8")).packages;
  const [wanted, there] = [read("package-lock.json"), read("node_modules/.package-lock.json")];
  process.exitCode = Object.keys(wanted).every((name) => name === "" || wanted[name].version === there[name]?.version) ? 0 : 1;
' 2>/dev/null; then
  echo "test set-up: the providers' own packages are there"
elif npm ci --ignore-scripts --no-audit --no-fund --loglevel=error; then
  echo "test set-up: installed the providers' own packages"
else
  echo "test set-up: the providers' own packages could not be installed; until they are there, the tests that need them are skipped"
fi
