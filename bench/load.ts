import autocannon from 'autocannon';
import { answerParent } from './child-calls.js';
import { REQUEST_HEADERS } from './request-headers.js';

const CONNECTIONS = 32;

/** The functions of the load process. */
export interface LoadCalls {
  requestsPerSecond(demand: { url: string; seconds: number }): Promise<number>;
}

async function requestsPerSecond({ url, seconds }: { url: string; seconds: number }): Promise<number> {
  const result = await autocannon({
    url,
    duration: seconds,
    connections: CONNECTIONS,
    headers: REQUEST_HEADERS,
  });
  // Every response must be a redirect or a user: otherwise the figure would be meaningless.
  const good = result['2xx'] + result['3xx'];
  const isSound = good > 0 && result.non2xx === result['3xx'] && result.errors === 0;
  if (!isSound) throw new Error(`${url} sends other responses than redirects and users.`);
  return good / result.duration;
}

answerParent<LoadCalls>({ requestsPerSecond });
