// Whatever dies in mid-run: the run ends, everybody is final, nobody was
// placed twice for one attempt.
import { after, before, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { QUICK, act, balanced, completes, end, endAll, isBack, judge, logOf, makeCampaign, makeWorld, now, pause,
  pidOf, placed, redis, served, sql, startDialler, startSim, startStranger, until } from '../bed.mjs';

const ROUNDS = 3;
const CONTACTS = 1500;
const SENT_MOST = 200; // on their way to the carrier at a time
let dialler;

before(async () => {
  makeWorld({ cps: 1000, channels: 1000 });
  await startSim({ ...QUICK, speed: 100 });
});
after(endAll);
beforeEach(async () => {
  if (!dialler || dialler.child.exitCode !== null || dialler.child.signalCode !== null)
    dialler = await startDialler();
  await served();
});

// Runs a campaign, and 'blow' some times in the middle of it.
async function survives(what, blow, lostMost = 0) {
  const { id, phones } = makeCampaign(CONTACTS, { concurrency: 300, retry_on: '' });
  const had = placed().length;
  act('start', id);
  for (let i = 0; i < ROUNDS; i++) {
    const goal = had + (i + 1) * CONTACTS / (ROUNDS + 2);
    await until('it dials', () => placed().length > goal, 60);
    await pause(Math.random() * 100); // at any moment
    await blow();
  }
  await completes(id, 120);
  const numbers = judge(phones);
  // Sent, and the dialler died before the bytes: nobody may call them again.
  const missing = phones.filter(p => !numbers.has(p)).sort();
  const lost = new Set(sql(`SELECT phone FROM attempt WHERE outcome=11`).split('\n'));
  assert.deepEqual(missing.filter(p => !lost.has(p)), [], 'everybody was called, or is lost');
  assert.ok(missing.length <= lostMost, `${missing.length} lost without a call`);
  balanced(what);
  assert.equal(sql('SELECT COUNT(*) FROM live_call'), '0');
}

test('kill -9 of the dialler', () => survives('dialler killed', async () => {
  await end(dialler, 'SIGKILL');
  dialler = await startDialler();
}, ROUNDS * SENT_MOST));

test('Redis emptied', () => survives('Redis emptied', async () => redis('FLUSHALL')));

test('kill -9 of Redis', () => survives('Redis killed', async () => {
  process.kill(pidOf('REDIS'), 'SIGKILL');
}));

test('kill -9 of MariaDB', () => survives('MariaDB killed', async () => {
  process.kill(pidOf('MARIADB'), 'SIGKILL');
  await until('it is back', isBack, 60);
}));

test('kill -9 of dialler and MariaDB together', () => survives('both killed', async () => {
  process.kill(pidOf('MARIADB'), 'SIGKILL');
  await end(dialler, 'SIGKILL');
  dialler = await startDialler();
  await until('it is back', isBack, 60);
}, ROUNDS * SENT_MOST));

// Who is started again knows that its former life is over: no lease must run
// out first.  A dialler of another installation under the same name is nobody.
test('dials on at once after kill -9, whatever else runs on the machine', async () => {
  await end(dialler);
  const stranger = startStranger('one');
  await until('the stranger looks for its database', () => /MariaDB/.test(logOf(stranger)));
  dialler = await startDialler();
  await served();
  const { id } = makeCampaign(CONTACTS, { concurrency: 300 });
  const had = placed().length;
  act('start', id);
  await until('it dials', () => placed().length > had + 100, 60);
  await end(dialler, 'SIGKILL');
  const calls = placed().length, killed = now();
  dialler = await startDialler();
  await until('it dials on', () => placed().length > calls + 100);
  const took = (placed()[calls].at - killed) / 1000;
  assert.ok(took < 4000, `the next call came after ${took} ms`);
  console.log(`# the next call came ${Math.round(took)} ms after kill -9`);
  await completes(id, 60);
  balanced('at the end');
  await end(stranger, 'SIGKILL');
});
