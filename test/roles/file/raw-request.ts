import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  status: number;
  head: string;
  body: string;
}

/** Opens a connection and sends the head of a request; the body is the caller's business. */
export async function openRequest(
  port: number,
  lines: readonly string[],
): Promise<{ socket: Socket; answer: Promise<RawAnswer> }> {
  const socket = connect(port, '127.0.0.1');
  const answer = readAnswer(socket);
  // Looked at by some callers only.
  answer.catch(() => {});
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  socket.write([...lines, 'Host: 127.0.0.1', 'Connection: close', '', ''].join('\r\n'));
  return { socket, answer };
}

/** Sends the bytes of one multipart body, whatever they are. */
export async function postMultipart(
  port: number,
  { token, body, type }: { token: string; body: string | Uint8Array; type: string },
): Promise<RawAnswer> {
  const { socket, answer } = await openRequest(port, [
    'POST /api/file/upload HTTP/1.1',
    `Authorization: Bearer ${token}`,
    `Content-Type: ${type}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ]);
  socket.write(body);
  return answer;
}

/** One part of a multipart body with its boundary `b` before it. */
export function partOf(disposition: string, content: string, type = 'text/plain'): string {
  return `--b\r\nContent-Disposition: ${disposition}\r\nContent-Type: ${type}\r\n\r\n${content}\r\n`;
}

function readAnswer(socket: Socket): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk) => {
      text += chunk;
    });
    // A server that has answered may close before it has read everything.
    socket.on('error', () => {});
    socket.on('close', () => {
      const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
      if (status === undefined) {
        reject(new Error('the connection was closed without an answer'));
        return;
      }
      const [head = '', ...body] = text.split('\r\n\r\n');
      resolve({ status: Number(status), head, body: body.join('\r\n\r\n') });
    });
  });
}
