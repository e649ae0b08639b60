// peers.mjs - what the pages are compared with: PHP-FPM, Django, and an Nginx of
// its own in front of them and of files.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { note } from './stack.mjs';
import { djangoTemplate, phpTemplates } from './templates.mjs';

const here = path.dirname(new URL(import.meta.url).pathname);
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'outdial-bench-'));
const children = [];

// Interrupted or not, nothing stays behind.
process.on('exit', () => {
  for (const child of children) child.kill('SIGTERM');
  fs.rmSync(dir, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => process.exit(130));

function start(program, args, env = {}) {
  const child = spawn(program, args, { stdio: 'inherit',
    env: { ...process.env, ...env } });

  children.push(child);
  return child.pid;
}

/*
 * PHP-FPM for lib/php; returns its process.  Settings: what is advised for
 * speed, and what was best in measurements of these pages.  Without php.ini,
 * so that a machine's own settings do not matter.
 */
export function startPhp(workers, staticPath) {
  const extensions = execFileSync('sh', ['-c',
    'ls -d /usr/lib/php/20*/ | tail -n 1']).toString().trim();

  fs.writeFileSync(`${dir}/templates.php`, phpTemplates(staticPath));
  fs.writeFileSync(`${dir}/fpm.conf`, `[global]
error_log = ${dir}/fpm.log
daemonize = no
[list]
listen = ${dir}/php.sock
listen.backlog = 4096
pm = static
pm.max_children = ${workers}
clear_env = no
`);
  return start('php-fpm8.2', ['-n', '-R', '-y', `${dir}/fpm.conf`,
    ...['mysqlnd', 'mysqli'].flatMap((e) => ['-d', `extension=${extensions}${e}.so`]),
    '-d', `zend_extension=${extensions}opcache.so`,
    '-d', 'opcache.validate_timestamps=0', '-d', 'opcache.jit_buffer_size=32M',
    '-d', 'opcache.jit=tracing', '-d', 'output_buffering=262144'],
  { OUTDIAL_TEMPLATES: `${dir}/templates.php` });
}

// Django under gunicorn for lib/django; returns its process.
export function startDjango(workers, staticPath) {
  fs.mkdirSync(`${dir}/django`);
  for (const name of ['layout', 'part_campaign_list', 'part_summary'])
    fs.writeFileSync(`${dir}/django/${name}`, djangoTemplate(name, staticPath));
  return start('gunicorn', ['--workers', String(workers), '--backlog', '4096',
    '--bind', `unix:${dir}/django.sock`, '--chdir', `${here}/django`,
    '--log-level', 'warning', 'campaigns:application'],
  { OUTDIAL_TEMPLATES: `${dir}/django`, PYTHONDONTWRITEBYTECODE: '1' });
}

/*
 * Nginx with the settings of ours, but no access log and no limits.  At 'php'
 * and 'django' are their pages, at the address that ours have; at 'files' are
 * files.  No kept connections to the peers: they would pin their workers.
 */
export function startNginx() {
  const port = 30_000 + process.pid % 900 * 3; // not one that clients get
  const listen = (n) => `listen 127.0.0.1:${port + n} backlog=4096;`;
  const base = (n) => `http://127.0.0.1:${port + n}`;

  fs.mkdirSync(`${dir}/temp`);
  fs.mkdirSync(`${dir}/files`);
  fs.writeFileSync(`${dir}/nginx.conf`, `
${process.getuid() === 0 ? `user ${os.userInfo().username};` : ''}
worker_processes ${os.cpus().length};
daemon off; pid ${dir}/nginx.pid; error_log ${dir}/error.log;
events { worker_connections 8000; }
http {
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
  open_file_cache max=1000; server_tokens off;
  client_body_temp_path ${dir}/temp/b; proxy_temp_path ${dir}/temp/p;
  fastcgi_temp_path ${dir}/temp/f; uwsgi_temp_path ${dir}/temp/u;
  scgi_temp_path ${dir}/temp/s;
  types { text/html html; }
  fastcgi_buffer_size 16k; fastcgi_buffers 8 32k;
  proxy_buffer_size 16k; proxy_buffers 8 32k;
  fastcgi_param REQUEST_METHOD $request_method;
  fastcgi_param QUERY_STRING $query_string;
  fastcgi_param REQUEST_URI $request_uri;
  fastcgi_param CONTENT_TYPE $content_type;
  fastcgi_param CONTENT_LENGTH $content_length;
  fastcgi_param HTTP_HOST $http_host;
  fastcgi_param SCRIPT_FILENAME $script;
  map $request_method$uri $script {
    default ${here}/php/list.php;
    ~^POST ${here}/php/action.php;
    ~^GET/monitor/ ${here}/php/monitor.php;
  }
  upstream php { server unix:${dir}/php.sock; }
  upstream django { server unix:${dir}/django.sock; }
  server { ${listen(0)} location / { fastcgi_pass php; } }
  server {
    ${listen(1)}
    location / { proxy_pass http://django; proxy_set_header Host $http_host; }
  }
  server { ${listen(2)} location / { root ${dir}/files; } }
}
`);
  return { php: base(0), django: base(1), files: base(2),
    pid: start('nginx', ['-p', dir, '-c', `${dir}/nginx.conf`,
      '-e', `${dir}/error.log`]) };
}

// The lines of a page, without what a peer spells in another way or each page
// has of its own.
const plain = (text) => text.replaceAll(/&#(0?39|x27);/g, '\'')
  .replace(/data-tag="[^"]*"/, '').replaceAll(/(name="csrf" value=)"\w*"/g, '$1')
  .replaceAll('</tr><', '</tr>\n<').split('\n').filter(Boolean);

// What a peer's page has not: a marker of a template that lib/php or lib/django
// does not know.  One that became another page is refused.
export function compare(name, ours, theirs) {
  const rows = (text) => text.split('<tr class="row').length;
  const known = new Set(plain(theirs));
  const other = plain(ours).filter((line) => !known.has(line));

  if (other.length > 0)
    note(`lines of our page that ${name}'s has not: ${other.length}, as ${other[0]}`);
  if (rows(ours) !== rows(theirs) ||
      Math.abs(theirs.length / ours.length - 1) > 0.05)
    throw new Error(`${name}'s page differs too much to be compared`);
}

export const putFile = (name, text) =>
  fs.writeFileSync(`${dir}/files/${name}`, text);

// A file of ours, for wrk.
export function scratch(name, text) {
  fs.writeFileSync(`${dir}/${name}`, text);
  return `${dir}/${name}`;
}

// The text of a page whose servers are only starting.
export async function answer(address, options) {
  const end = Date.now() + 10_000;

  for (;;) {
    const got = await fetch(address, options).catch((e) => e);

    if (got.ok) return got.text();
    if (Date.now() > end)
      throw new Error(`${address} does not answer: ${got.status ?? got}`);
  }
}

export async function stopPeers() {
  await Promise.all(children.map((child) => new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode) return resolve();
    child.once('exit', resolve);
    child.kill('SIGTERM');
  })));
}
