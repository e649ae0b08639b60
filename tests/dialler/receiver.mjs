// A receiver of webhooks in a thread of its own, as the tests block theirs.  It
// keeps what it gets, and when, in r.got; 'answer' is a function of the number of the
// request, the request and the state that r.set() changes, in text: it runs in the
// other thread, and null lets the sender wait for ever.
import { once } from 'node:events';
import http from 'node:http';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';

const all = [];

export async function receive(answer = () => 204) {
  const worker = new Worker(new URL(import.meta.url), { workerData: { answer: String(answer) } });
  const [{ port }] = await once(worker, 'message');
  const r = { got: [], worker, port, url: `http://127.0.0.1:${port}/hook`, set: state => worker.postMessage(state) };

  worker.on('message', one => {
    if (one.headers) r.got.push(one);
    else r.told?.();
  });
  all.push(r);
  return r;
}

// What receivers have answered is in r.got.
export const settled = () => Promise.all(all.map(r => new Promise(done => {
  r.told = done;
  r.worker.postMessage({});
})));

export const endReceivers = () => Promise.all(all.map(r => r.worker.terminate()));

function serve() {
  const answer = (0, eval)(`(${workerData.answer})`), state = {};
  let n = 0;
  const server = http.createServer((q, s) => {
    const parts = [];
    q.on('data', part => parts.push(part));
    q.on('end', () => {
      const one = { id: q.headers['webhook-id'], at: Date.now(), headers: q.headers, path: q.url,
        body: Buffer.concat(parts).toString() };
      const said = answer(++n, one, state);
      parentPort.postMessage(one);
      if (said === null) return;
      const { status = said, headers = {}, body = '' } = said;
      s.writeHead(status, headers);
      s.end(body);
    });
  });
  parentPort.on('message', more => {
    Object.assign(state, more);
    parentPort.postMessage({});
  });
  server.listen(0, '127.0.0.1', () => parentPort.postMessage({ port: server.address().port }));
}

if (!isMainThread && workerData?.answer) serve();
