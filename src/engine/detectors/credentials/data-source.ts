import { byteAt, type Detector, type Match, type TextWindow } from '../../detector.ts';
import { readAscii } from '../key-body.ts';
import { keyedToken } from './keyed-token.ts';
import { maskSecret } from './mask-secret.ts';
import { credentialTraits } from './prefix-token.ts';
import { isStandIn } from './token-quality.ts';

const maxReach = 240;
const equals = 0x3d;
const semicolon = 0x3b;

/** Other settings of such a string; one of them must be near. */
const neighbour =
  /(?:server|data source|host(?:name)?|addr(?:ess)?|network address|initial catalog|database|user ?id|uid|user ?name|accountname|endpoint|sharedaccesskeyname|driver|provider|dsn|port)\s*=\s*[^;\s]/i;
const placeholder =
  /^(?:[<{[(%$#*@]|x{3,}$|\*+$|\.+$)|\$\{|\{\{|\{\d|^(?:passwo?r?d?|pwd|secret|your.*|my_?passw.*|changeme|redacted|example.*|passwd)$|^[A-Z_]+$|["'`]/i;

/**
 * Passwords in strings of settings such as `Server=…;User ID=…;Password=…;` (ADO.NET, ODBC,
 * OLE DB).
 */
const dataSourcePassword: Detector = {
  ...credentialTraits({
    id: 'data_source_password',
    source: 'Microsoft: Connection string syntax (ADO.NET), ODBC',
  }),
  specificity: 64,
  anchors: { words: ['password', 'pwd', 'passwd'] },
  find: findPassword,
  normalise: (value) => value,
  mask: (value) => maskSecret(value),
  hits: [
    { text: 'Server=db1;Database=shop;User Id=sa;Password=Qw7!mLp;', values: ['Qw7!mLp'] },
    { text: '"Driver={ODBC};Uid=app;Pwd=t9Zk-4R;Port=1433"', values: ['t9Zk-4R'] },
    { text: 'Data Source=.;password = h8Jx2Lq; Initial Catalog=x', values: ['h8Jx2Lq'] },
    { text: 'host=db user id=u;Password=Vb5nM2wQ;Encrypt=true', values: ['Vb5nM2wQ'] },
    { text: 'PWD=zT3pL9;SERVER=10.0.0.1;UID=sa', values: ['zT3pL9'] },
  ],
  misses: [
    'Server=db1;Database=shop;User Id=sa;Password=;',
    'Server=db1;User Id=sa;Password={0};',
    'Server=db1;User Id=sa;Password=<password>;',
    `Server=db1;User Id=sa;Password=\${DB_PASSWORD};`,
    'Server=db1;Integrated Security=true;',
    'echo $PWD; ls',
  ],
};

function findPassword(window: TextWindow, start: number, end: number): Match | undefined {
  let i = end;
  while (byteAt(window, i) === 0x20 && i < end + 2) i++;
  if (byteAt(window, i) !== equals) return undefined;
  i++;
  if (byteAt(window, i) === 0x20) i++;
  let stop = i;
  while (stop - i < 128 && !endsSetting(byteAt(window, stop))) stop++;
  const ended = byteAt(window, stop);
  if (stop - i < 4 || stop - i >= 128) return undefined;
  let gap = start;
  while (start - gap < 3 && byteAt(window, gap - 1) === 0x20) gap--;
  if (ended !== semicolon && byteAt(window, gap - 1) !== semicolon) return undefined;
  const value = readAscii(window, i, stop);
  if (placeholder.test(value) || isStandIn(value)) return undefined;
  const before = readAscii(window, Math.max(window.start, start - maxReach), start);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const after = readAscii(window, stop, Math.min(window.end, stop + maxReach)).split('\n')[0] ?? '';
  if (!neighbour.test(line) && !neighbour.test(after)) return undefined;
  return { start: i, end: stop, pattern: 'settings;password=value', validator: null, base: 0.8 };
}

function endsSetting(byte: number): boolean {
  return (
    byte === semicolon ||
    byte === 0x22 ||
    byte === 0x27 ||
    byte <= 0x20 ||
    byte === 0x3c ||
    byte === 0x5c
  );
}

/** Secrets inside strings of settings. */
export const dataSourceSecrets: readonly Detector[] = [
  dataSourcePassword,
  keyedToken({
    id: 'azure_storage_key',
    source: 'Microsoft: Azure Storage connection strings',
    keywords: ['accountkey', 'account key', 'azure storage'],
    formats: ['{base64 86}=='],
    exampleKey: 'AccountKey',
    weight: 0.9,
    minEntropy: 4,
  }),
  keyedToken({
    id: 'azure_shared_access_key',
    source: 'Microsoft: Service Bus, Event Hubs and IoT Hub connection strings',
    keywords: ['sharedaccesskey', 'shared access key'],
    formats: ['{base64 43}='],
    exampleKey: 'SharedAccessKey',
    weight: 0.9,
    minEntropy: 4,
  }),
];
