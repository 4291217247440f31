const rateBytes = 136;
const rounds = 24;

/** The rotation of each lane and where it moves, along the cycle that starts at lane 1. */
const rotations = [
  1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44,
];
const lanes = [
  10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1,
];

const roundConstants = makeRoundConstants();

/**
 * Keccak-256 as Ethereum uses it: the Keccak submission with its first padding byte 0x01, which
 * SHA3-256 (FIPS 202) changed to 0x06. Takes less than one block (136 bytes).
 */
export function keccak256(message: Uint8Array): Uint8Array {
  if (message.length >= rateBytes) throw new RangeError('keccak256 takes up to 135 bytes');
  const block = new Uint8Array(200);
  block.set(message);
  block[message.length] = 0x01;
  block[rateBytes - 1] = (block[rateBytes - 1] as number) | 0x80;
  const view = new DataView(block.buffer);
  const state = Int32Array.from({ length: 50 }, (_, n) => view.getInt32(n * 4, true));
  permute(state);
  const digest = new Uint8Array(32);
  const out = new DataView(digest.buffer);
  for (let n = 0; n < 8; n++) out.setInt32(n * 4, state[n] as number, true);
  return digest;
}

/** Keccak-f[1600] on 25 lanes of two 32-bit halves, the low one first. */
function permute(state: Int32Array): void {
  const parity = new Int32Array(10);
  const row = new Int32Array(14);
  for (let round = 0; round < rounds; round++) {
    for (let x = 0; x < 10; x++)
      parity[x] =
        (state[x] as number) ^
        (state[x + 10] as number) ^
        (state[x + 20] as number) ^
        (state[x + 30] as number) ^
        (state[x + 40] as number);
    for (let x = 0; x < 5; x++) {
      const left = ((x + 4) % 5) * 2;
      const right = ((x + 1) % 5) * 2;
      const low = parity[right] as number;
      const high = parity[right + 1] as number;
      const mixLow = (parity[left] as number) ^ ((low << 1) | (high >>> 31));
      const mixHigh = (parity[left + 1] as number) ^ ((high << 1) | (low >>> 31));
      for (let y = 0; y < 50; y += 10) {
        state[y + x * 2] = (state[y + x * 2] as number) ^ mixLow;
        state[y + x * 2 + 1] = (state[y + x * 2 + 1] as number) ^ mixHigh;
      }
    }
    let low = state[2] as number;
    let high = state[3] as number;
    for (let n = 0; n < 24; n++) {
      const lane = (lanes[n] as number) * 2;
      const by = rotations[n] as number;
      const a = by < 32 ? low : high;
      const b = by < 32 ? high : low;
      const shift = by & 31;
      low = state[lane] as number;
      high = state[lane + 1] as number;
      state[lane] = shift === 0 ? a : (a << shift) | (b >>> (32 - shift));
      state[lane + 1] = shift === 0 ? b : (b << shift) | (a >>> (32 - shift));
    }
    for (let y = 0; y < 50; y += 10) {
      // The row is followed by its own start, so nothing has to wrap.
      for (let x = 0; x < 10; x++) row[x] = state[y + x] as number;
      for (let x = 0; x < 4; x++) row[10 + x] = row[x] as number;
      for (let x = 0; x < 10; x++) {
        state[y + x] = (row[x] as number) ^ (~(row[x + 2] as number) & (row[x + 4] as number));
      }
    }
    state[0] = (state[0] as number) ^ (roundConstants[round * 2] as number);
    state[1] = (state[1] as number) ^ (roundConstants[round * 2 + 1] as number);
  }
}

/** The bits of the round constants come from a shift register (FIPS 202, algorithm 5). */
function makeRoundConstants(): Int32Array {
  const constants = new Int32Array(rounds * 2);
  let register = 1;
  for (let round = 0; round < rounds; round++) {
    for (let j = 0; j < 7; j++) {
      const bit = 2 ** j - 1;
      if (register & 1) {
        const half = round * 2 + (bit >= 32 ? 1 : 0);
        constants[half] = (constants[half] as number) ^ (1 << (bit & 31));
      }
      register = register & 0x80 ? ((register << 1) ^ 0x171) & 0xff : register << 1;
    }
  }
  return constants;
}
