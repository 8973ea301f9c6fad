const DEADLINE_MS = 1_500;

/** Whether something answers, in time: who asks after the health of this process waits for a few seconds at most. */
export async function respondsInTime(asked: PromiseLike<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), DEADLINE_MS);
  });
  const answered = Promise.resolve(asked).then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([answered, late]);
  } finally {
    clearTimeout(timer);
  }
}
