import { defaultPolicy } from '../../src/engine/policy.ts';
import { createScan, type ScanOptions } from '../../src/engine/scan-text.ts';
import type { Finding, ScanReport } from '../../src/engine/types.ts';

export const testKey: Uint8Array = new Uint8Array(32).fill(7);

type Options = Partial<ScanOptions> & { chunkBytes?: number };

/** Scans a text or its bytes, pushed in chunks of `chunkBytes`. */
export function scan(input: string | Uint8Array, options: Options = {}): ScanReport {
  const { chunkBytes = 65_536, ...rest } = options;
  const bytes = typeof input === 'string' ? Buffer.from(input) : input;
  const running = createScan({ policy: defaultPolicy, fingerprintKey: testKey, ...rest });
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    running.push(bytes.subarray(at, at + chunkBytes));
  }
  return running.finish();
}

/** Reads the value of a finding back from the text by its place. */
export function rawValue(text: string, finding: Finding): string {
  const { offset, length } = finding.place;
  return Buffer.from(text)
    .subarray(offset, offset + length)
    .toString();
}
