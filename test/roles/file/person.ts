import type { Answer } from './start-file.ts';

export interface FileBody {
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
  created_time: string;
  last_updated_time: string;
  filepath: string;
}

export interface ProblemBody {
  type: string;
  title: string;
  detail: string;
  code: string;
  request_id: string;
  errors: { field: string; message: string }[];
}

export interface Summary {
  files: number;
  bytes: number;
  by_label: Record<string, number>;
  by_status: Record<string, number>;
  by_type: Record<string, number>;
}

type Call = (path: string, init?: RequestInit & { token?: string }) => Promise<Answer>;

/** Somebody with an access token. */
export interface Person {
  subject: string;
  token: string;
  call: (path: string, init?: RequestInit) => Promise<Answer>;
  get: (path: string) => Promise<Answer>;
  /** Uploads files in one multipart request. */
  upload: (
    files: [name: string, content: string | Uint8Array<ArrayBuffer>][],
    options?: { query?: string; headers?: Record<string, string> },
  ) => Promise<Answer>;
  /** Uploads one file and expects it to be kept. */
  keep: (name: string, content: string | Uint8Array<ArrayBuffer>) => Promise<FileBody>;
  put: (
    name: string,
    content: string | Uint8Array<ArrayBuffer>,
    options?: { query?: string; headers?: Record<string, string> },
  ) => Promise<Answer>;
  summary: () => Promise<Summary>;
}

export function createPerson(
  callAny: Call,
  { subject, token }: { subject: string; token: string },
): Person {
  const call: Person['call'] = (path, init) => callAny(path, { ...init, token });
  const upload: Person['upload'] = (files, { query = '', headers = {} } = {}) => {
    const body = new FormData();
    for (const [name, content] of files) body.append('file', new Blob([content]), name);
    return call(`/upload${query}`, { method: 'POST', body, headers });
  };
  return {
    subject,
    token,
    call,
    get: (path) => call(path),
    upload,
    keep: async (name, content) => {
      const answer = await upload([[name, content]]);
      if (answer.status !== 201) throw new Error(`upload: ${answer.status} ${answer.text}`);
      return answer.body;
    },
    put: (name, content, { query = '', headers = {} } = {}) =>
      call(`/${encodeURIComponent(name)}${query}`, { method: 'PUT', body: content, headers }),
    summary: async () => (await call('/summary')).body as unknown as Summary,
  };
}
