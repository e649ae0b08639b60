// The campaign list: the whole page, session checked in every request, against
// a flat PHP script under PHP-FPM (goals 1), and against Nginx serving the
// same bytes from a file (goal 2).
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { figure, rounds, wrk } from './lib/measure.mjs';

const { OUTDIAL_URL: url, OUTDIAL_RUN: run, OUTDIAL_EMAIL: email,
  OUTDIAL_PASSWORD: password, MARIADB_SOCKET: mariadb } = process.env;
const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'outdial-bench-'));
const ROUNDS = 7;
const children = [];

const pidOf = (name) => fs.readFileSync(`${run}/${name}.pid`, 'utf8').trim();
const note = (text) => console.error(`# ${text}`);

async function signIn() {
  const form = await fetch(`${url}/login`);
  const cookies = form.headers.getSetCookie().map((c) => c.split(';')[0]);
  const csrf = (await form.text()).match(/name="csrf" value="([^"]*)"/);
  const answer = await fetch(`${url}/login`, { method: 'POST', redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded',
      cookie: cookies.join('; '), origin: url },
    body: new URLSearchParams({ email, password, csrf: csrf?.[1] ?? '' }) });
  const session = answer.headers.getSetCookie().map((c) => c.split(';')[0])
    .find((c) => c.startsWith('outdial='));

  if (answer.status !== 303 || !session)
    throw new Error(`the sign-in answered ${answer.status}`);
  return session;
}

// PHP-FPM's settings are those that were best in the first measurements.
function startPhp(frame, token) {
  const extensions = execFileSync('sh', ['-c',
    'ls -d /usr/lib/php/20*/ | tail -n 1']).toString().trim();

  fs.writeFileSync(`${dir}/fpm.conf`, `[global]
error_log = ${dir}/fpm.log
daemonize = no
[list]
listen = ${dir}/php.sock
listen.backlog = 4096
pm = static
pm.max_children = 4
clear_env = no
`);
  const child = spawn('php-fpm8.2', ['-n', '-R', '-y', `${dir}/fpm.conf`,
    ...['mysqlnd', 'mysqli'].flatMap((e) => ['-d', `extension=${extensions}${e}.so`]),
    '-d', `zend_extension=${extensions}opcache.so`,
    '-d', 'opcache.validate_timestamps=0', '-d', 'opcache.jit_buffer_size=32M',
    '-d', 'opcache.jit=tracing'], { stdio: 'inherit', env: { ...process.env,
    MARIADB_SOCKET: mariadb, FRAME: frame, TOKEN_LENGTH: String(token.length) } });

  children.push(child);
  return child.pid;
}

// The peers' own Nginx, with the settings of ours.
function startNginx(staticPath) {
  const port = 40_000 + process.pid % 10_000;

  fs.mkdirSync(`${dir}/temp`);
  fs.writeFileSync(`${dir}/nginx.conf`, `
${process.getuid() === 0 ? `user ${os.userInfo().username};` : ''}
worker_processes ${os.availableParallelism?.() ?? os.cpus().length};
daemon off; pid ${dir}/nginx.pid; error_log ${dir}/error.log;
events { worker_connections 8000; }
http {
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
  open_file_cache max=1000; server_tokens off;
  client_body_temp_path ${dir}/temp/b; proxy_temp_path ${dir}/temp/p;
  fastcgi_temp_path ${dir}/temp/f; uwsgi_temp_path ${dir}/temp/u;
  scgi_temp_path ${dir}/temp/s;
  types { text/html html; }
  upstream php { server unix:${dir}/php.sock; }
  server {
    listen 127.0.0.1:${port} backlog=4096;
    location = /list {
      fastcgi_buffer_size 8k; fastcgi_buffers 16 8k;
      fastcgi_param SCRIPT_FILENAME ${here}/lib/list.php;
      fastcgi_param REQUEST_METHOD $request_method;
      fastcgi_param QUERY_STRING $query_string;
      fastcgi_param REQUEST_URI $request_uri;
      fastcgi_param STATIC_PATH ${staticPath};
      fastcgi_pass php;
    }
    location / { root ${dir}/files; }
  }
}
`);
  const child = spawn('nginx', ['-p', dir, '-c', `${dir}/nginx.conf`,
    '-e', `${dir}/error.log`], { stdio: 'inherit' });

  children.push(child);
  return { pid: child.pid, base: `http://127.0.0.1:${port}` };
}

