const IN_FLIGHT = 32;
const ROUND_MS = 700;

/** Runs one contestant for one round. Returns operations per second, or `null` if it cannot run on this machine. */
export type Contestant = () => Promise<number | null>;

/** A contestant that repeats an operation, 32 in flight. */
export function inFlight(operation: () => Promise<unknown>): Contestant {
  return async () => {
    let done = 0;
    const start = performance.now();
    const until = start + ROUND_MS;
    const lane = async (): Promise<void> => {
      while (performance.now() < until) {
        await operation();
        done += 1;
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
    return (done * 1_000) / (performance.now() - start);
  };
}

/**
 * Runs all contestants in each round, so that noise of the machine affects all of them equally. The first round is a
 * warm-up.
 *
 * @returns the median of each contestant, in whole operations per second
 */
export async function interleave<Name extends string>(
  contestants: Record<Name, Contestant>,
  rounds: number,
  onRound: (round: number) => void = () => undefined,
): Promise<Record<Name, number | null>> {
  const names = Object.keys(contestants) as Name[];
  const results = new Map<Name, (number | null)[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    onRound(round);
    for (const name of names) {
      const result = await contestants[name]();
      if (round > 0) results.get(name)?.push(result);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(results.get(name) ?? [])])) as Record<
    Name,
    number | null
  >;
}

/** The median of figures, in whole numbers; `null` if there is none. */
export function median(values: (number | null)[]): number | null {
  const numbers = values.filter((value) => value !== null).sort((a, b) => a - b);
  const middle = numbers[Math.floor(numbers.length / 2)];
  return middle === undefined ? null : Math.round(middle);
}
