import type { Connections, Outcome } from './connections.js';

/** One of many requests. */
export interface Sending {
  readonly number: number;
  /** When it was due, in milliseconds of `performance.now()`, even if it could not be sent then. */
  readonly dueAt: number;
}

/** What to send, for how long, and what to do with the outcomes. */
export interface OpenLoop {
  readonly connections: Pick<Connections, 'isBusy' | 'inFlight' | 'send'>;
  /** Requests per second. `Infinity` means as many as the connections take, which makes it a closed loop. */
  readonly rate: number;
  readonly seconds: number;
  /** How much longer a due request may wait for a connection; after that it is never sent. */
  readonly patienceSeconds: number;
  readonly requestOf: (number: number) => { path: string; headers: Record<string, string> };
  readonly onOutcome: (sending: Sending, outcome: Outcome) => void;
  /** The number of the first request. */
  readonly from: number;
}

/** The results of an open loop. */
export interface Sent {
  readonly due: number;
  readonly sent: number;
  /** From the first due request to the end of sending, and to the last response. */
  readonly sendingSeconds: number;
  readonly answeredSeconds: number;
}

const TICK_MS = 1;

/**
 * Sends requests when they are due, however slow the responses are, like independent visitors. If all connections are
 * busy, requests wait, and the wait is part of their latency.
 *
 * @returns when all sent requests are answered
 */
export function runOpenLoop(loop: OpenLoop): Promise<Sent> {
  const { connections, rate, seconds, patienceSeconds } = loop;
  const isPaced = Number.isFinite(rate);
  const max = isPaced ? Math.round(rate * seconds) : Infinity;
  const start = performance.now();
  const until = start + (seconds + patienceSeconds) * 1_000;
  let sent = 0;
  let sendingSeconds: number | undefined;
  return new Promise((resolve) => {
    const sendWhatIsDue = (now: number): void => {
      const due = isPaced ? Math.min(max, Math.floor(((now - start) * rate) / 1_000) + 1) : Infinity;
      while (sent < due && !connections.isBusy) {
        const number = loop.from + sent;
        const dueAt = isPaced ? start + (sent * 1_000) / rate : now;
        sent += 1;
        connections.send(loop.requestOf(number), (outcome) => {
          loop.onOutcome({ number, dueAt }, outcome);
          proceed();
        });
      }
    };

    const proceed = (): void => {
      const now = performance.now();
      if (sendingSeconds === undefined) {
        if (now < until && sent < max) return sendWhatIsDue(now);
        clearInterval(ticker);
        sendingSeconds = (now - start) / 1_000;
      }
      if (connections.inFlight > 0) return;
      resolve({ due: isPaced ? max : sent, sent, sendingSeconds, answeredSeconds: (now - start) / 1_000 });
    };

    const ticker = setInterval(proceed, TICK_MS);
  });
}
