/** One way to do the job; gives operations a second for one round, or `null` where it cannot run here. */
export type Contestant = () => Promise<number | null>;

/**
 * Runs all contestants round by round, so that noise of the machine hits all alike, after one round that
 * does not count.
 *
 * @returns the median of each, rounded to whole operations a second
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

function median(values: (number | null)[]): number | null {
  const numbers = values.filter((value) => value !== null).sort((a, b) => a - b);
  const middle = numbers[Math.floor(numbers.length / 2)];
  return middle === undefined ? null : Math.round(middle);
}
