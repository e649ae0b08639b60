// Somebody writes lies into Redis for a minute while a campaign dials: what is
// dialled is in the list, nobody is signed in, nothing false is shown, and the
// books balance.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { JobLiar, Redis } from '../lib/redis.mjs';
import { stackUp, until, wait } from '../lib/stack.mjs';

const LIST = '/dashboard/campaigns', MINUTE = 60000, CONTACTS = 30000;
const FORGED = '<b>forged</b>';
const pick = all => all[Math.floor(Math.random() * all.length)];
const keyOf = token => `session:${createHash('sha256').update(token).digest('hex')}`;
const copyOf = role => `1\n1\n1\n${role}\n0\n0\n1\n9999999999999999\na@b.example\nforged\nDemo\nUTC`;

let stack, passed = false;
before(async () => { stack = await stackUp({ sim: 'speed=500' }); });
after(() => stack?.down(!passed));

// What lies there is spoilt in one of many ways, or put somewhere else.
async function spoil(redis, key, others) {
  const type = await redis.ask('TYPE', key);
  if (type === 'list')
    return redis.ask('RPUSH', key, `+${FORGED}\n`);
  if (type !== 'string')
    return redis.ask('SET', key, FORGED, 'PX', 500);
  const was = await redis.ask('GET', key) ?? '', at = Math.floor(Math.random() * was.length);
  const made = pick([
    () => was.slice(0, at) + FORGED + was.slice(at + FORGED.length),
    () => FORGED + was.slice(0, at),
    () => '\0'.repeat(40) + FORGED,
    () => was.slice(0, 40) + copyOf(2),
    () => String(BigInt(Date.now() + 30000) << 20n),
    () => '7',
    () => '',
  ])();
  await redis.ask('SET', key, made, 'PX', 2000);
  if (others.length)
    await redis.ask('COPY', key, pick(others), 'REPLACE');
}

async function lie(socket, end, mine) {
  const redis = new Redis(socket);
  let told = 0;
  while (Date.now() < end) {
    // Jobs and wake-ups are the other liar's; a carrier's stream that is no
    // stream any more only stops it.
    const keys = (await redis.ask('KEYS', '*')).filter(k => !/^(call|wake)/.test(k));
    const key = pick(keys);
    if (key) await spoil(redis, key, keys.filter(k => k !== key));
    await redis.ask('SET', keyOf(mine), pick([copyOf(2), copyOf(77), `${'\x7f'.repeat(40)}${copyOf(2)}`, '']), 'PX', 500);
    await redis.ask('XADD', 'wake', '*', 'b', pick(['1', '99', 'x', randomBytes(30).toString('latin1')]));
    told++;
  }
  redis.close();
  return told;
}

test('for a minute', { timeout: 10 * MINUTE }, async () => {
  const id = stack.campaign('Hostile', CONTACTS), run_ = () => stack.runOf(id);
  const page = await stack.signIn();
  stack.sql('UPDATE carrier SET cps = 300');
  stack.action('start', id);
  const socket = stack.env.REDIS_SOCKET, end = Date.now() + MINUTE, token = randomBytes(32).toString('base64url');
  const carrier = stack.one('SELECT MAX(id) FROM carrier');
  const jobs = new JobLiar(socket, `call:${carrier}`), lies = lie(socket, end, token);
  let pages = 0;
  while (Date.now() < end) {
    const got = await page.ask(LIST), text = await got.text();
    assert.equal(got.status, 200, 'who is signed in stays so');
    assert.doesNotMatch(text, /forged/);
    const stranger = await fetch(stack.url + LIST, { redirect: 'manual',
      headers: { cookie: `outdial=${token}.1.2` } });
    assert.equal(stranger.status, 303, 'who is not is not signed in');
    pages++;
    await wait(50);
  }
  await jobs.stop();
  const told = await lies;
  console.log(`# ${jobs.taken} jobs taken, ${told} other lies, ${pages} pages`);
  assert.ok(jobs.taken > 100 && told > 1000 && pages > 100);
  await until(300, 'the campaign is over', () => stack.finished(run_()) === CONTACTS);
  await until(60, 'its run is closed', () => stack.one(`SELECT ended_at IS NOT NULL FROM run WHERE id=${run_()}`) === '1');
  const known = new Set(stack.sql('SELECT phone FROM contact').map(([phone]) => phone));
  assert.deepEqual(stack.placed().filter(([, , number]) => !known.has(number)), []);
  stack.judge(run_(), CONTACTS);
  passed = true;
});
