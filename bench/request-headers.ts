/** What each request says: who the visitor is, and which page asks. */
export const REQUEST_HEADERS = { 'x-visitor': 'ada', origin: 'https://docs.foo.com' };
