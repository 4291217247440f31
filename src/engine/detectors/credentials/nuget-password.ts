import type { Detector, Match, TextWindow } from '../../detector.ts';
import { readAscii } from '../key-body.ts';
import { credentialTraits } from './prefix-token.ts';
import { isStandIn } from './token-quality.ts';

const attribute = /^["']\s{1,8}value\s{0,4}=\s{0,4}["']([^"']{1,128})["']/;

/** What the reference has as its example. */
const documented = `33f!!${'lloppa'}`;

/** Passwords of package sources in the clear (NuGet: nuget.config reference). */
export const nugetPassword: Detector = {
  ...credentialTraits({
    id: 'nuget_config_password',
    source: 'NuGet: nuget.config reference, packageSourceCredentials',
    weight: 0.7,
  }),
  specificity: 70,
  anchors: { words: ['cleartextpassword'] },
  find: findPassword,
  normalise: (value) => value,
  mask: () => '****',
  hits: [
    { text: '<add key="ClearTextPassword" value="k8Zp2vQx" />', values: ['k8Zp2vQx'] },
    { text: "<add key='ClearTextPassword' value='feed-reader-two'/>", values: ['feed-reader-two'] },
  ],
  misses: [
    '<add key="ClearTextPassword" value="%FEED_PASSWORD%" />',
    '<add key="ClearTextPassword" value="XXXXXXXX" />',
    '<add key="ClearTextPassword" value="" />',
  ],
};

function findPassword(window: TextWindow, _: number, end: number): Match | undefined {
  const found = attribute.exec(readAscii(window, end, Math.min(window.end, end + 160)));
  const value = found?.[1];
  if (found === null || value === undefined) return undefined;
  if (isStandIn(value) || /^%.*%$|^\$|^[<{*]|your/i.test(value)) return undefined;
  const start = end + found[0].length - value.length - 1;
  const match: Match = {
    start,
    end: start + value.length,
    pattern: 'ClearTextPassword',
    validator: null,
    base: 0.8,
  };
  if (value === documented) match.published = 'NuGet documentation';
  return match;
}
