import type { ServiceClient } from '../platform/http/service-client.ts';
import type { Broker } from './broker.ts';
import { HttpBroker } from './http-broker.ts';

/**
 * The broker that a URL names: `http://…` or `https://…` is the queue of a beat role.
 *
 * @throws {Error} on any other scheme.
 */
export function openBroker(url: string, client: ServiceClient): Broker {
  const protocol = URL.parse(url)?.protocol;
  if (protocol === 'http:' || protocol === 'https:') return new HttpBroker(url, client);
  const given = protocol === undefined ? 'this is no URL' : `${protocol}// is unknown`;
  throw new Error(`the broker must be http:// or https://…, the address of beat: ${given}`);
}
