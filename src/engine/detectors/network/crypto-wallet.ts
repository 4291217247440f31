import { isAsciiLetter, isLetterOrDigit } from '../../byte-classes.ts';
import { byteAt, type Detector, type Match, type TextWindow } from '../../detector.ts';
import { decodeBase58Check } from './base58-check.ts';
import { checkBech32 } from './bech32.ts';
import { keccak256 } from './keccak-256.ts';

const maxBech32Bytes = 120;
const encoder = new TextEncoder();

/** Prefixes of Bech32 addresses, by chain. */
const bech32Chains: ReadonlyMap<string, string> = new Map([
  ['bc', 'bitcoin'],
  ['tb', 'bitcoin test network'],
  ['ltc', 'litecoin'],
  ['addr', 'cardano'],
  ['stake', 'cardano'],
  ['cosmos', 'cosmos'],
  ['osmo', 'osmosis'],
]);

/** Addresses nobody owns, or that every text about the chain shows. */
const published: ReadonlyMap<string, string> = new Map([
  ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', 'address of the first block'],
  ['1BitcoinEaterAddressDontSendf59kuE', 'address to destroy coins'],
  ['1111111111111111111114oLvT2', 'address of zeros'],
  ['bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4', 'example of BIP 173'],
  ['0x000000000000000000000000000000000000dead', 'address to destroy coins'],
  ['0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed', 'example of EIP-55'],
  ['0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359', 'example of EIP-55'],
]);

/**
 * Addresses of crypto currencies whose checksum can be verified: Bitcoin (Base58Check, Bech32 of
 * BIP 173, Bech32m of BIP 350), others with these forms, and Ethereum (EIP-55).
 */
export const cryptoWallet: Detector = {
  id: 'crypto_wallet',
  category: 'financial',
  weight: 0.15,
  specificity: 60,
  anchors: {
    // The text of Base58Check is random: it does not begin with many digits.
    forms: ['9{1,6}AN{19}', '9xN{40}'].map((form) => ({ form, isStart: true, behind: 'break' })),
    words: [...bech32Chains.keys()].map((prefix) => `${prefix}1`),
  },
  find: findWallet,
  normalise: (value) => (/^(?:0x|[a-z]+1)/i.test(value) ? value.toLowerCase() : value),
  mask: (value) => `${value.slice(0, 3)}***${value.slice(-3)}`,
  heedsExampleWords: true,
  sources: [
    'https://github.com/bitcoin/bips/blob/master/bip-0173.mediawiki',
    'https://github.com/bitcoin/bips/blob/master/bip-0350.mediawiki',
    'https://eips.ethereum.org/EIPS/eip-55',
  ],
  context: [
    {
      effect: 0.6,
      words: {
        en: [
          'wallet',
          'btc',
          'bitcoin',
          'eth',
          'ethereum',
          'ether',
          'crypto',
          'cryptocurrency',
          'litecoin',
          'coin',
          'usdt',
          'payout address',
          'deposit address',
          'ledger',
          'ransom',
        ],
        de: ['geldbörse', 'kryptowährung'],
        fr: ['portefeuille', 'cryptomonnaie'],
        es: ['billetera', 'monedero', 'criptomoneda'],
        it: ['portafoglio', 'criptovaluta'],
        pt: ['carteira', 'criptomoeda'],
        nl: ['portemonnee'],
        pl: ['portfel', 'kryptowaluta'],
      },
    },
    {
      effect: -0.5,
      words: {
        en: ['contract', 'token address', 'deployed', 'commit', 'hash', 'sha1', 'solidity'],
      },
    },
  ],
  hits: [
    {
      text: 'pay to 1MPXPZHwJqtBSbZKbuusMik1mpoZqZRYdw today',
      values: ['1MPXPZHwJqtBSbZKbuusMik1mpoZqZRYdw'],
    },
    {
      text: '{"to":"34m6etdb5ktZDspHALiVLuFLsTembzPMMB"}',
      values: ['34m6etdb5ktZDspHALiVLuFLsTembzPMMB'],
    },
    {
      text: 'bitcoin:bc1qwcsrdc00pn48yv4vmy9z300fzalh5j98lzfz02?amount=1',
      values: ['bc1qwcsrdc00pn48yv4vmy9z300fzalh5j98lzfz02'],
    },
    {
      text: 'BC1QWCSRDC00PN48YV4VMY9Z300FZALH5J98LZFZ02',
      values: ['BC1QWCSRDC00PN48YV4VMY9Z300FZALH5J98LZFZ02'],
    },
    {
      text: 'bc1pvrz4jrmjamef9725tt7z30mre2gayqt2pg5gly8e5vhcn5llljhsyt0mzr',
      values: ['bc1pvrz4jrmjamef9725tt7z30mre2gayqt2pg5gly8e5vhcn5llljhsyt0mzr'],
    },
    {
      text: 'ltc1qqmu0463mta5hdydk6p36q7ayl7h3an562uww05',
      values: ['ltc1qqmu0463mta5hdydk6p36q7ayl7h3an562uww05'],
    },
    {
      text: 'my wallet: 0x60Ae0339F294d30105dACF731F22dDE51C5aaC93',
      values: ['0x60Ae0339F294d30105dACF731F22dDE51C5aaC93'],
    },
    {
      text: 'eth wallet 0x60ae0339f294d30105dacf731f22dde51c5aac93',
      values: ['0x60ae0339f294d30105dacf731f22dde51c5aac93'],
    },
  ],
  misses: [
    'wallet 1MPXPZHwJqtBSbZKbuusMik1mpoZqZRYdx',
    'wallet 1MPXPZHwJqtBSbZKbuusMik1mpoZqZRYdw2',
    'bc1qwcsrdc00pn48yv4vmy9z300fzalh5j98lzfz03',
    'bc1qwcsrdc00pn48yv4vmy9z300fZALH5J98LZFZ02',
    'bc1pvrz4jrmjamef9725tt7z30mre2gayqt2pg5gly8e5vhcn5llljhs3hlh8p',
    'wallet 0x60ae0339F294d30105dACF731F22dDE51C5aaC93',
    'wallet 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa',
    'commit 0x60ae0339f294d30105dacf731f22dde51c5aac93',
    'bc1',
  ],
};

