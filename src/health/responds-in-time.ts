const DEADLINE_MS = 1_500;

/** Whether a dependency answers within the deadline, since a health check must not wait for long. */
export async function respondsInTime(request: PromiseLike<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), DEADLINE_MS);
  });
  const answered = Promise.resolve(request).then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([answered, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
