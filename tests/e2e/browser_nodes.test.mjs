// Two nodes of outdial-web behind one Nginx that takes them by turns: what one
// of them did is shown by the other, toasts too.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { becomes, close, draft, list, noErrors, open, press, rowOf, toast, url }
  from './browser.mjs';

const { OUTDIAL_RUN: run, OUTDIAL_CONFIG: config, OUTDIAL_BUILD: build } =
  process.env;
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'outdial-nodes-'));
const children = [];
let front; // address of the Nginx before both

const start = (program, args) => children.push(spawn(program, args,
  { stdio: 'ignore' }));

function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();

      server.close(() => resolve(port));
    });
  });
}

async function answers(address) {
  const end = Date.now() + 10_000;

  while (!(await fetch(address).catch(() => null))?.ok)
    assert.ok(Date.now() < end, `${address} does not answer`);
}

// The second node: the same settings, sockets of its own.
function startNode() {
  fs.writeFileSync(`${dir}/outdial.conf`, fs.readFileSync(config, 'utf8')
    .replace(/^web_socket = .*$/m, `web_socket = ${dir}/web.sock`)
    .replace(/^web_slow_socket = .*$/m, `web_slow_socket = ${dir}/slow.sock`)
    .replace(/^web_login_socket = .*$/m, `web_login_socket = ${dir}/login.sock`), { mode: 0o600 });
  start(path.join(build, 'outdial-web'), ['--config', `${dir}/outdial.conf`]);
}

// The stack's own Nginx, but at another port and with both nodes.
function startNginx(port) {
  const text = fs.readFileSync(`${run}/nginx/nginx.conf`, 'utf8');
  const [, first] = text.match(/upstream outdial_web \{\s*server (unix:[^;]+);/);

  fs.mkdirSync(`${dir}/nginx/temp`, { recursive: true });
  fs.writeFileSync(`${dir}/nginx.conf`, text
    .replaceAll(`${run}/nginx`, `${dir}/nginx`)
    .replaceAll(`${run}/log`, dir)
    .replace(/^ +listen \S+/m, `    listen 127.0.0.1:${port}`)
    .replace(`server ${first};`,
      `server ${first};\n    server unix:${dir}/web.sock;`)
    .replace(/location \/ \{/,
      'location / {\n      add_header X-Node $upstream_addr always;'));
  start('nginx', ['-p', dir, '-c', `${dir}/nginx.conf`, '-e', `${dir}/error.log`,
    '-g', 'daemon off;']);
}

before(async () => {
  const port = await freePort();

  front = `http://127.0.0.1:${port}`;
  startNode();
  startNginx(port);
  await answers(`${front}/healthz`);
  await answers(`${front}/healthz`);
});

after(async () => {
  await close();
  await Promise.all(children.map((child) => new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGTERM');
  })));
  fs.rmSync(dir, { recursive: true });
});

// A page of the demo's administrator, by way of both nodes.
async function openFront(options) {
  const page = await open(list, options);
  const nodes = [];

  await page.goto(`${front}${list}`);
  page.on('response', (response) => {
    const node = response.headers()['x-node'];

    if (node)
      nodes.push(`${response.request().method()} ${node}`);
  });
  return { page, nodes };
}

test('without JavaScript one node acts, and the next one shows the toast',
  async () => {
    const { page, nodes } = await openFront({ javaScriptEnabled: false });
    const id = await draft(page);

    for (const [name, text] of [['Start', 'started'], ['Pause', 'paused'],
      ['Resume', 'resumed'], ['Stop', 'stopped']]) {
      nodes.length = 0;
      await press(rowOf(page, id), name);
      await toast(page, `Campaign ${text}`).waitFor();
      const [[, acted], [, showed]] = nodes.map((line) => line.split(' '));

      assert.match(nodes[0], /^POST /);
      assert.notEqual(acted, showed, 'two nodes');
      assert.equal(await page.locator('#toasts .toast').count(), 1);
    }
    await page.context().close();
  });

test('with JavaScript the rows follow, whichever node answers', async () => {
  const { page, nodes } = await openFront();
  const id = await draft(page);

  await press(rowOf(page, id), 'Start');
  await toast(page, 'Campaign started').waitFor();
  await becomes(page, id, 'running');
  await press(rowOf(page, id), 'Clone');
  await toast(page, 'Campaign cloned').waitFor();
  assert.match(page.url(), new RegExp(`^${front}${list}/`));
  await page.goto(`${front}${list}`);
  await press(rowOf(page, id), 'Stop');
  await becomes(page, id, 'completed');
  assert.equal(new Set(nodes.map((line) => line.split(' ')[1])).size, 2);
  assert.notEqual(front, url);
  noErrors(page);
  await page.context().close();
});
