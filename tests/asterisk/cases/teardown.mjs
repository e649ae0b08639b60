// Whatever becomes of a test, tests/lib/pbx.sh leaves no process, no mount
// and no directory.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { until } from '../pbx.mjs';

const script = path.resolve(import.meta.dirname, '../../lib/pbx.sh');
const startsAsterisk = `import('${path.resolve(import.meta.dirname, '../pbx.mjs')}')
  .then(async pbx => { await pbx.startAll(); console.log('up'); setInterval(() => {}, 1000); `;

// Processes below that have the directory open or on their command line.
function processesOf(dir) {
  return readdirSync('/proc').filter(pid => /^[0-9]+$/.test(pid)).filter(pid => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(dir) || readlinkSync(`/proc/${pid}/cwd`).startsWith(dir);
    } catch {
      return false;
    }
  });
}

async function run(what, then) {
  // a directory of its own for temporary ones
  const dir = mkdtempSync(path.join(process.env.PBX_RUN, 'teardown-'));
  const child = spawn(script, ['node', '-e', `${startsAsterisk}${then} })`],
    { env: { ...process.env, TMPDIR: dir, OUTDIAL_ASTERISK: process.env.PBX_ROOT }, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise(done => child.on('exit', (code, signal) => done(signal ?? code)));
  let said = '';
  child.stdout.on('data', chunk => { said += chunk; });
  await until('Asterisk is up', () => said.includes('up\n') || child.exitCode !== null);
  assert.ok(said.includes('up\n'), said);
  if (what) child.kill(what);
  const how = await ended;
  await until('no process is left', () => processesOf(dir).length === 0, 5);
  assert.ok(!readFileSync('/proc/self/mountinfo', 'utf8').includes(dir));
  return { how, left: readdirSync(dir) };
}

test('a test that passes leaves nothing', async () => {
  const { how, left } = await run(null, 'process.exit(0)');
  assert.deepEqual([how, left], [0, []]);
});

test('a test that fails leaves its logs', async () => {
  const { how, left } = await run(null, 'process.exit(3)');
  assert.deepEqual([how, left.length], [3, 1]);
});

test('one that is ended leaves no process', async () => {
  assert.equal((await run('SIGTERM', '')).how, 130);
});

test('nor does one that is killed', async () => {
  assert.equal((await run('SIGKILL', '')).how, 'SIGKILL');
});
