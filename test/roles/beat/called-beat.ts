import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestBeat, type TestBeat, testSettings } from '../../broker/start-test-beat.ts';
import { startTestIssuer, type TestIssuer } from '../../broker/test-issuer.ts';

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at what each route happens to answer.
  body: any;
}

export interface CalledBeat {
  beat: TestBeat;
  issuer: TestIssuer;
  folder: string;
  /** A token for each role and for each scope, by its name. */
  tokens: Record<string, string>;
  call: (who: string | undefined, method: string, path: string, body?: unknown) => Promise<Answer>;
  close: () => Promise<void>;
}

/** A beat with everything that it takes to call its routes as anybody. */
export async function startCalledBeat(): Promise<CalledBeat> {
  const folder = await mkdtemp(join(tmpdir(), 'beat-routes-'));
  const issuer = await startTestIssuer();
  const beat = await startTestBeat(testSettings(issuer, join(folder, 'beat.db')));
  const tokens: Record<string, string> = {};
  for (const role of ['user', 'auditor', 'admin'] as const) {
    tokens[role] = await issuer.token({ role });
  }
  for (const scope of ['tasks:publish', 'tasks:lease', 'tasks:purge', 'other']) {
    tokens[scope] = await issuer.token({ scopes: [scope] });
  }

  async function call(
    who: string | undefined,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<Answer> {
    const headers: Record<string, string> = {};
    if (who) headers['Authorization'] = `Bearer ${tokens[who]}`;
    const init: RequestInit = { method, headers };
    if (body !== undefined) {
      headers['Content-Type'] = 'application/json';
      init.body = typeof body === 'string' ? body : JSON.stringify(body);
    }
    const response = await fetch(`${beat.url}/api/beat${path}`, init);
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text && JSON.parse(text) };
  }

  return {
    beat,
    issuer,
    folder,
    tokens,
    call,
    close: async () => {
      await beat.stop();
      await issuer.close();
      await rm(folder, { recursive: true });
    },
  };
}