// A page before a time to come is the first page, but under an address that
// was never asked for: nothing of it is in the cache.
function uncachedScript(address) {
  const file = `${dir}/${path.basename(address)}.lua`;

  fs.writeFileSync(file, `local n = 3000000000000000
request = function()
  n = n + 1000003
  return wrk.format(nil, "${address}?before=" .. n .. "-zzzzzzzzzz")
end
`);
  return file;
}

// The text of a page whose servers are only starting.
async function answer(address, options) {
  const end = Date.now() + 10_000;

  for (;;) {
    const got = await fetch(address, options).catch((e) => e);

    if (got.ok) return got.text();
    if (Date.now() > end)
      throw new Error(`${address} does not answer: ${got.status ?? got}`);
  }
}

async function measure() {
  const cookie = await signIn();
  const token = cookie.split('=')[1].split('.')[0];
  const page = `${url}/dashboard/campaigns`;
  const headers = { Cookie: cookie };
  const html = await (await fetch(page, { headers: { cookie } })).text();
  const first = html.indexOf('<tr class="row');
  const last = html.lastIndexOf('</tr>') + 6;
  const staticPath = html.match(/\/static\/[0-9a-f]+/)[0];

  fs.mkdirSync(`${dir}/files`);
  fs.writeFileSync(`${dir}/files/list.html`, html);
  fs.writeFileSync(`${dir}/frame.html`,
    html.slice(0, first) + '<!--ROWS-->' + html.slice(last));
  const fpm = startPhp(`${dir}/frame.html`, token);
  const nginx = startNginx(staticPath);

  const theirs = await answer(`${nginx.base}/list`, { headers: { cookie } });
  const rows = (text) => text.split('<tr class="row').length - 1;

  note(`our page: ${html.length} bytes, ${rows(html)} rows; ` +
    `PHP's: ${theirs.length} bytes, ${rows(theirs)} rows`);
  if (rows(html) !== rows(theirs) || theirs.length < html.length * 0.9)
    throw new Error('the pages differ too much to be compared');

  const mine = ['nginx', 'outdial-web', 'mariadb', 'redis'].map(pidOf);
  const its = [fpm, nginx.pid, pidOf('mariadb')];
  const results = await rounds(ROUNDS, {
    cached: () => wrk(page, { headers, pids: mine }),
    php: () => wrk(`${nginx.base}/list`, { headers, pids: its }),
    uncached: () => wrk(page, { headers, pids: mine,
      script: uncachedScript('/dashboard/campaigns') }),
    phpBefore: () => wrk(`${nginx.base}/list`, { headers, pids: its,
      script: uncachedScript('/list') }),
    file: () => wrk(`${nginx.base}/list.html`, { headers, pids: [nginx.pid] }),
  });
  const rate = (name) => results[name].map((r) => r.perSecond);
  const cpu = (name) => results[name].map((r) => r.cpu);

  figure({ name: 'list, nothing cached', ours: rate('uncached'),
    peer: rate('phpBefore'), peer_name: 'PHP-FPM', unit: 'requests/s' });
  figure({ name: 'list, nothing cached, CPU', ours: cpu('uncached'),
    peer: cpu('phpBefore'), peer_name: 'PHP-FPM', unit: 'us/request' });
  figure({ name: 'list, cached rows', ours: rate('cached'), peer: rate('php'),
    peer_name: 'PHP-FPM', unit: 'requests/s' });
  figure({ name: 'list, cached rows, CPU', ours: cpu('cached'),
    peer: cpu('php'), peer_name: 'PHP-FPM', unit: 'us/request' });
  figure({ name: 'list, cached rows', ours: rate('cached'), peer: rate('file'),
    peer_name: 'Nginx, the same bytes from a file', unit: 'requests/s' });
}

try {
  await measure();
} finally {
  for (const child of children) child.kill('SIGTERM');
  fs.rmSync(dir, { recursive: true, force: true });
}
