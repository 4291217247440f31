const maps = new Map<string, ReadonlyMap<string, Buffer>>();

/** Encodes a text in an encoding that `TextDecoder` knows and Node does not write. */
export function encodeLegacy(text: string, encoding: string): Buffer {
  const map = maps.get(encoding) ?? readCharacters(encoding);
  maps.set(encoding, map);
  const characters = Array.from(text, (character) => {
    const bytes = map.get(character);
    if (bytes === undefined) throw new Error(`${encoding} has no ${character}`);
    return bytes;
  });
  return Buffer.concat(characters);
}

/** All characters of one or two bytes: the decoder, turned round. */
function readCharacters(encoding: string): ReadonlyMap<string, Buffer> {
  const decoder = new TextDecoder(encoding);
  const map = new Map<string, Buffer>();
  const add = (bytes: Buffer): void => {
    const character = decoder.decode(bytes);
    const isOne = Array.from(character).length === 1 && character !== '\ufffd';
    if (isOne && !map.has(character)) map.set(character, bytes);
  };
  for (let first = 0; first < 256; first++) add(Buffer.of(first));
  for (let first = 0x81; first < 0xff; first++) {
    for (let second = 0x40; second < 0xff; second++) add(Buffer.of(first, second));
  }
  return map;
}
