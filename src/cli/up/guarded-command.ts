/**
 * Runs a program and ends it when standard input closes, as it does when this process is gone,
 * however it went. For programs that cannot notice that by themselves.
 */
const script = `
exec 3<&0
"$@" 3<&- &
program=$!
trap 'kill "$program"' TERM
(cat <&3 >/dev/null; kill "$program") 2>/dev/null &
guard=$!
exec 3<&-
wait "$program"
code=$?
while kill -0 "$program" 2>/dev/null; do
  wait "$program"
  code=$?
done
kill "$guard" 2>/dev/null
exit "$code"
`;

/** A command and its arguments, guarded; it needs a pipe as its standard input. */
export function guardedCommand(
  command: string,
  args: readonly string[],
): { command: string; args: string[] } {
  return { command: '/bin/sh', args: ['-c', script, 'sh', command, ...args] };
}
