import autocannon from 'autocannon';

/** The load generator, a process of its own: `node load.js <url> <seconds>`; sends requests a second. */
async function load(url: string, seconds: number): Promise<void> {
  const result = await autocannon({
    url,
    duration: seconds,
    connections: 32,
    headers: { 'x-visitor': 'ada' },
  });
  // All answers of all contestants are redirects: anything else would make a figure meaningless.
  const isSound = result['3xx'] > 0 && result.non2xx === result['3xx'] && result.errors === 0;
  process.send?.(isSound ? result['3xx'] / result.duration : 'Answers other than redirects came back.');
}

void load(process.argv[2] ?? '', Number(process.argv[3]));
