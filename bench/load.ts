import autocannon from 'autocannon';

/** The load generator, a process of its own: `node load.js <url> <seconds>`; sends requests a second. */
async function load(url: string, seconds: number): Promise<void> {
  const result = await autocannon({
    url,
    duration: seconds,
    connections: 32,
    headers: { 'x-visitor': 'ada', origin: 'https://docs.foo.com' },
  });
  // All answers of all contestants are redirects or users: anything else would make a figure meaningless.
  const good = result['2xx'] + result['3xx'];
  const isSound = good > 0 && result.non2xx === result['3xx'] && result.errors === 0;
  process.send?.(isSound ? good / result.duration : 'Answers other than redirects and users came back.');
}

void load(process.argv[2] ?? '', Number(process.argv[3]));
