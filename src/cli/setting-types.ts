import { resolve } from 'node:path';
import { parseNetworks } from '../platform/http/client-address.ts';
import type { Parser } from './setting.ts';

/** Parsers of settings. Each throws an error whose message completes "<flag> must be …". */

export function text(value: string): string {
  if (value === '') throw new Error('some text');
  return value;
}

export function path(value: string): string {
  return resolve(text(value));
}

export function number({ least, most }: { least: number; most: number }) {
  return (value: string): number => {
    const parsed = /^\d+$/.test(value) ? Number(value) : Number.NaN;
    if (!(parsed >= least && parsed <= most)) {
      throw new Error(`a whole number from ${least} to ${most}`);
    }
    return parsed;
  };
}

export function choice<Choice extends string>(...choices: Choice[]): Parser<Choice> {
  const parse = (value: string): Choice => {
    const found = choices.find((one) => one === value);
    if (found === undefined) throw new Error(`one of ${choices.join(', ')}`);
    return found;
  };
  return Object.assign(parse, { choices });
}

const parseOnOff = choice('on', 'off');

export const onOff: Parser<boolean> = Object.assign(
  (value: string): boolean => parseOnOff(value) === 'on',
  { choices: ['on', 'off'] },
);

export function list(value: string): string[] {
  const items = value.split(',').map((item) => item.trim());
  if (items.some((item) => !/^[\w.-]{1,64}$/.test(item))) {
    throw new Error('names separated by commas');
  }
  return items;
}

export function networks(value: string): string[] {
  if (value === 'none') return [];
  const items = value.split(',').map((item) => item.trim());
  try {
    parseNetworks(items);
  } catch {
    throw new Error('networks such as 10.0.0.0/8, separated by commas, or none');
  }
  return items;
}

export function url(value: string): string {
  const parsed = URL.canParse(value) ? new URL(value) : undefined;
  if (parsed?.search !== '' || parsed.hash !== '') {
    throw new Error('a URL such as http://localhost:8000');
  }
  return value.replace(/\/+$/, '');
}

/** An address of the web, without a user or password in it. */
export function webUrl(value: string): string {
  const parsed = URL.canParse(value) ? new URL(value) : undefined;
  const isWeb = parsed?.protocol === 'https:' || parsed?.protocol === 'http:';
  if (!isWeb || parsed.username !== '' || parsed.password !== '') {
    throw new Error('an address such as https://sensitivity.example.org');
  }
  return url(value);
}

const secondsByUnit: Record<string, number> = { s: 1, m: 60, h: 3_600, d: 86_400 };

export function seconds({ least, most }: { least: number; most: number }) {
  return (value: string): number => {
    const match = /^(\d+)([smhd]?)$/.exec(value);
    const parsed = Number(match?.[1]) * (secondsByUnit[match?.[2] || 's'] ?? Number.NaN);
    if (!(parsed >= least && parsed <= most)) {
      throw new Error(`a time such as 30s, 15m, 6h or 7d, from ${least} to ${most} seconds`);
    }
    return parsed;
  };
}

const bytesByUnit: Record<string, number> = {
  '': 1,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};

export function bytes({ least = '0' }: { least?: string } = {}) {
  const lowest = parseBytes(least);
  return (value: string): number => {
    const parsed = parseBytes(value);
    if (!(parsed >= lowest)) {
      const bound = lowest > 0 ? `, ${least} or more` : '';
      throw new Error(`a size such as 1048576, 512MiB or 5GiB${bound}`);
    }
    return parsed;
  };
}

/** NaN for what is no size. */
function parseBytes(value: string): number {
  const match = /^(\d+)(KiB|MiB|GiB|TiB)?$/.exec(value);
  const parsed = Number(match?.[1]) * (bytesByUnit[match?.[2] ?? ''] ?? Number.NaN);
  return Number.isSafeInteger(parsed) ? parsed : Number.NaN;
}
