import { z } from 'zod';
import type { Credentials } from './credentials-file.ts';

const clientId = 'sensitivity-cli';
const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';
const timeoutMilliseconds = 15_000;

const DeviceSchema = z.object({
  device_code: z.string(),
  user_code: z.string(),
  verification_uri: z.url({ protocol: /^https?$/ }),
  verification_uri_complete: z.url({ protocol: /^https?$/ }),
  expires_in: z.number().positive(),
  interval: z.number().positive().max(300).default(5),
});

export type Device = z.infer<typeof DeviceSchema>;

const TokenSchema = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.number(),
});

const UserSchema = z.object({ id: z.string(), email: z.string(), role: z.string() });

export type User = z.infer<typeof UserSchema>;

const ErrorSchema = z.object({ error: z.string(), error_description: z.string().optional() });

/** An answer that refuses, by the code of the protocol. */
export class RefusedError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'RefusedError';
    this.code = code;
  }
}

/** What the command line asks of an installation's auth. */
export class AuthApi {
  readonly #base: string;

  /** @param url of the installation, e.g. `http://localhost:8080`. */
  constructor(url: string) {
    this.#base = `${url}/api/auth`;
  }

  /** Asks to be signed in (RFC 8628, section 3.1). */
  async startDevice(): Promise<Device> {
    return read(DeviceSchema, await this.#post('device_authorization', {}));
  }

  /** Asks whether somebody agreed. @throws {RefusedError} as long as nobody did */
  pollDevice(deviceCode: string): Promise<Credentials> {
    return this.#takeToken({ grant_type: deviceGrant, device_code: deviceCode });
  }

  /** @throws {RefusedError} `invalid_grant` when the session is over */
  refresh(refreshToken: string): Promise<Credentials> {
    return this.#takeToken({ grant_type: 'refresh_token', refresh_token: refreshToken });
  }

  /** Ends the session (RFC 7009). */
  async revoke(refreshToken: string): Promise<void> {
    await this.#post('revoke', { token: refreshToken, token_type_hint: 'refresh_token' });
  }

  /** Whose token it is; undefined when it is not good any more. */
  async findUser(accessToken: string): Promise<User | undefined> {
    const response = await this.#fetch('users/me', {
      headers: { Authorization: `Bearer ${accessToken}` },
    });
    if (response.status === 401) {
      await response.body?.cancel();
      return undefined;
    }
    return read(UserSchema, await readAnswer(response));
  }

  async #takeToken(form: Record<string, string>): Promise<Credentials> {
    const token = read(TokenSchema, await this.#post('token', form));
    return {
      refreshToken: token.refresh_token,
      accessToken: token.access_token,
      accessExpiresAt: Date.now() + token.expires_in * 1_000,
    };
  }

  async #post(path: string, form: Record<string, string>): Promise<unknown> {
    const body = new URLSearchParams({ ...form, client_id: clientId });
    return readAnswer(await this.#fetch(path, { method: 'POST', body }));
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    const signal = AbortSignal.timeout(timeoutMilliseconds);
    try {
      // A token goes nowhere but to the address that was named.
      return await fetch(`${this.#base}/${path}`, { ...init, signal, redirect: 'error' });
    } catch (error) {
      throw new Error(`${this.#base} does not answer: is it running, and is the address right?`, {
        cause: error,
      });
    }
  }
}

function read<Value>(schema: z.ZodType<Value>, body: unknown): Value {
  const parsed = schema.safeParse(body);
  // Without what was wrong with it: it may be a token.
  if (!parsed.success) throw new Error('the answer is not from auth: is the address right?');
  return parsed.data;
}

async function readAnswer(response: Response): Promise<unknown> {
  const text = await response.text();
  let body: unknown;
  try {
    body = text === '' ? undefined : JSON.parse(text);
  } catch {
    throw new Error(
      `the answer is not from auth (status ${response.status}): is the address right?`,
    );
  }
  if (response.ok) return body;
  const refusal = ErrorSchema.safeParse(body);
  if (!refusal.success) throw new Error(`auth answered with the status ${response.status}`);
  const { error, error_description } = refusal.data;
  throw new RefusedError(error, error_description ?? error);
}
