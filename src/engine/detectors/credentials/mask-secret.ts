const maxShownChars = 4;

/**
 * Masks a secret: its public prefix stays, and of the rest the last characters, at most four and
 * at most a quarter of what is secret; nothing of less than sixteen characters.
 */
export function maskSecret(value: string, prefix = ''): string {
  const head = value.startsWith(prefix) ? prefix : '';
  const rest = value.slice(head.length);
  return `${head}****${lastChars(rest)}`;
}

function lastChars(secret: string): string {
  if (secret.length < 16 || /\s/.test(secret)) return '';
  return secret.slice(-Math.min(maxShownChars, Math.floor(secret.length / 4)));
}
