import { setTimeout as wait } from 'node:timers/promises';

export interface FileJson {
  id: string;
  username: string;
  filename: string;
  version: number;
  filesize: number;
  sha256: string;
  media_type: string;
  status: string;
  status_reason: string | null;
  sensitivity_score: number | null;
  label: string | null;
  filepath: string;
  shares: { type: string; share: number }[];
  counts: Record<string, number>;
}

export const password = 'a long enough passphrase';

/** A person with an access token, speaking to the API as any client would. */
export class Client {
  readonly authUrl: string;
  readonly fileUrl: string;
  readonly email: string;
  token = '';
  refreshToken = '';

  constructor(urls: { auth: string; file: string }, email: string) {
    this.authUrl = `${urls.auth}/api/auth`;
    this.fileUrl = `${urls.file}/api/file`;
    this.email = email;
  }

  /** Registers and signs in. */
  static async register(urls: { auth: string; file: string }, email: string): Promise<Client> {
    const client = new Client(urls, email);
    const response = await fetch(`${client.authUrl}/users`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    if (!response.ok) throw new Error(`registering answered ${response.status}`);
    await response.body?.cancel();
    await client.signIn();
    return client;
  }

  async signIn(): Promise<void> {
    const body = new URLSearchParams({ grant_type: 'password', username: this.email, password });
    const response = await fetch(`${this.authUrl}/token`, { method: 'POST', body });
    if (!response.ok) throw new Error(`signing in answered ${response.status}`);
    const answer = (await response.json()) as { access_token: string; refresh_token: string };
    this.token = answer.access_token;
    this.refreshToken = answer.refresh_token;
  }

  request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (!headers.has('Authorization')) headers.set('Authorization', `Bearer ${this.token}`);
    return fetch(`${this.fileUrl}${path}`, { ...init, headers });
  }

  async json<Body>(path: string, init: RequestInit = {}): Promise<Body> {
    const response = await this.request(path, init);
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`);
    return JSON.parse(text) as Body;
  }

  upload(name: string, content: string | Uint8Array, query = ''): Promise<Response> {
    const form = new FormData();
    form.append(
      'file',
      new Blob([typeof content === 'string' ? content : Uint8Array.from(content)]),
      name,
    );
    return this.request(`/upload${query}`, { method: 'POST', body: form });
  }

  async uploadFile(name: string, content: string | Uint8Array): Promise<FileJson> {
    const response = await this.upload(name, content);
    const text = await response.text();
    if (response.status !== 201) throw new Error(`upload answered ${response.status}: ${text}`);
    return JSON.parse(text) as FileJson;
  }

  read(id: string): Promise<FileJson> {
    return this.json(`/${id}`);
  }

  /** The file once its status is none of `pending` and `scanning`. */
  async untilSettled(id: string, timeoutMilliseconds = 20_000): Promise<FileJson> {
    const until = Date.now() + timeoutMilliseconds;
    for (;;) {
      const file = await this.read(id);
      if (file.status !== 'pending' && file.status !== 'scanning') return file;
      if (Date.now() > until) throw new Error(`the file is still ${file.status}`);
      await wait(20);
    }
  }
}
