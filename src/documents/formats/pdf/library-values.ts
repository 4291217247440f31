/** What the library gives is of no type that holds for hostile files: these look before they read. */

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** A value's field; undefined when it has none. */
export function fieldOf(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}

/** A value as text: strings, numbers and lists of them; the empty string otherwise. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (!Array.isArray(value)) return '';
  return value
    .filter((item) => !Array.isArray(item))
    .map(textOf)
    .filter((text) => text !== '')
    .join(', ');
}
