#!/bin/sh
# The tour of plentymsg: a shop's messenger from nothing, in a folder that is deleted in the end.
# Each command is printed before its output, so that you can type it yourself. Run it with: make demo
set -u
cd "$(dirname "$0")/.." || exit 1
folder=$(mktemp -d "${TMPDIR:-/tmp}/plentymsg-demo.XXXXXX") || exit 1
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM
unset PLENTYMSG_USER
PLENTYMSG_STORE=$folder/demo.db
export PLENTYMSG_STORE

say() { printf '\n\033[1m# %s\033[0m\n' "$*"; }
[ -t 1 ] && [ -z "${NO_COLOR:-}" ] || say() { printf '\n# %s\n' "$*"; }

# run EXIT-CODE COMMAND...: print the command, run it, and stop if it ends otherwise than told.
run() {
  wanted=$1
  shift
  shown=
  for word in "$@"; do
    case $word in
      *[!A-Za-z0-9_.,/:=@-]*) shown="$shown '$word'" ;;
      *) shown="$shown $word" ;;
    esac
  done
  printf '\n$%s\n' "$shown"
  "$@"
  code=$?
  [ "$code" -eq 0 ] || printf '(exit code %s)\n' "$code"
  [ "$code" -eq "$wanted" ] && return
  printf 'The demo expected exit code %s here and stops.\n' "$wanted" >&2
  exit 1
}

say "A store, and in it the shop of a joiner's workshop that sells on Amazon, eBay and Kaufland"
run 0 plentymsg init
run 0 plentymsg apply -f examples/shop.yaml
run 0 plentymsg channel list

say "The customers' mail. A second fetch finds nothing: it is all there, once"
run 0 plentymsg fetch
run 0 plentymsg fetch
run 0 plentymsg conversation list --limit 12
id=$(plentymsg conversation list --channel 'Amazon DE' --format tsv | awk -F '\t' '$3 ~ /Sabine/ {print $1; exit}')
run 0 plentymsg conversation show "$id"

say "Amazon rejects links: this answer is refused, with the place and the way out (exit code 4)"
run 4 plentymsg conversation reply "$id" --text-file examples/answers/with-link.txt

say "Without the link it is accepted. Live mode is off, so it goes to a folder, not to the customer"
run 0 plentymsg conversation reply "$id" --text-file examples/answers/good.txt

say "A subject of one's own lacks the word that Amazon asks for; --fix puts it in front"
run 4 plentymsg check --channel 'Amazon DE' --subject 'Ihr Regal' --text 'Der neue Boden ist unterwegs.'
run 0 plentymsg check --channel 'Amazon DE' --subject 'Ihr Regal' --text 'Der neue Boden ist unterwegs.' --fix

say "The daily command: fetch and deliver in one run"
run 0 plentymsg sync
run 0 plentymsg outbox list

say "That was it. Your own store begins with: plentymsg init"
