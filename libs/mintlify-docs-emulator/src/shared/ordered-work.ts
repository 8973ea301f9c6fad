/**
 * Does work for each value, several at a time, and gives the results in the order of the values.
 *
 * @param limit how many run at once, at least 1.
 * @param run must not throw.
 * @example
 * for await (const text of inOrder(files, 4, (file) => readFile(file, 'utf8'))) console.log(text);
 */
export async function* inOrder<T, R>(
  values: readonly T[],
  limit: number,
  run: (value: T) => Promise<R>,
): AsyncGenerator<R> {
  const running: Promise<R>[] = [];
  const left = values.toReversed();
  while (left.length > 0 || running.length > 0) {
    while (running.length < limit && left.length > 0) running.push(run(left.pop()!));
    yield running.shift()!;
  }
}
