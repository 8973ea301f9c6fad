import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { SoakVisitor } from './visitors.js';

/** More per minute than `maxConcurrentHandshakes`, so that a slot that is not released is noticed. */
const LEAVERS_PER_SECOND = 20;

/** From before the guard runs until after the response is sent. */
const MAX_STAY_MS = 40;

/** Visitors who start a login and disconnect at any time before or after the response. */
export class Leavers {
  #left = 0;

  constructor(
    private readonly origin: URL,
    private readonly visitor: SoakVisitor,
  ) {}

  /** How many visitors have disconnected so far. */
  get left(): number {
    return this.#left;
  }

  /** Sends visitors until the signal; resolves when the last one has disconnected. */
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
      // The response is ignored: only its effect on the server matters.
      socket.resume().on('error', () => undefined);
      socket.on('close', () => {
        this.#left += 1;
        resolve();
      });
    });
  }
}
