import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { SoakVisitor } from './visitors.js';

/** More in a minute than `maxConcurrentHandshakes`: a place that is not given back is missed. */
const LEAVERS_PER_SECOND = 20;

/** From before the guard has run until after the answer was sent. */
const MAX_STAY_MS = 40;

/** Visitors who begin a login and leave, at any time before the answer or after it. */
export class Leavers {
  #left = 0;

  constructor(
    private readonly origin: URL,
    private readonly visitor: SoakVisitor,
  ) {}

  /** How many have come and left so far. */
  get left(): number {
    return this.#left;
  }

  /** Lets them come until the signal; ends when the last has left. */
  async run(until: AbortSignal): Promise<void> {
    const visits: Promise<void>[] = [];
    while (!until.aborted) {
      visits.push(this.#visit());
      await wait(1_000 / LEAVERS_PER_SECOND);
    }
    await Promise.all(visits);
  }

  #visit(): Promise<void> {
    return new Promise((resolve) => {
      const socket = connect(Number(this.origin.port), this.origin.hostname, () => {
        socket.write(
          `GET /docs-login HTTP/1.1\r\nHost: soak.example\r\nCookie: ${this.visitor.cookie}\r\n\r\n`,
        );
        setTimeout(() => socket.destroy(), Math.random() * MAX_STAY_MS);
      });
      // Whatever comes is not read: only what it leaves behind in the server is looked at.
      socket.resume().on('error', () => undefined);
      socket.on('close', () => {
        this.#left += 1;
        resolve();
      });
    });
  }
}
