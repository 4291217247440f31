import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy';
import { AppError } from '../../../platform/app-error.ts';
import type { Upload } from '../actions/keep-uploads.ts';
import { checkName, stageUpload } from '../actions/stage-upload.ts';
import type { FileContext } from '../file-context.ts';

/** Files in one request, at most. */
const mostFiles = 100;

const mediaTypeShape = /^[\w.+-]{1,100}\/[\w.+-]{1,100}$/;

/**
 * Receives a multipart body (RFC 7578) and stages each file in a field named `file`.
 *
 * Other fields are refused, so that a misspelt one is noticed. On any error everything staged is
 * discarded before it is thrown.
 *
 * @throws {AppError} `unsupported_media_type`, `invalid_multipart`, or what staging throws.
 */
export async function receiveMultipart(
  context: FileContext,
  incoming: IncomingMessage,
): Promise<Upload[]> {
  const parser = openParser(incoming);
  const staging: Promise<Upload>[] = [];
  const streams: Readable[] = [];
  const { promise: parsed, resolve, reject } = Promise.withResolvers<void>();
  const fail = (error: unknown): void => {
    incoming.unpipe(parser);
    incoming.resume();
    reject(error);
  };
  parser.on('file', (field, stream, name, _encoding, mediaType) => {
    // Whoever reads it sees the error; when nobody does, the parser's own is enough.
    stream.on('error', () => {});
    if (field !== 'file') {
      stream.resume();
      fail(wrongField(field));
      return;
    }
    streams.push(stream);
    const upload = stagePart(context, stream, { name: name && unescapeName(name), mediaType });
    upload.catch(fail);
    staging.push(upload);
  });
  parser.on('field', (field) => fail(wrongField(field)));
  parser.on('filesLimit', () => fail(invalid(`at most ${mostFiles} files in one request`)));
  parser.on('error', () => fail(invalid('the body is no multipart, or it ends too early')));
  parser.on('finish', resolve);
  const broken = (): void => {
    if (!incoming.readableEnded) fail(invalid('the body ended too early'));
  };
  incoming.on('error', broken);
  incoming.on('close', broken);
  // Gone while it waited for its turn: there will be no event any more.
  if (incoming.destroyed) broken();
  else incoming.pipe(parser);
  try {
    await parsed;
    const uploads = await Promise.all(staging);
    if (uploads.length === 0) throw wrongField();
    return uploads;
  } catch (error) {
    parser.destroy();
    for (const stream of streams) stream.destroy(invalid('the body ended too early'));
    const settled = await Promise.allSettled(staging);
    for (const result of settled) {
      if (result.status === 'fulfilled') result.value.staged.file?.discard();
    }
    throw error;
  }
}

function openParser(incoming: IncomingMessage): BusboyInstance {
  const type = incoming.headers['content-type'] ?? '';
  if (!/^multipart\/form-data\s*;/i.test(type)) {
    throw new AppError(
      'unsupported_media_type',
      'send the file as multipart/form-data in a field named "file", or PUT its bytes to its name',
    );
  }
  try {
    return new Busboy({
      headers: incoming.headers as BusboyHeaders,
      preservePath: true,
      limits: { files: mostFiles, fields: 10, parts: mostFiles + 10, headerPairs: 50 },
      highWaterMark: 65_536,
      fileHwm: 65_536,
    });
  } catch (error) {
    throw new AppError('invalid_multipart', 'the multipart body has no boundary', { cause: error });
  }
}

/** Undoes what clients escape in a file name (WHATWG HTML, multipart/form-data encoding). */
function unescapeName(name: string): string {
  return name.replaceAll('%22', '"').replaceAll(/%0d/gi, '\r').replaceAll(/%0a/gi, '\n');
}

async function stagePart(
  context: FileContext,
  stream: Readable,
  part: { name: string | undefined; mediaType: string },
): Promise<Upload> {
  const name = checkName(part.name);
  const staged = await stageUpload(context, stream);
  const mediaType = mediaTypeShape.test(part.mediaType)
    ? part.mediaType.toLowerCase()
    : 'application/octet-stream';
  return { name, mediaType, staged };
}

function invalid(message: string): AppError {
  return new AppError('invalid_multipart', message);
}

function wrongField(field?: string): AppError {
  return new AppError(
    'invalid_request',
    'the multipart body needs a file in a field named "file"',
    {
      fields: [
        {
          field: 'file',
          message:
            field === undefined ? 'is missing' : 'is the only field there may be, with a file',
        },
      ],
    },
  );
}
