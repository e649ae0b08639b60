// Contacts that come by calls while a run dials, and exclusions in mid-run: how
// long until the first dial, and that no call leaves after the answer.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { act, balanced, endAll, judge, makeCampaign, makeWorld, pause, placed, served, startDialler, startSim,
  startSteer, statusOf, until } from '../bed.mjs';

const LEADS = 100;
const DIAL_US = 500000;
const CLIENTS = 8, CALLS = 10, EACH = 250;
const EXCLUDED = 40;
let next = 447911000000;

before(async () => {
  makeWorld({ cps: 2000 });
  await startSim({ speed: 500, answer: 50, voicemail: 10, no_answer: 21, congestion: 0 });
  await startDialler('one');
  await startDialler('two');
  await served(2);
});
after(endAll);

const timeOf = number => placed().find(c => c.number === String(number))?.at;

test('a running campaign dials who has come within half a second, one in a hundred excepted', async () => {
  const { id } = makeCampaign(1, { always_on: true }), steer = startSteer();
  const waits = [];

  act('start', id);
  for (let i = 0; i < LEADS; i++) {
    const number = next++;
    const [at, accepted] = await steer(`trigger ${id} 5 +${number}`);

    assert.equal(accepted, '1');
    waits.push(await until('it is dialled', () => timeOf(number), 5) - Number(at));
  }
  waits.sort((a, b) => a - b);
  console.log(`# p50 ${waits[LEADS / 2] / 1000} ms, p99 ${waits[LEADS - 2] / 1000} ms`);
  assert.ok(waits[LEADS - 2] < DIAL_US, `the first dial came ${waits[LEADS - 2] / 1000} ms later`);
  act('stop', id);
  await until('its calls end', () => { balanced('after the leads'); return true; });
});

test('a lead of priority 9 is next although 20,000 wait', async () => {
  const { id } = makeCampaign(20000, { concurrency: 20 }), steer = startSteer();
  const number = next++;

  act('start', id);
  await until('it dials', () => placed().length > LEADS + 100);
  const [at] = await steer(`trigger ${id} 9 +${number}`);
  const dialled = await until('it is dialled', () => timeOf(number), 5);

  assert.ok(dialled - Number(at) < DIAL_US, `it was dialled ${(dialled - Number(at)) / 1000} ms later`);
  act('stop', id);
});

test('eight clients at once: nothing is lost, and nobody is called twice', async () => {
  const { id } = makeCampaign(1, { always_on: true, concurrency: 2000 });
  const first = next, total = CLIENTS * CALLS * EACH;

  next += total;
  act('start', id);
  const answers = await Promise.all(Array.from({ length: CLIENTS }, (_, i) =>
    startSteer()(`fill ${id} ${first + i * CALLS * EACH} ${CALLS} ${EACH}`, 120)));
  const numbers = Array.from({ length: total }, (_, i) => String(first + i));

  assert.equal(answers.reduce((n, a) => n + Number(a[1]), 0), total);
  await until('all are dialled', () => {
    const calls = judge(numbers);
    return numbers.every(n => calls.has(n));
  }, 120);
  assert.equal(statusOf(id), 'running');
  act('stop', id);
  balanced('after eight clients');
});

test('no call leaves after an exclusion was answered', async () => {
  const { id, phones } = makeCampaign(12000, { concurrency: 20 }), steer = startSteer();
  const answers = [];
  let inFlight = 0, slowest = 0;

  act('start', id);
  await until('it dials', () => timeOf(phones[0]));
  for (let i = 0; i < EXCLUDED; i++) {
    // Some are being called, some are queued, some wait.
    const called = new Set(placed().map(c => c.number)), last = phones.findLastIndex(p => called.has(p));
    const phone = phones[Math.min(last + 1 + i % 20 * 5, phones.length - 1)];
    const [at, , flying, delay] = await steer(`exclude ${id} +${phone}`);

    answers.push({ phone, at: Number(at) });
    inFlight += Number(flying);
    slowest = Math.max(slowest, Number(delay));
  }
  await pause(1500);
  console.log(`# ${inFlight} of ${EXCLUDED} in flight, the slowest answer took ${slowest / 1000} ms`);
  for (const { phone, at } of answers) {
    const late = placed().filter(c => c.number === phone && c.at > at);

    assert.deepEqual(late, [], `a call left ${(late[0]?.at - at) / 1000} ms after the answer`);
  }
  act('stop', id);
  balanced('after exclusions');
});