function findWallet(window: TextWindow, start: number): Match | undefined {
  const before = byteAt(window, start - 1);
  if (isLetterOrDigit(before) || before === 0x5f) return undefined;
  const first = byteAt(window, start);
  if (isAsciiLetter(first)) return findBech32(window, start);
  if (first === 0x31 || first === 0x33) return findBase58(window, start);
  if (first !== 0x30 || byteAt(window, start + 1) !== 0x78) return undefined;
  return findEthereum(window, start);
}

function findBase58(window: TextWindow, start: number): Match | undefined {
  const text = readToken(window, start, 36);
  if (text.length < 26 || text.length > 35) return undefined;
  const payload = decodeBase58Check(text, 25);
  // Version 0 pays to a key, version 5 to a script.
  if (payload === undefined || payload[0] !== (text.startsWith('1') ? 0 : 5)) return undefined;
  return matchOf(start, text, { pattern: 'bitcoin base58', validator: 'base58check', base: 0.9 });
}

function findBech32(window: TextWindow, start: number): Match | undefined {
  const text = readToken(window, start, maxBech32Bytes);
  const at = text.indexOf('1');
  const chain = bech32Chains.get(text.slice(0, at).toLowerCase());
  if (chain === undefined || text.length < 14) return undefined;
  const found = checkBech32(text);
  if (found === undefined) return undefined;
  const isSegwit = chain === 'litecoin' || chain.startsWith('bitcoin');
  // Witness version 0 goes with Bech32, 1 to 16 with Bech32m (BIP 350).
  const version = found.data[0] ?? 32;
  if (isSegwit && (version > 16 || (found.kind === 'bech32') !== (version === 0))) return undefined;
  const base = chain === 'bitcoin test network' ? 0.4 : 0.9;
  return matchOf(start, text, { pattern: chain, validator: found.kind, base });
}

function findEthereum(window: TextWindow, start: number): Match | undefined {
  const text = readToken(window, start, 43);
  if (!/^0x[\da-fA-F]{40}$/.test(text) || /^0x0{30}/.test(text)) return undefined;
  const hex = text.slice(2);
  const isMixed = /[a-f]/.test(hex) && /[A-F]/.test(hex);
  if (isMixed && !passesEip55(hex)) return undefined;
  return matchOf(start, text, {
    pattern: 'ethereum',
    validator: isMixed ? 'eip-55' : null,
    base: isMixed ? 0.7 : 0.25,
  });
}

/** A letter is a capital where the digit of the hash of the small ones is 8 or more (EIP-55). */
function passesEip55(hex: string): boolean {
  const lower = hex.toLowerCase();
  const hash = keccak256(encoder.encode(lower));
  return [...hex].every((char, n) => {
    const digit = ((hash[n >> 1] as number) >> (n % 2 === 0 ? 4 : 0)) & 15;
    return char === (digit >= 8 ? char.toUpperCase() : char.toLowerCase());
  });
}

function matchOf(
  start: number,
  text: string,
  found: { pattern: string; validator: string | null; base: number },
): Match {
  const match: Match = {
    ...found,
    start,
    end: start + text.length,
    validator: found.validator === null ? null : `${found.validator}:passed`,
  };
  const source = published.get(text) ?? published.get(text.toLowerCase());
  if (source !== undefined) match.published = source;
  return match;
}

/** Reads letters and digits; gives nothing when there are more than `most` or the word goes on. */
function readToken(window: TextWindow, start: number, most: number): string {
  let text = '';
  for (let i = start; i <= start + most; i++) {
    const byte = byteAt(window, i);
    if (byte >= 0x80 || byte === 0x5f) return '';
    if (!isLetterOrDigit(byte)) return text;
    text += String.fromCharCode(byte);
  }
  return '';
}
