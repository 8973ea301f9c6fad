// The search box of the front page. The backend adds the groups of the visitor; this page sends the question alone.

const form = document.querySelector('#docs-search');
const list = form.querySelector('ul');
const answer = form.querySelector('.answer');
const status = form.querySelector('[role="status"]');
let running = new AbortController();

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const isQuestion = event.submitter?.value === 'ask';
  // Only the latest question counts. The backend aborts what it asked for the one before.
  running.abort();
  running = new AbortController();
  list.replaceChildren();
  answer.replaceChildren();
  status.textContent = isQuestion ? 'Asking …' : 'Searching …';
  const query = form.elements.query.value;
  const task = isQuestion ? ask(query, running.signal) : search(query, running.signal);
  task.catch((error) => {
    if (error.name !== 'AbortError') status.textContent = error.message;
  });
});

async function search(query, signal) {
  const results = await (await post('search', { query, pageSize: 5 }, signal)).json();
  status.textContent = results.length === 0 ? 'Nothing found in the docs that you may read.' : '';
  list.replaceChildren(
    ...results.map(({ path, content, metadata }) => item(path, metadata.heading ?? path, content)),
  );
}

async function ask(text, signal) {
  const parts = [{ type: 'text', text }];
  const response = await post('assistant', { messages: [{ id: 'question', role: 'user', parts }] }, signal);
  status.textContent = '';
  for await (const event of readEvents(response.body)) {
    if (event.type === 'text-delta') answer.append(event.delta);
    if (event.type === 'source-url') list.append(item(event.url.replace(/^\//, ''), event.title, ''));
  }
}

async function post(route, body, signal) {
  const response = await fetch(`/docs/${route}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    signal,
  });
  if (response.ok) return response;
  const { message = `This did not work (${response.status}).` } = await response.json().catch(() => ({}));
  throw new Error(message);
}

/** The events of a stream of the AI SDK. */
async function* readEvents(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { value = '', done } = await reader.read();
    text += value;
    const events = text.split('\n\n');
    text = events.pop();
    for (const event of events) {
      if (event.startsWith('data: {')) yield JSON.parse(event.slice('data: '.length));
    }
    if (done) return;
  }
}

/** A result as text: what comes from the docs is never HTML here. */
function item(path, title, content) {
  const link = document.createElement('a');
  link.href = `/docs-login?redirect=${encodeURIComponent(`/${path}`)}`;
  link.textContent = title;
  const excerpt = document.createElement('small');
  excerpt.textContent = content.length > 160 ? `${content.slice(0, 160)} …` : content;
  const entry = document.createElement('li');
  entry.append(link, document.createElement('br'), excerpt);
  return entry;
}
