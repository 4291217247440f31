/** Signs at which detectors are asked. */
export class SignIndex {
  /** As the kernel reads it: see `kernel/assembly/signs.ts`. */
  readonly table: Uint8Array;
  /** By byte: the detector for each bit of a sign's conditions. */
  readonly byByte: readonly (readonly number[])[];

  constructor(byByte: readonly (readonly number[])[]) {
    this.byByte = byByte;
    const signs = byByte.flatMap((list, byte) => (list.length > 0 ? [byte] : []));
    this.table = new Uint8Array(288 + signs.length * 2_048);
    const bits = new Uint32Array(this.table.buffer, 288);
    signs.forEach((sign, row) => {
      this.table[sign & 15] = (this.table[sign & 15] as number) | (1 << (sign >>> 4));
      this.table[16 + (sign >>> 4)] = 1 << (sign >>> 4);
      this.table[32 + sign] = row;
      const all = 2 ** (byByte[sign]?.length ?? 0) - 1;
      bits.fill(all, row * 512, row * 512 + 512);
    });
  }
}
