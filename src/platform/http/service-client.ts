import { z } from '@hono/zod-openapi';
import { AppError } from '../app-error.ts';

export interface ServiceClientOptions {
  /** Where auth is, e.g. `http://localhost:8000`. */
  authUrl: string;
  clientId: string;
  clientSecret: string;
}

const TokenAnswerSchema = z.object({ access_token: z.string(), expires_in: z.number() });

export interface CallOptions {
  method?: string;
  body?: unknown;
  signal?: AbortSignal | undefined;
  timeoutMilliseconds?: number;
  requestId?: string | undefined;
}

/**
 * Calls other roles with this role's own access token (client credentials, RFC 6749 section 4.4),
 * which is renewed a minute before it expires.
 */
export class ServiceClient {
  readonly #options: ServiceClientOptions;
  #token: { value: string; renewAt: number } | undefined;
  #renewing: Promise<string> | undefined;

  constructor(options: ServiceClientOptions) {
    this.#options = options;
  }

  /** The current access token. @throws {AppError} `unavailable` */
  async token(): Promise<string> {
    if (this.#token && this.#token.renewAt > Date.now()) return this.#token.value;
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = undefined;
    });
    return this.#renewing;
  }

  /**
   * Sends JSON, returns the answer's JSON.
   *
   * @throws {ServiceError} when the other side answers with an error or not at all.
   */
  async call(url: string, options: CallOptions = {}): Promise<unknown> {
    const { method = 'POST', body, timeoutMilliseconds = 30_000, requestId } = options;
    for (let attempt = 1; ; attempt += 1) {
      const headers: Record<string, string> = { Authorization: `Bearer ${await this.token()}` };
      if (body !== undefined) headers['Content-Type'] = 'application/json';
      if (requestId !== undefined) headers['X-Request-Id'] = requestId;
      const timeout = AbortSignal.timeout(timeoutMilliseconds);
      const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
      const init: RequestInit = { method, headers, signal };
      if (body !== undefined) init.body = JSON.stringify(body);
      const response = await send(url, init);
      if (response.status === 401 && attempt === 1) {
        this.#token = undefined;
        await response.body?.cancel();
        continue;
      }
      const text = await readText(response);
      if (!response.ok) throw new ServiceError(response.status, problemOf(text, response.status));
      return text === '' ? undefined : JSON.parse(text);
    }
  }

  async #renew(): Promise<string> {
    const { authUrl, clientId, clientSecret } = this.#options;
    const response = await send(`${authUrl}/api/auth/token`, {
      method: 'POST',
      headers: {
        Authorization: `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString('base64')}`,
      },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) {
      await response.body?.cancel();
      const hint = response.status === 401 ? ': check this role’s client secret' : '';
      throw new AppError('unavailable', `auth answered ${response.status} to ${clientId}${hint}`);
    }
    const { access_token, expires_in } = TokenAnswerSchema.parse(await response.json());
    const renewIn = Math.max(expires_in - 60, expires_in / 2);
    this.#token = { value: access_token, renewAt: Date.now() + renewIn * 1_000 };
    return access_token;
  }
}

/** About the moment, the clock or the token rather than about what was sent. */
const passingStatuses = new Set([401, 403, 408, 425, 429]);

/** Another role answered with an error; `status` is 0 when it did not answer. */
export class ServiceError extends Error {
  readonly status: number;

  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ServiceError';
    this.status = status;
  }

  /** Whether the same call may go through later. */
  get isTemporary(): boolean {
    return this.status === 0 || passingStatuses.has(this.status) || this.status >= 500;
  }
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    const { host } = new URL(url);
    throw new ServiceError(0, `${host} does not answer`, { cause: error });
  }
}

async function readText(response: Response): Promise<string> {
  try {
    return await response.text();
  } catch (error) {
    const { host } = new URL(response.url);
    throw new ServiceError(0, `${host} broke off its answer`, { cause: error });
  }
}

function problemOf(text: string, status: number): string {
  try {
    const { detail } = z.object({ detail: z.string() }).parse(JSON.parse(text));
    return `answered ${status}: ${detail}`;
  } catch {
    return `answered ${status}`;
  }
}
