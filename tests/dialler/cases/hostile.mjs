// Who can write into Redis dials nobody: what is dialled is in the list, once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { JobLiar } from '../../lib/redis.mjs';
import { act, balanced, completes, endAll, judge, logOf, makeCampaign, makeWorld, placed, redis, served, sql,
  startDialler, startSim, until } from '../bed.mjs';

let dialler;

before(async () => {
  makeWorld({ cps: 400, channels: 400 });
  await startSim();
  dialler = await startDialler();
  await served();
});
after(endAll);

test('jobs that are rewritten, made up, doubled, kept back and lost', async () => {
  const { id, phones } = makeCampaign(2000, { concurrency: 200 });
  const liar = new JobLiar(process.env.REDIS_SOCKET, 'call:1');
  act('start', id);
  await until('the liar has had his turn at many jobs', () => liar.taken >= 10 * JobLiar.lies.length);
  redis('XADD', 'call:1', '*', 'b', '');
  redis('XADD', 'call:2', '*', 'b', 'nobody reads this');
  redis('XADD', 'wake', '*', 'b', '99999999');
  redis('XADD', 'wake', '*', 'b', 'x'.repeat(1000));
  await liar.stop();
  await completes(id);
  const known = new Set(phones);
  assert.deepEqual(placed().filter(c => !known.has(c.number)), [], 'numbers that are in no list');
  assert.equal(judge(phones).size, phones.length, 'everybody was called');
  balanced('at the end');
  assert.equal(sql('SELECT COUNT(*) FROM live_call'), '0');
  const warned = logOf(dialler).match(/did not write \(call\); \d+ entries ignored/g);
  assert.ok(warned?.length >= 1 && warned.length <= 2, `it is logged, not a line a job: ${warned}`);
});
