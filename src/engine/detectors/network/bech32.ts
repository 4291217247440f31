const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
const constants = { bech32: 1, bech32m: 0x2bc830a3 } as const;

/** Which of the two checksums a text carries. */
export type Bech32Kind = keyof typeof constants;

/** Verifies a Bech32 (BIP 173) or Bech32m (BIP 350) text, all in one case, prefix and all. */
export function checkBech32(text: string): { kind: Bech32Kind; data: number[] } | undefined {
  const lower = text.toLowerCase();
  if (text !== lower && text !== text.toUpperCase()) return undefined;
  const at = lower.lastIndexOf('1');
  const data = [...lower.slice(at + 1)].map((char) => alphabet.indexOf(char));
  if (at < 1 || data.length < 6 || data.includes(-1)) return undefined;
  const prefix = [...lower.slice(0, at)].map((char) => char.charCodeAt(0));
  const rest = polymod([...prefix.map((c) => c >> 5), 0, ...prefix.map((c) => c & 31), ...data]);
  for (const kind of ['bech32', 'bech32m'] as const) {
    if (rest === constants[kind]) return { kind, data: data.slice(0, -6) };
  }
  return undefined;
}

function polymod(values: readonly number[]): number {
  let check = 1;
  for (const value of values) {
    const top = check >>> 25;
    check = ((check & 0x1ffffff) << 5) ^ value;
    for (let i = 0; i < 5; i++) if ((top >> i) & 1) check ^= generators[i] as number;
  }
  return check >>> 0;
}
