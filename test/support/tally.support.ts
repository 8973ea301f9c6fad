import { appendFileSync } from 'node:fs';

/** What became of a corpus in one suite. */
export interface CorpusTally {
  readonly suite: string;
  readonly corpus: string;
  /** How many inputs were handed over, in every way that there is to hand them over. */
  readonly tried: number;
  /** How many of them were turned away, as they should be. */
  readonly refused: number;
  /** How many got through and should not have. */
  readonly escaped: number;
}

/** How often a property was tried. */
export interface PropertyTally {
  readonly property: string;
  readonly runs: number;
}

/** Notes a count for the last lines of `npm run test:corpora`; nothing where a spec runs by itself. */
export function recordTally(tally: CorpusTally | PropertyTally): void {
  const file = process.env['CORPORA_TALLY'];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(tally)}\n`);
}

/** What became of an input: taken, refused, or the reason why it should not have got through. */
export type Outcome = 'taken' | 'refused' | { readonly escaped: string };

/** Counts outcomes, and keeps the text of each that escaped. */
export class Tally {
  readonly escapes: string[] = [];
  #tried = 0;
  #refused = 0;

  add(input: unknown, outcome: Outcome): void {
    this.#tried += 1;
    if (outcome === 'refused') this.#refused += 1;
    else if (outcome !== 'taken') this.escapes.push(`${JSON.stringify(input)}: ${outcome.escaped}`);
  }

  /** Notes what was counted. To be called before anything is asserted, so that a failure is counted, too. */
  record(suite: string, corpus: string): void {
    recordTally({
      suite,
      corpus,
      tried: this.#tried,
      refused: this.#refused,
      escaped: this.escapes.length,
    });
  }
}
