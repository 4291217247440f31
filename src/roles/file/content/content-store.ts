import type { Readable } from 'node:stream';

/** Bytes received and durable, not yet part of the installation. */
export interface Staged {
  sha256: string;
  /** In bytes. */
  size: number;
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
}

/** Where contents live, by SHA-256. Engines: a folder. */
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
