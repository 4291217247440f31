import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { SettingError } from '../setting.ts';
import type { FileIdentity } from './walk-files.ts';

/** Where a report goes. */
export interface OutputSink {
  /** The files it writes or replaces, which a scan must not read. */
  ownFiles: readonly FileIdentity[];
  /** The file it writes before it is put in its place. */
  draft: FileIdentity | undefined;
  write(text: string): Promise<void>;
  /** Ends a whole report. */
  finish(): Promise<void>;
  /** Leaves nothing of a report that failed; may be called at any time. */
  discard(): void;
}

/** Standard output. `onClosed` is called when nobody reads it any more; then writing does nothing. */
export function openStdout(onClosed: () => void): OutputSink {
  let isClosed = false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') return;
    isClosed = true;
    onClosed();
  });
  const write = (text: string): Promise<void> => {
    return new Promise((done, reject) => {
      if (isClosed || text === '') return done();
      process.stdout.write(text, (error) => {
        const code = error && 'code' in error ? String(error.code) : 'unknown';
        if (!error || code === 'EPIPE') done();
        else reject(new Error(`the report cannot be written (${code})`));
      });
    });
  };
  const stats = fstatSync(1);
  return {
    ownFiles: stats.isFile() ? [stats] : [],
    draft: undefined,
    write,
    finish: async () => {},
    discard: () => {},
  };
}

/**
 * A file that is there only when it is whole: written beside its place, then put there. What is no
 * regular file, such as a pipe, is written to directly.
 *
 * @throws {SettingError} when it cannot be opened.
 */
export function openFile(path: string): OutputSink {
  try {
    const known = statSync(path, { throwIfNoEntry: false });
    if (known !== undefined && !known.isFile()) return directSink(openSync(path, 'w'));
    const place = known === undefined ? resolve(path) : realpathSync(path);
    const draft = join(
      dirname(place),
      `.${basename(place)}.${randomBytes(6).toString('hex')}.part`,
    );
    const file = openSync(draft, 'wx');
    return draftSink(file, { draft, place, known });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new SettingError(`--output names a file that cannot be written (${code})`);
  }
}

function directSink(file: number): OutputSink {
  return {
    ownFiles: [],
    draft: undefined,
    write: async (text) => writeAll(file, text),
    finish: async () => closeSync(file),
    discard: () => {},
  };
}

function draftSink(
  file: number,
  { draft, place, known }: { draft: string; place: string; known: FileIdentity | undefined },
): OutputSink {
  let isOpen = true;
  const close = (): void => {
    if (isOpen) closeSync(file);
    isOpen = false;
  };
  return {
    ownFiles: known === undefined ? [] : [known],
    draft: fstatSync(file),
    write: async (text) => writeAll(file, text),
    finish: async () => {
      fsyncSync(file);
      close();
      renameSync(draft, place);
    },
    discard: () => {
      if (!isOpen) return;
      close();
      unlinkSync(draft);
    },
  };
}

function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new Error(`the report cannot be written (${code})`, { cause: error });
  }
}
