import { createRequire } from 'node:module';
import { findRecogniserFile, readRecogniserFile, recogniserFiles } from './recogniser-files.ts';

/** Of Tesseract's API (tesseract.js-core, which binds `TessBaseAPI`) what is used here. */
export interface TesseractApi {
  /** 0 when it went well. */
  Init(dataPath: null, language: string, engineMode: number): number;
  SetVariable(name: string, value: string): boolean;
  /** Decodes the file `/input`, turned as Exif tells; 0 when it went well. */
  SetImageFile(orientation: number, angle: number): number;
  /** 0 when it went well. */
  Recognize(monitor: null): number;
  GetUTF8Text(): string;
  Clear(): void;
}

/** An instance with a heap of its own, which only grows. */
export interface TesseractCore {
  FS: { writeFile(path: string, content: Uint8Array): void; unlink(path: string): void };
  TessBaseAPI: new () => TesseractApi;
  readonly memory: WebAssembly.Memory;
}

type Imports = ConstructorParameters<typeof WebAssembly.Instance>[1];
type Receive = (instance: WebAssembly.Instance, module: WebAssembly.Module) => void;

interface CoreOptions {
  print(text: string): void;
  printErr(text: string): void;
  instantiateWasm(imports: Imports, receive: Receive): object;
}

type CreateCore = (options: CoreOptions) => Promise<Omit<TesseractCore, 'memory'>>;

/** What instances of a thread share. */
let shared: { createCore: CreateCore; module: WebAssembly.Module } | undefined;

/**
 * Makes an instance; the code is compiled for the first.
 *
 * @throws {Error} when it is not there, or there is no memory for it.
 */
export async function createTesseractCore(): Promise<TesseractCore> {
  shared ??= load();
  const { createCore, module } = shared;
  let memory: WebAssembly.Memory | undefined;
  const core = await createCore({
    // What it has to say is about pictures, which are nobody's business.
    print: () => undefined,
    printErr: () => undefined,
    instantiateWasm: (imports, receive) => {
      const instance = new WebAssembly.Instance(module, imports);
      memory = Object.values(instance.exports).find((one) => one instanceof WebAssembly.Memory);
      receive(instance, module);
      return instance.exports;
    },
  });
  if (memory === undefined) throw new Error('the text recogniser has no memory');
  return Object.assign(core, { memory });
}

function load(): { createCore: CreateCore; module: WebAssembly.Module } {
  const require = createRequire(import.meta.url);
  const createCore = require(findRecogniserFile(recogniserFiles.core)) as CreateCore;
  const code = readRecogniserFile(recogniserFiles.wasm);
  return { createCore, module: new WebAssembly.Module(code) };
}
