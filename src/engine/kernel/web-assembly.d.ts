/** The part of WebAssembly's JavaScript interface that the kernel uses; Node's types lack it. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Memory {
    readonly buffer: ArrayBuffer;
    /** Sizes in pages of 64 KiB. */
    constructor(size: { initial: number; maximum: number });
  }
  class Instance {
    readonly exports: Record<string, unknown>;
    constructor(module: Module, imports: Record<string, Record<string, unknown>>);
  }
}
