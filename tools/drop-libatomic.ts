/**
 * Frees a Linux executable made of Node's official x64 release from libatomic, which that release
 * is linked to and which minimal systems do not have. Of that library it calls one function, always
 * for eight bytes; that function is one instruction, and it is put where the call goes through.
 *
 * The format is the System V ABI's (ELF, and its AMD64 supplement for the procedure linkage table).
 */
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

const library = 'libatomic.so.1';
const symbolName = '__atomic_compare_exchange';

/** What takes the library's place in the list of those needed: it is there in any case. */
const stand = { library: 'libc.so.6', version: 'GLIBC_2.2.5', versionHash: 0x0969_1a75 };

const tag = { null: 0n, needed: 1n, flags1: 0x6fff_fffbn };
const bindNow = 1n;
const weak = 2 << 4;
const sizes = { symbol: 24, relocation: 24, dynamic: 16, stub: 16, section: 64 };

/**
 * `bool f(size_t size, void *at, void *expected, void *desired, …)` for a size of eight:
 * `mov (%rdx),%rax; mov (%rcx),%rcx; lock cmpxchg %rcx,(%rsi); jmp` and, after the jump,
 * `mov %rax,(%rdx); sete %al; ret`. (The value found is stored in either case: it is the expected
 * one when they were equal.)
 */
const code = {
  exchange: [0x48, 0x8b, 0x02, 0x48, 0x8b, 0x09, 0xf0, 0x48, 0x0f, 0xb1, 0x0e, 0xeb],
  answer: [0x48, 0x89, 0x02, 0x0f, 0x94, 0xc0, 0xc3],
};

/** `mov $8,%edi`: the size, as every caller must give it not long before the call. */
const sizeOfEight = Buffer.from([0xbf, 0x08, 0x00, 0x00, 0x00]);
const callerBytes = 64;

/** The part of a stub that looks symbols up late, which a program bound at its start never runs. */
const lateBytes = 6;

interface Section {
  address: number;
  offset: number;
  size: number;
}

/**
 * Changes the executable in place.
 *
 * @returns whether it no longer needs the library; it is unchanged when anything is not as expected.
 */
export function dropLibatomic(path: string): boolean {
  const file = readFileSync(path);
  const isLinuxX64 = file.readUInt32BE(0) === 0x7f45_4c46 && file.readUInt16LE(18) === 0x3e;
  if (!isLinuxX64) return false;
  const changes = findChanges(file);
  if (changes === undefined) return false;
  const descriptor = openSync(path, 'r+');
  for (const { at, bytes } of changes)
    writeSync(descriptor, Buffer.from(bytes), 0, bytes.length, at);
  closeSync(descriptor);
  return true;
}

type Change = { at: number; bytes: number[] };

