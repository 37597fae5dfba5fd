#!/bin/sh
# Usage: guard.sh DIRECTORY COMMAND...
# Runs COMMAND for as long as stdin stays open, so that it never outlives whoever started it.
# A line on stdin is the name of a signal for it. When stdin ends, however its holder ended, the
# command is killed and DIRECTORY removed.
directory=$1
shift
exec 3<&0
"$@" 3<&- </dev/null &
command=$!
(
  if read -r signal <&3; then
    kill -s "$signal" "$command"
  else
    kill -s KILL "$command"
    rm -rf "$directory"
  fi
) 2>/dev/null &
exec 3<&-
wait "$command"
