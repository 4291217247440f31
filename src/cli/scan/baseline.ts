import { createReadStream, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { SettingError } from '../setting.ts';
import type { FileResult } from './file-result.ts';

/** What a baseline takes of a report's object; the rest is left alone. */
const FileSchema = z.object({
  path: z.string(),
  path_base64: z.string().optional(),
  findings: z.array(z.object({ type: z.string(), fingerprint: z.string() })),
  fingerprint_key_id: z.string().optional(),
});

const ReportSchema = z.object({ files: z.array(FileSchema) });

type File = z.infer<typeof FileSchema>;

/** What a former report has: findings by path, type and fingerprint. */
export class Baseline {
  readonly #known = new Set<string>();
  readonly #keyId: string;
  /** Findings that it kept from being shown. */
  hidden = 0;

  constructor(keyId: string) {
    this.#keyId = keyId;
  }

  /** @throws {SettingError} when the fingerprints were made with another key. */
  add(file: File): void {
    const { fingerprint_key_id: keyId } = file;
    if (file.findings.length > 0 && keyId !== this.#keyId) {
      const advice = 'give both runs the same --fingerprint-key, or make the baseline anew';
      throw new SettingError(`--baseline was made with another fingerprint key: ${advice}`);
    }
    for (const finding of file.findings) this.#known.add(keyOf(file, finding));
  }

  /** The result without what the baseline knows; score, label and shares stay the file's. */
  filter(result: FileResult): FileResult {
    if (result.findings.length === 0) return result;
    const findings = result.findings.filter((finding) => !this.#known.has(keyOf(result, finding)));
    this.hidden += result.findings.length - findings.length;
    // Of more findings than a report has, nobody can tell which are new.
    return { ...result, findings, findings_total: findings.length };
  }
}

/** A path is the same however it is given from the same folder. */
function keyOf(
  { path, path_base64: bytes }: Pick<File, 'path' | 'path_base64'>,
  { type, fingerprint }: File['findings'][number],
): string {
  return `${fingerprint} ${type} ${bytes ?? resolve(path)}`;
}

/**
 * Reads a former report, JSON lines or JSON.
 *
 * @throws {SettingError} when it cannot be read, is no report or was made with another key.
 */
export async function readBaseline(file: string, keyId: string): Promise<Baseline> {
  const baseline = new Baseline(keyId);
  try {
    if (await isWholeDocument(file)) {
      const report = ReportSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
      for (const one of report.files) baseline.add(one);
    } else {
      for await (const line of linesOf(file)) baseline.add(FileSchema.parse(JSON.parse(line)));
    }
  } catch (error) {
    if (error instanceof SettingError) throw error;
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new SettingError(
      code === '' || error instanceof z.ZodError
        ? '--baseline must be a report of this program in the format json or jsonl'
        : `--baseline names a file that cannot be read${code}`,
    );
  }
  return baseline;
}

/** Whether the first line is no object of its own with a path: then it is one document. */
async function isWholeDocument(file: string): Promise<boolean> {
  for await (const line of linesOf(file)) {
    try {
      return !FileSchema.safeParse(JSON.parse(line)).success;
    } catch {
      return true;
    }
  }
  return false;
}

async function* linesOf(file: string): AsyncIterable<string> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Infinity });
  for await (const line of lines) if (line.trim() !== '') yield line;
}
