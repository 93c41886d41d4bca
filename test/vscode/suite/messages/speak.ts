/**
 * @file One end that answers, asks and announces every message of its API, and notes what came
 * otherwise than it was sent.
 */
import type { Contract, Handlers } from '../../../../webview/protocol/contract';
import { Endpoint } from '../../../../webview/protocol/endpoint';
import type { Port } from '../../../../webview/protocol/port';
import { fingerprint, namesOf, type Examples } from './examples';

/** What one end found wrong, a line each. */
export type Complaints = string[];

/**
 * Serves `own` and asks for all of `other`. Resolves when every request of the other end's was
 * answered and every event of its was heard.
 */
export async function speak<Own extends Contract, Other extends Contract>(
  port: Port,
  own: Examples<Own>,
  other: Examples<Other>,
): Promise<Complaints> {
  const complaints: Complaints = [];
  const compare = (what: string, got: unknown, wanted: unknown): void => {
    if (fingerprint(got) !== fingerprint(wanted)) {
      complaints.push(`${what}: ${fingerprint(got).slice(0, 300)}`);
    }
  };
  const endpoint = new Endpoint<Own, Other>(port, {
    name: 'test',
    protocolVersion: 1,
    onError: (error) => complaints.push(`${error.code}: ${error.message}`),
  });
  const asked = new Awaited(namesOf(own.requests));
  const handlers = namesOf(own.requests).map((name) => [
    name,
    (params: unknown) => {
      compare(`params of ${name}`, params, own.requests[name].params);
      asked.saw(name);
      return own.requests[name].result;
    },
  ]);
  endpoint.serve(Object.fromEntries(handlers) as Handlers<Own>);
  const heard = new Awaited(namesOf(other.events));
  for (const name of namesOf(other.events)) {
    endpoint.on(name, (payload) => {
      compare(`event ${name}`, payload, other.events[name]);
      heard.saw(name);
    });
  }
  await endpoint.ready();
  for (const name of namesOf(own.events)) endpoint.emit(name, own.events[name]);
  for (const name of namesOf(other.requests)) {
    const { params, result } = other.requests[name];
    compare(`result of ${name}`, await endpoint.request(name, params), result);
  }
  await Promise.all([asked.all, heard.all]);
  return complaints;
}

/** Names that are still to be seen. */
class Awaited {
  readonly all: Promise<void>;
  readonly #missing: Set<string>;
  #done: () => void = () => undefined;

  constructor(names: readonly string[]) {
    this.#missing = new Set(names);
    this.all = new Promise((resolve) => {
      this.#done = resolve;
    });
    // An end that answers nothing, or tells nothing, waits for nothing.
    if (names.length === 0) this.#done();
  }

  saw(name: string): void {
    this.#missing.delete(name);
    if (this.#missing.size === 0) this.#done();
  }
}
