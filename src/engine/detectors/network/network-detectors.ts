import type { Detector } from '../../detector.ts';
import { cryptoWallet } from './crypto-wallet.ts';
import { iccid, imei } from './device-numbers.ts';
import { ipAddress } from './ip-address.ts';
import { macAddress } from './mac-address.ts';
import { url } from './url.ts';

/** Detectors of what names machines and accounts on networks. */
export const networkDetectors: readonly Detector[] = [
  cryptoWallet,
  iccid,
  imei,
  ipAddress,
  macAddress,
  url,
];
