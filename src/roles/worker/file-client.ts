import { z } from '@hono/zod-openapi';
import { BackOff } from '../../broker/back-off.ts';
import type { Policy } from '../../engine/types.ts';
import type { ServiceClient } from '../../platform/http/service-client.ts';
import { type SharedPolicy, sharePolicy } from './shared-policy.ts';
import type { StoredResult } from './store/results.ts';

const SettingsSchema = z.object({
  revision: z.int(),
  policy: z.looseObject({ version: z.string() }),
  fingerprint_key: z.string(),
});

const OutcomesSchema = z.object({ outcomes: z.array(z.string()) });

export interface ScanSettings {
  revision: number;
  policy: SharedPolicy;
  fingerprintKey: Uint8Array;
}

/** What a worker asks of the file role. Every method throws a `ServiceError` when that fails. */
export class FileClient {
  readonly #client: ServiceClient;
  readonly #base: string;
  #settings: Promise<ScanSettings> | undefined;

  constructor(client: ServiceClient, fileUrl: string) {
    this.#client = client;
    this.#base = `${fileUrl}/api/file`;
  }

  /** Policy and key; asked for anew when a task is about a newer revision than is known. */
  async readScanSettings(revision: number): Promise<ScanSettings> {
    const known = await this.#settings?.catch(() => undefined);
    if (known && known.revision >= revision) return known;
    this.#settings = this.#fetchSettings();
    return this.#settings;
  }

  contentUrl(sha256: string): string {
    return `${this.#base}/contents/${sha256}`;
  }

  async deliver(results: readonly StoredResult[], signal: AbortSignal): Promise<string[]> {
    const body = {
      results: results.map(({ sha256, revision, engineVersion, document }) => ({
        sha256,
        revision,
        engine_version: engineVersion,
        document: JSON.parse(document) as unknown,
      })),
    };
    const answer = await this.#client.call(`${this.#base}/results`, { body, signal });
    return OutcomesSchema.parse(answer).outcomes;
  }

  async reportProgress(sha256: string, bytesRead: number): Promise<void> {
    const body = { sha256, bytes_read: bytesRead };
    await this.#client.call(`${this.#base}/progress`, { body, timeoutMilliseconds: 5_000 });
  }

  async sweep(requestId?: string): Promise<void> {
    await this.#client.call(`${this.#base}/sweep`, { requestId });
  }

  async purge(requestId?: string): Promise<void> {
    await this.#client.call(`${this.#base}/purge`, { requestId, timeoutMilliseconds: 600_000 });
  }

  /** @throws when file does not answer. */
  async check(): Promise<void> {
    await this.#client.call(`${this.#base}/healthcheck`, {
      method: 'GET',
      timeoutMilliseconds: 1_500,
    });
  }

  /**
   * Waits while file, or the auth that lets this role in, is away.
   *
   * @returns whether it was; false right away when there is nothing to wait for.
   * @throws {Error} when the signal is aborted meanwhile.
   */
  async waitWhileAway(signal: AbortSignal): Promise<boolean> {
    const backOff = new BackOff();
    for (let wasAway = false; ; wasAway = true) {
      try {
        await this.check();
        return wasAway;
      } catch {
        await backOff.wait(signal);
        signal.throwIfAborted();
      }
    }
  }

  async #fetchSettings(): Promise<ScanSettings> {
    const answer = await this.#client.call(`${this.#base}/scan-settings`, { method: 'GET' });
    const { revision, policy, fingerprint_key } = SettingsSchema.parse(answer);
    return {
      revision,
      policy: sharePolicy(policy as unknown as Policy, revision),
      fingerprintKey: Buffer.from(fingerprint_key, 'base64'),
    };
  }
}
