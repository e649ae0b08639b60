// Whom Nginx counts as one client.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { root, until } from '../bed.mjs';

const dir = mkdtempSync(path.join(process.env.OUTDIAL_RUN, 'nginx-'));
const [map] = /^ *map \$binary_remote_addr \$client \{[^]*?^ *\}$/m
  .exec(readFileSync(path.join(root, 'nginx/outdial.conf.in'), 'utf8'));
const socketPath = path.join(dir, 's');
let nginx;

const client = address => new Promise((resolve, reject) => {
  http.get({ socketPath, headers: { 'x-real-ip': address } }, got => {
    const parts = [];
    got.on('data', data => parts.push(data));
    got.on('end', () => resolve(Buffer.concat(parts).toString('hex')));
  }).on('error', reject);
});

before(async () => {
  writeFileSync(path.join(dir, 'nginx.conf'), `daemon off; pid ${dir}/pid; error_log ${dir}/log; events {}
    http { access_log off; ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(t =>
    `${t}_temp_path ${dir}/${t};`).join(' ')} set_real_ip_from unix:; real_ip_header X-Real-IP; ${map}
    server { listen unix:${socketPath}; location / { return 200 $client; } } }\n`);
  nginx = spawn('nginx', ['-p', dir, '-c', path.join(dir, 'nginx.conf'), '-e', path.join(dir, 'log')]);
  await until('Nginx answers', () => client('10.0.0.1').catch(() => undefined));
});
after(() => nginx.kill());

test('an IPv4 address, an IPv6 network', async () => {
  assert.equal(await client('192.0.2.10'), 'c000020a');
  assert.equal(await client('::ffff:192.0.2.10'), 'c000020a');
  assert.equal(await client('2001:db8:a:d::1'), '20010db8000a000d');
  assert.equal(await client('2001:db8:a:d:0a0a:0d0a:ffff:22'), '20010db8000a000d');
  assert.notEqual(await client('2001:db8:a:e::1'), await client('2001:db8:a:d::1'));
});
