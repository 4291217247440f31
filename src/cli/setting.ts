import { readFileSync } from 'node:fs';

/** What was resolved before, by flag name; defaults may depend on it. */
export type Known = Record<string, unknown>;

export interface Setting<Value> {
  /** The flag, without dashes. */
  name: string;
  /** The environment variable; a secret can also come from the file that `<env>_FILE` names. */
  env: string;
  help: string;
  secret: boolean;
  default: ((known: Known) => string) | undefined;
  /** The default as help tells it, where it differs from machine to machine. */
  shownDefault: string | undefined;
  /** @throws {Error} whose message completes "<name> must be …". */
  parse: Parser<Value>;
}

/** Makes a value of a text; one that takes only certain words tells them. */
export type Parser<Value> = ((text: string) => Value) & { choices?: readonly string[] };

export type Settings = Record<string, Setting<unknown>>;

export type ValuesOf<Declared extends Settings> = {
  -readonly [Name in keyof Declared]: Declared[Name] extends Setting<infer Value> ? Value : never;
};

/** Declares a setting; its environment variable follows from its name. */
export function setting<Value>(declared: {
  name: string;
  help: string;
  parse: Parser<Value>;
  default?: (known: Known) => string;
  shownDefault?: string;
  secret?: boolean;
}): Setting<Value> {
  const { name, help, parse, shownDefault, secret = false } = declared;
  const env = `SENSITIVITY_${name.toUpperCase().replaceAll('-', '_')}`;
  return { name, env, help, parse, secret, shownDefault, default: declared.default };
}

/** A setting with a value it cannot have: one line that says which; the exit code is 2. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
}

export interface Resolved<Declared extends Settings> {
  values: ValuesOf<Declared>;
  /** Where each value came from: `flag`, the environment variable's name, or `default`. */
  sources: Record<keyof Declared, string>;
}

/**
 * Values for the declared settings: flag before environment before default.
 *
 * @throws {SettingError} on the first value that is missing or wrong.
 */
export function resolveSettings<Declared extends Settings>(
  declared: Declared,
  flags: Record<string, unknown>,
): Resolved<Declared> {
  const known: Known = {};
  const values: Record<string, unknown> = {};
  const sources: Record<string, string> = {};
  for (const [key, one] of Object.entries(declared)) {
    const { text, source } = find(one, flags, known);
    try {
      values[key] = one.parse(text);
    } catch (error) {
      const shown = one.secret ? '' : `, not ${JSON.stringify(text)}`;
      const reason = error instanceof Error ? error.message : 'valid';
      throw new SettingError(`--${one.name} must be ${reason}${shown} (from ${source})`);
    }
    known[one.name] = values[key];
    sources[key] = source;
  }
  return { values, sources } as Resolved<Declared>;
}

function find(
  one: Setting<unknown>,
  flags: Record<string, unknown>,
  known: Known,
): { text: string; source: string } {
  const flag = flags[camelCase(one.name)];
  if (typeof flag === 'string') return { text: flag, source: 'flag' };
  const text = process.env[one.env];
  if (text !== undefined && text !== '') return { text, source: one.env };
  const file = one.secret ? process.env[`${one.env}_FILE`] : undefined;
  if (file !== undefined && file !== '') return readSecret(one, file);
  if (one.default) return { text: one.default(known), source: 'default' };
  const ways = one.secret ? `${one.env} or ${one.env}_FILE` : `--${one.name} or ${one.env}`;
  throw new SettingError(`--${one.name} is needed: give ${ways}`);
}

function readSecret(one: Setting<unknown>, file: string): { text: string; source: string } {
  const source = `${one.env}_FILE`;
  try {
    return { text: readFileSync(file, 'utf8').trim(), source };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : 'unreadable';
    throw new SettingError(`${source} names a file that cannot be read (${code})`);
  }
}

export function camelCase(name: string): string {
  return name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
