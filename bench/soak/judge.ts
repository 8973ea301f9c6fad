import { setPriority } from 'node:os';
import { AnswerCheck } from './answer-check.js';
import { answerParent } from '../child-calls.js';
import { requestOf, type SoakVisitor } from './visitors.js';

/** A lower priority than the measured processes; unchecked responses wait. */
const PRIORITY = 10;

/** A response that looks successful. */
export interface Claim {
  readonly number: number;
  /** A `Location` header, or the body of a user-info response. */
  readonly text: string;
  readonly receivedAtMs: number;
}

/** The number of checked responses, and of each fault. */
export interface Judgement {
  readonly judged: number;
  readonly faults: Readonly<Record<string, number>>;
}

/** The functions of the checking process. */
export interface JudgeCalls {
  start(visitors: readonly SoakVisitor[]): void;
  judge(claims: readonly Claim[]): void;
  finish(): Judgement;
}

class Judge implements JudgeCalls {
  readonly #check = new AnswerCheck();
  readonly #faults: Record<string, number> = {};
  #visitors: readonly SoakVisitor[] = [];
  #judged = 0;

  start(visitors: readonly SoakVisitor[]): void {
    setPriority(PRIORITY);
    this.#visitors = visitors;
  }

  judge(claims: readonly Claim[]): void {
    for (const { number, text, receivedAtMs } of claims) {
      this.#judged += 1;
      const fault = this.#check.findFault(requestOf(number, this.#visitors), text, receivedAtMs);
      if (fault !== undefined) this.#faults[fault] = (this.#faults[fault] ?? 0) + 1;
    }
  }

  finish(): Judgement {
    return { judged: this.#judged, faults: this.#faults };
  }
}

const judge = new Judge();
answerParent<JudgeCalls>({
  start: (visitors) => judge.start(visitors),
  judge: (claims) => judge.judge(claims),
  finish: () => judge.finish(),
});
