import type { Readable } from 'node:stream';

/** Bytes received, not yet part of the installation: a few in memory, many in a file. */
export type Staged = { sha256: string; size: number } & (
  | { bytes: Uint8Array; file: undefined }
  | { bytes: undefined; file: StagedFile }
);

/** Bytes that are on the disk under a name of their own. */
export interface StagedFile {
  /** Gives the bytes their content address, durably; harmless when they are there already. */
  publish: () => Promise<void>;
  /** Puts the address back should it be gone; runs inside a transaction, so it never waits. */
  ensurePublished: () => void;
  /** Removes what staging left, whether the bytes were kept or not. */
  discard: () => void;
}

export interface StageOptions {
  /** @throws whatever `check` throws, before more than it has seen is kept. */
  check: (bytesSoFar: number) => void;
  /** Up to so many bytes never reach the disk: whoever staged them keeps them elsewhere. */
  mostInMemory: number;
}

/** Where contents too large for the database live, by SHA-256. Engines: a folder. */
export interface ContentStore {
  stage: (source: AsyncIterable<Uint8Array>, options: StageOptions) => Promise<Staged>;
  /** A stream of the bytes from `start` to `end`, both included. */
  open: (sha256: string, range?: { start: number; end: number }) => Promise<Readable>;
  /** All of it at once; for small contents, which a stream would cost more than they are. */
  read: (sha256: string) => Promise<Uint8Array<ArrayBuffer>>;
  /** Runs inside a transaction, so it never waits. */
  unlink: (sha256: string) => void;
  /** Free space in bytes, at most a second old. */
  readFreeBytes: () => Promise<number>;
  /**
   * Removes uploads that were abandoned longer ago than this, and returns how many. Of one that
   * has its address already `unlinkUnlessKept` decides whether that goes too.
   */
  purgeAbandoned: (
    olderThanMilliseconds: number,
    unlinkUnlessKept: (sha256: string) => Promise<void>,
  ) => Promise<number>;
  /** @throws when contents cannot be read or written. */
  check: () => Promise<void>;
}
