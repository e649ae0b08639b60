// peers.mjs - what the pages are compared with: PHP-FPM, and an Nginx of its
// own in front of it and of files.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

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
 * PHP-FPM for lib/list.php; returns its process.  Settings: what is advised
 * for speed, and what was best in measurements of this page.  Without php.ini,
 * so that a machine's own settings do not matter.
 */
export function startPhp(workers, staticPath) {
  const extensions = execFileSync('sh', ['-c',
    'ls -d /usr/lib/php/20*/ | tail -n 1']).toString().trim();

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
    '-d', 'opcache.jit=tracing'], { STATIC_PATH: staticPath });
}

/*
 * Nginx with the settings of ours, but no access log and no limits: the page
 * of PHP at every address below /dashboard, files below /files.  No kept
 * connections to PHP-FPM: they would pin its workers.
 */
export function startNginx() {
  const port = 40_000 + process.pid % 10_000;

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
  upstream php { server unix:${dir}/php.sock; }
  server {
    listen 127.0.0.1:${port} backlog=4096;
    location /dashboard/ {
      fastcgi_buffer_size 8k; fastcgi_buffers 16 8k;
      fastcgi_param SCRIPT_FILENAME ${here}/list.php;
      fastcgi_param REQUEST_METHOD $request_method;
      fastcgi_param QUERY_STRING $query_string;
      fastcgi_param REQUEST_URI $request_uri;
      fastcgi_pass php;
    }
    location /files/ { root ${dir}; }
  }
}
`);
  return { base: `http://127.0.0.1:${port}`,
    pid: start('nginx', ['-p', dir, '-c', `${dir}/nginx.conf`,
      '-e', `${dir}/error.log`]) };
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
