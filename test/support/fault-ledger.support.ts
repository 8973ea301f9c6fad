import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a file of fault specs counted: written down for the reporter, which adds the files up. */
export interface FaultCounts {
  readonly kinds: string[];
  readonly injections: number;
  readonly otherRequests: number;
  readonly verifiedTokens: number;
  readonly wrongTokens: number;
  readonly unhandled: number;
  readonly leaks: number;
}

/** Counts what the specs of one file inject, and what came of it. */
export class FaultLedger {
  readonly #kinds = new Set<string>();
  #injections = 0;
  #otherRequests = 0;
  #verifiedTokens = 0;
  #wrongTokens = 0;
  #unhandled = 0;
  #leaks = 0;

  /** A kind of fault, and how often it was injected. */
  addInjections(kind: string, times: number): void {
    this.#kinds.add(kind);
    this.#injections += times;
  }

  /** Requests of tenants that have no part in a fault. */
  addOtherRequests(count: number): void {
    this.#otherRequests += count;
  }

  /** A token that was looked at. */
  addToken(isRight: boolean): void {
    if (isRight) this.#verifiedTokens += 1;
    else this.#wrongTokens += 1;
  }

  /** Rejections and exceptions that were not handled. */
  addUnhandled(count: number): void {
    this.#unhandled += count;
  }

  /** Timers and handles that outlived their app. */
  addLeaks(count: number): void {
    this.#leaks += count;
  }

  /** Writes the counts into the folder that the reporter made; without the reporter, nothing. */
  write(): void {
    const folder = process.env.FAULT_COUNTS_FOLDER;
    if (folder === undefined) return;
    const counts: FaultCounts = {
      kinds: [...this.#kinds],
      injections: this.#injections,
      otherRequests: this.#otherRequests,
      verifiedTokens: this.#verifiedTokens,
      wrongTokens: this.#wrongTokens,
      unhandled: this.#unhandled,
      leaks: this.#leaks,
    };
    appendFileSync(join(folder, `${process.pid}.jsonl`), `${JSON.stringify(counts)}\n`);
  }
}

/** The ledger of the file that runs. */
export const ledger = new FaultLedger();