function findChanges(file: Buffer): Change[] | undefined {
  const sections = readSections(file);
  const of = (name: string): Section => sections.get(name) ?? { address: 0, offset: 0, size: 0 };
  const strings = of('.dynstr');
  const stringAt = (index: number): string => {
    const start = strings.offset + index;
    return file.toString('latin1', start, file.indexOf(0, start));
  };
  const indexOf = (text: string): number =>
    file.subarray(strings.offset, strings.offset + strings.size).indexOf(`\0${text}\0`) + 1;

  const dynamic = [...entries(of('.dynamic'), sizes.dynamic)].map((at) => {
    return { at, tag: file.readBigInt64LE(at), value: file.readBigUInt64LE(at + 8) };
  });
  const needed = dynamic.find((entry) => {
    return entry.tag === tag.needed && stringAt(Number(entry.value)) === library;
  });
  const flags = dynamic.find((entry) => entry.tag === tag.flags1)?.value ?? 0n;
  const symbols = [...entries(of('.dynsym'), sizes.symbol)];
  const symbol = symbols.findIndex((at) => stringAt(file.readUInt32LE(at)) === symbolName);
  const relocation = [...entries(of('.rela.plt'), sizes.relocation)].find((at) => {
    return file.readUInt32LE(at + 12) === symbol;
  });
  if (needed === undefined || (flags & bindNow) === 0n || symbol < 0 || relocation === undefined) {
    return undefined;
  }
  const plt = of('.plt');
  const slot = Number(file.readBigUInt64LE(relocation));
  const stub = [...entries(plt, sizes.stub)].find((at) => {
    const isJump = file.readUInt16BE(at) === 0xff25;
    return (
      isJump && plt.address + (at - plt.offset) + lateBytes + file.readInt32LE(at + 2) === slot
    );
  });
  if (stub === undefined || stub + 2 * sizes.stub > plt.offset + plt.size) return undefined;
  const stubAddress = plt.address + (stub - plt.offset);
  if (!everyCallerGivesEight(file, of('.text'), stubAddress)) return undefined;
  const version = findVersion(file, of('.gnu.version_r'), (index) => stringAt(index) === library);
  if (version === undefined) return undefined;
  const answer = stub + sizes.stub + lateBytes;
  const jump = answer - (stub + code.exchange.length + 1);
  const symbolAt = symbols[symbol] ?? 0;
  return [
    { at: stub, bytes: [...code.exchange, jump] },
    { at: answer, bytes: code.answer },
    // Nothing defines it any more, and nothing has to.
    { at: symbolAt + 4, bytes: [weak | ((file[symbolAt + 4] ?? 0) & 0xf)] },
    { at: needed.at + 8, bytes: littleEndian(indexOf(stand.library)) },
    { at: version.library, bytes: littleEndian(indexOf(stand.library)) },
    { at: version.hash, bytes: littleEndian(stand.versionHash) },
    { at: version.name, bytes: littleEndian(indexOf(stand.version)) },
  ];
}

function readSections(file: Buffer): Map<string, Section> {
  const start = Number(file.readBigUInt64LE(40));
  const headers = Array.from(
    { length: file.readUInt16LE(60) },
    (_, n) => start + n * sizes.section,
  );
  const names = Number(file.readBigUInt64LE((headers[file.readUInt16LE(62)] ?? 0) + 24));
  return new Map(
    headers.map((at) => {
      const name = names + file.readUInt32LE(at);
      const [address, offset, size] = [16, 24, 32].map((field) => {
        return Number(file.readBigUInt64LE(at + field));
      }) as [number, number, number];
      return [file.toString('latin1', name, file.indexOf(0, name)), { address, offset, size }];
    }),
  );
}

function* entries({ offset, size }: Section, each: number): Generator<number> {
  for (let at = offset; at + each <= offset + size; at += each) yield at;
}

/** Whether there are callers, and all of them ask for eight bytes. */
function everyCallerGivesEight(file: Buffer, text: Section, target: number): boolean {
  const end = text.offset + text.size;
  let callers = 0;
  for (
    let at = file.indexOf(0xe8, text.offset);
    at >= 0 && at + 5 <= end;
    at = file.indexOf(0xe8, at + 1)
  ) {
    const called = text.address + (at - text.offset) + 5 + file.readInt32LE(at + 1);
    if (called !== target) continue;
    callers++;
    if (!file.subarray(at - callerBytes, at).includes(sizeOfEight)) return false;
  }
  return callers > 0;
}

/** Finds where the only version needed of a library is told. */
function findVersion(
  file: Buffer,
  { offset, size }: Section,
  isLibrary: (index: number) => boolean,
): { library: number; hash: number; name: number } | undefined {
  for (let at = offset; at < offset + size; ) {
    const auxiliary = at + file.readUInt32LE(at + 8);
    if (isLibrary(file.readUInt32LE(at + 4))) {
      const isOnly = file.readUInt16LE(at + 2) === 1;
      return isOnly ? { library: at + 4, hash: auxiliary, name: auxiliary + 8 } : undefined;
    }
    const next = file.readUInt32LE(at + 12);
    if (next === 0) return undefined;
    at += next;
  }
  return undefined;
}

/** Four bytes. */
function littleEndian(value: number): number[] {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return [...bytes];
}
