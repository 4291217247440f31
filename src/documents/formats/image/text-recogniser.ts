import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { readRecogniserFile, recogniserFiles } from './recogniser-files.ts';
import { createTesseractCore, type TesseractApi, type TesseractCore } from './tesseract-core.ts';

/** Tesseract's names of engines and ways to lay out a page (publictypes.h). */
const lstmOnly = 1;
const automaticLayout = '3';
const inputPath = '/input';
const dataPath = 'eng.traineddata';
/** A heap only grows: one that a large picture made large is not kept. */
const mostKeptBytes = 201_326_592;

/** A picture as the formats have it, and how it is turned as Exif counts, 1 when it is upright. */
export interface Picture {
  bytes: Uint8Array;
  orientation: number;
}

/**
 * Recognises English text in PNG, JPEG, TIFF, GIF, WebP and BMP, with Tesseract in WebAssembly on
 * the calling thread: a call takes seconds and cannot be interrupted.
 */
class TextRecogniser {
  readonly #core: TesseractCore;
  readonly #api: TesseractApi;

  constructor(core: TesseractCore, api: TesseractApi) {
    this.#core = core;
    this.#api = api;
  }

  /** @throws {Error} when it cannot be made. */
  static async open(): Promise<TextRecogniser> {
    const core = await createTesseractCore();
    core.FS.writeFile(dataPath, readRecogniserFile(recogniserFiles.english));
    const api = new core.TessBaseAPI();
    if (api.Init(null, 'eng', lstmOnly) !== 0) throw new Error('the text recogniser has no data');
    core.FS.unlink(dataPath);
    api.SetVariable('tessedit_pageseg_mode', automaticLayout);
    return new TextRecogniser(core, api);
  }

  get heapBytes(): number {
    return this.#core.memory.buffer.byteLength;
  }

  /** Undefined when the picture cannot be decoded. @throws what ends the instance. */
  recognise({ bytes, orientation }: Picture): string | undefined {
    const api = this.#api;
    this.#core.FS.writeFile(inputPath, bytes);
    const isDecoded = api.SetImageFile(orientation, 0) === 0;
    this.#core.FS.unlink(inputPath);
    const isRead = isDecoded && api.Recognize(null) === 0;
    const text = isRead ? api.GetUTF8Text() : undefined;
    api.Clear();
    return text;
  }
}

let opening: Promise<TextRecogniser> | undefined;
/** Until the heap of one that was let go is given back. */
let releasing: Promise<void> | undefined;

/**
 * Recognises the text of a picture with this thread's recogniser, which is made for the first one.
 * Undefined when the picture cannot be decoded, or the recogniser not be had.
 */
export async function recogniseText(picture: Picture): Promise<string | undefined> {
  await releasing;
  try {
    opening ??= TextRecogniser.open();
    const recogniser = await opening;
    const text = recogniser.recognise(picture);
    if (recogniser.heapBytes > mostKeptBytes) release();
    return text;
  } catch {
    // Whatever state it is in now; the next picture gets another.
    release();
    return undefined;
  }
}

function release(): void {
  opening = undefined;
  releasing = new Promise((resolve) => {
    // By then nothing refers to it any more.
    setImmediate(() => {
      collectGarbage();
      resolve();
    });
  });
}

/** V8 does not count such a heap as its own, and so would not come to collect it for long. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  setFlagsFromString('--no-expose-gc');
  collect();
}
