/** The headers of each request: the visitor and the origin of the page. */
export const REQUEST_HEADERS = { 'x-visitor': 'ada', origin: 'https://docs.foo.com' };
