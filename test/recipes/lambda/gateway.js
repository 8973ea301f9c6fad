// What API Gateway does for a Lambda function: turns requests into events of version 2.0, and results into responses.
const { createServer } = require('node:http');
const { handler } = require(process.env.HANDLER);

const toEvent = ({ method, url, headers }, body) => {
  const { pathname, search, searchParams } = new URL(url, 'http://localhost');
  const { cookie, ...others } = headers;
  const http = { method, path: pathname, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: '' };
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: pathname,
    rawQueryString: search.slice(1),
    ...(search !== '' && { queryStringParameters: Object.fromEntries(searchParams) }),
    ...(cookie !== undefined && { cookies: cookie.split('; ') }),
    headers: others,
    requestContext: {
      http,
      stage: '$default',
      requestId: 'a',
      domainName: 'localhost',
      timeEpoch: Date.now(),
    },
    ...(body !== '' && { body }),
    isBase64Encoded: false,
  };
};

async function answer(request, response) {
  let body = '';
  for await (const chunk of request) body += chunk;
  const result = await handler(toEvent(request, body), { awsRequestId: 'a' });
  const headers = { ...result.headers, ...(result.cookies && { 'set-cookie': result.cookies }) };
  response.writeHead(result.statusCode, headers);
  response.end(Buffer.from(result.body ?? '', result.isBase64Encoded ? 'base64' : 'utf8'));
}

createServer((request, response) => void answer(request, response)).listen(process.env.PORT);
