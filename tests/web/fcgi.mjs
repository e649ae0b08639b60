// A FastCGI client: one request a connection, or several on a kept one.
import net from 'node:net';

const BEGIN = 1, END = 3, PARAMS = 4, STDIN = 5, STDOUT = 6;

function record(type, data) {
  const pad = -data.length & 7;
  const head = Buffer.from([1, type, 0, 1, data.length >> 8, data.length & 255, pad, 0]);
  return Buffer.concat([head, data, Buffer.alloc(pad)]);
}

function stream(type, data) {
  const parts = [];
  for (let at = 0; at < data.length; at += 65528)
    parts.push(record(type, data.subarray(at, at + 65528)));
  parts.push(record(type, Buffer.alloc(0)));
  return Buffer.concat(parts);
}

function size(n) {
  const b = Buffer.alloc(4);
  b.writeUInt32BE((n | 0x80000000) >>> 0);
  return n < 128 ? Buffer.from([n]) : b;
}

function params(env) {
  return Buffer.concat(Object.entries(env).flatMap(([k, v]) => {
    const name = Buffer.from(k), value = Buffer.from(String(v));
    return [size(name.length), size(value.length), name, value];
  }));
}

function parse(out) {
  const cut = out.indexOf('\r\n\r\n');
  const headers = {}, cookies = {};
  for (const line of out.subarray(0, cut).toString().split('\r\n')) {
    const [, name, value] = /^([^:]+): (.*)$/.exec(line);
    if (name === 'Set-Cookie') {
      const [, key, text] = /^([^=]+)=([^;]*)/.exec(value);
      cookies[key] = text;
    }
    headers[name.toLowerCase()] = value;
  }
  return { status: parseInt(headers.status, 10), headers, cookies,
    body: out.subarray(cut + 4).toString(), bytes: out.subarray(cut + 4) };
}

// { method, path, headers, body, env } -> { status, headers, cookies, body, bytes }
export function ask(socket, request) {
  const { method = 'GET', path = '/', headers = {}, body = '', env = {} } = request;
  const data = Buffer.from(body);
  const all = { REQUEST_METHOD: method, REQUEST_URI: path, REMOTE_ADDR: '192.0.2.1',
    HTTP_HOST: 'outdial.test', CONTENT_LENGTH: data.length || '',
    ...Object.fromEntries(Object.entries(headers).map(([k, v]) =>
      [k === 'content-type' ? 'CONTENT_TYPE' : 'HTTP_' + k.toUpperCase().replace(/-/g, '_'), v])),
    ...env };
  for (const k of Object.keys(all))
    if (all[k] === undefined) delete all[k];
  return new Promise((resolve, reject) => {
    const line = typeof socket === 'string' ? net.connect(socket) : socket;
    const keep = line === socket;
    let got = Buffer.alloc(0);
    const out = [];
    const done = (fn, value) => {
      line.removeAllListeners('data').removeAllListeners('error').removeAllListeners('close');
      line.on('error', () => {});
      if (!keep) line.destroy();
      fn(value);
    };
    line.on('error', e => done(reject, e));
    line.on('close', () => done(reject, new Error('closed without an answer')));
    line.on('data', chunk => {
      got = Buffer.concat([got, chunk]);
      while (got.length >= 8) {
        const length = got.readUInt16BE(4), whole = 8 + length + got[6];
        if (got.length < whole) return;
        if (got[1] === STDOUT) out.push(Buffer.from(got.subarray(8, 8 + length)));
        if (got[1] === END) return done(resolve, parse(Buffer.concat(out)));
        got = got.subarray(whole);
      }
    });
    line.write(Buffer.concat([
      record(BEGIN, Buffer.from([0, 1, keep ? 1 : 0, 0, 0, 0, 0, 0])),
      stream(PARAMS, params(all)),
    ]));
    line.write(stream(STDIN, data));
  });
}

// A connection that stays open: pass it to ask() in place of the path.
export function connect(path) {
  return new Promise((resolve, reject) => {
    const line = net.connect(path, () => resolve(line));
    line.once('error', reject);
  });
}
