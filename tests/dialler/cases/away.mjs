// Servers that are not there: at start, and for a while.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { QUICK, act, balanced, completes, end, endAll, isBack, logOf, makeCampaign, makeWorld, pause, pidOf,
  placed, served, simSocket, sql, startDialler, startSim, statusOf, until } from '../bed.mjs';

before(async () => makeWorld());
after(endAll);

const count = (text, what) => text.split(what).length - 1;

test('it starts without MariaDB, Redis and carrier, says so once, and goes on by itself', async () => {
  process.kill(pidOf('MARIADB'), 'SIGKILL');
  process.kill(pidOf('REDIS'), 'SIGKILL');
  const dialler = await startDialler('early');
  await until('MariaDB is back', isBack);
  const { id } = makeCampaign(200);
  act('start', id);
  await pause(1500); // it may look and look
  assert.equal(placed().length, 0, 'no carrier, no calls');
  assert.equal(statusOf(id), 'running');
  await startSim(QUICK);
  await completes(id);
  balanced('at the end');
  const log = logOf(dialler);
  assert.ok(count(log, 'MariaDB is not responding') <= 2, log);
  assert.doesNotMatch(log, / error /);
  await end(dialler);
});

test('the carrier goes away in mid-run and comes back', async () => {
  const dialler = await startDialler();
  await served();
  let sim = await startSim({ ...QUICK, speed: 50 });
  const { id, phones } = makeCampaign(1500, { concurrency: 200 });
  act('start', id);
  const had = placed().length;
  await until('it dials', () => placed().length > had + 300);
  await end(sim, 'SIGKILL');
  await pause(1000); // calls come to nothing meanwhile
  balanced('without a carrier');
  sim = await startSim({ ...QUICK, speed: 200 });
  await completes(id, 90);
  balanced('at the end');
  const ids = new Set(placed().map(c => c.id));
  assert.equal(ids.size, placed().length, 'no id was placed twice');
  assert.ok(placed().length - had >= phones.length - 300);
  await end(dialler);
  await end(sim);
});

test('the carrier moves to another address', async () => {
  const dialler = await startDialler();
  const old = await startSim({ ...QUICK, speed: 50 });
  await served();
  const { id } = makeCampaign(600, { concurrency: 100 });
  act('start', id);
  const had = placed().length;
  await until('it dials', () => placed().length > had + 150);
  await end(old, 'SIGKILL');
  const sim = await startSim({ ...QUICK, speed: 200 }, `${simSocket}2`);
  sql(`UPDATE carrier SET address='${simSocket}2'`);
  await completes(id, 90);
  balanced('at the end');
  assert.match(logOf(dialler), /has new settings/);
  await end(dialler);
  await end(sim);
});

test('SIGTERM while MariaDB is away: it does not wait for it', async () => {
  const dialler = await startDialler('late');
  await until('it has a slot', () => sql('SELECT COUNT(*) FROM node') === '1');
  process.kill(pidOf('MARIADB'), 'SIGSTOP');
  try {
    const before = Date.now();
    const { code, signal } = await end(dialler);
    assert.ok(code === 0 || signal === 'SIGTERM');
    assert.ok(Date.now() - before < 9000, `${Date.now() - before} ms`);
  } finally {
    process.kill(pidOf('MARIADB'), 'SIGCONT');
  }
  assert.ok(existsSync(dialler.log));
});
