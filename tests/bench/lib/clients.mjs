// clients.mjs - clients that are slow, or many; each goes on until its signal
// says that it is enough.
import net from 'node:net';

import { LIST } from './load.mjs';
import { url } from './stack.mjs';

const { hostname, port } = new URL(url);
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function connect(signal) {
  const socket = net.connect({ host: hostname, port });

  const stop = () => socket.destroy();

  socket.on('error', stop);
  socket.on('close', () => signal.removeEventListener('abort', stop));
  signal.addEventListener('abort', stop);
  return socket;
}

const SILENCE_MS = 200; // then an answer is over

// The bytes of an answer as they come over a kept connection, with its headers.
export function bytesOf(path, headers) {
  const socket = net.connect({ host: hostname, port });
  const lines = Object.entries({ Host: `${hostname}:${port}`, ...headers });
  let bytes = 0;

  socket.setTimeout(SILENCE_MS);
  socket.write(`GET ${path} HTTP/1.1\r\n${
    lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
  socket.on('data', (data) => { bytes += data.length; });
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('timeout', () => {
      socket.destroy();
      resolve(bytes);
    });
  });
}

// Asks for many pages at once, and reads them at some 100 KB/s.
export async function readSlowly(cookie, signal) {
  const socket = connect(signal);

  socket.write(`GET ${LIST} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nCookie: ${
    cookie}\r\n\r\n`.repeat(200));
  while (!signal.aborted && !socket.destroyed) {
    socket.read(5000);
    await wait(50);
  }
}

const firstLine = (socket) => new Promise((resolve) => {
  socket.once('data', (data) => resolve(data.toString().split('\r\n')[0]));
  socket.once('close', () => resolve(''));
});

// Sends a body of 'bytes' in 'pieces', one every 100 ms; returns the line of
// status that answers it, "" when there was none.
export async function upload(path, cookie, bytes, pieces, signal) {
  const socket = connect(signal);
  const answered = firstLine(socket);
  const piece = Buffer.alloc(bytes / pieces, 'x');
  let line;

  answered.then((text) => { line = text; });
  socket.write(`POST ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n` +
    `Cookie: ${cookie}\r\nContent-Type: text/csv\r\n` +
    `Content-Length: ${bytes}\r\n\r\n`);
  for (let i = 0; i < pieces && line === undefined; i++) {
    await wait(100);
    if (!socket.destroyed) socket.write(piece);
  }
  line = await answered;
  socket.destroy();
  return line;
}
