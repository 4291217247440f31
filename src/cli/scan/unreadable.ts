/** What could not be opened or read; the message is the reason, such as `unreadable:EACCES`. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';

  constructor(cause: unknown) {
    super(unreadableReason(cause), { cause });
  }
}

/** The reason for what the system refused: `unreadable:` and its code. */
export function unreadableReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return `unreadable:${code}`;
}
