// Webhooks: receivers on this machine that answer, hang, refuse, redirect and are
// gone; what each got is compared with the ledger, and its signatures are checked
// by the public library of the Standard Webhooks.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import { after, before, beforeEach, test } from 'node:test';
import { QUICK, act, balanced, completes, end, endAll, makeCampaign, makeWorld, outdial, served, sql,
  startDialler, startSim, until } from '../bed.mjs';
import { endReceivers, receive, settled } from '../receiver.mjs';

const require = createRequire(new URL('../../../web/package.json', import.meta.url));
const { Webhook } = require('standardwebhooks');
const ALLOW = 'webhook_allow = 127.0.0.0/8, ::1';
const ALL = 'attempt.ringing,attempt.answered,attempt.joined,attempt.finished,contact.final,campaign.status';
let dialler;

const json = (...args) => JSON.parse(outdial([...args, '--json']));
const addHook = (url, ...more) => json('webhook', 'add', url, ...more);
const removeAll = () => json('webhook', 'list').forEach(w => outdial(['webhook', 'remove', String(w.id)]));
const log = (id, ...more) => json('webhook', 'log', String(id), '--limit', '1000', ...more);
const ids = r => new Set(r.got.map(g => g.id));
const types = r => r.got.map(g => JSON.parse(g.body).type);
const events = (where = '1') => Number(sql(`SELECT COUNT(*) FROM event WHERE ${where}`));
// The node has read who wants events: it does so in each beat, after its lease.
async function known() {
  for (let i = 0; i < 2; i++) {
    const was = sql('SELECT MAX(lease_until) FROM node');
    await until('another beat', () => sql('SELECT MAX(lease_until) FROM node') !== was);
  }
}
async function upToDate(id) {
  await until('everything is sent', () => sql(`SELECT p.next_seq = s.next AND NOT EXISTS
  (SELECT 1 FROM delivery d WHERE d.endpoint_id=p.id AND d.state=0) FROM endpoint p JOIN event_seq s
  USING (workspace_id) WHERE p.id=${id}`) === '1', 60);
  await settled();
}

async function callAll(count, settings = {}) {
  const { id } = makeCampaign(count, settings);
  act('start', id);
  await completes(id);
  return id;
}

before(async () => {
  makeWorld();
  await startSim({ ...QUICK, speed: 300 });
  dialler = await startDialler('one', undefined, ALLOW);
  await served();
});
beforeEach(removeAll);
after(async () => {
  await endAll();
  await endReceivers();
});

test('a workspace without an endpoint has no event', async () => {
  await callAll(40);
  assert.equal(events(), 0);
  assert.equal(sql('SELECT COUNT(*) FROM event_seq'), '0');
  assert.equal(sql('SELECT COUNT(*) FROM delivery'), '0');
  balanced('without an endpoint');
});

test('a quick receiver gets everything once, beside one that hangs', async () => {
  const quick = await receive(), stuck = await receive(() => null);
  const { id, secret } = addHook(quick.url, '--events', ALL);
  const hung = addHook(stuck.url, '--events', ALL);
  await known();
  await callAll(200);
  await upToDate(id);
  // It hangs for 15 s; one that waited for it would have one batch of 50 by then.
  const first = () => sql(`SELECT MIN(at) FROM delivery WHERE endpoint_id=${hung.id}`);
  await until('the one that hangs has failed', () => first() !== 'NULL');
  const by = Number(sql(`SELECT COUNT(*) FROM delivery WHERE endpoint_id=${id} AND at < '${first()}'`));
  console.log(`# ${by} of ${quick.got.length} events came while the other one hung`);
  assert.ok(by >= 150, `the one that hangs holds nothing up: ${by} events`);
  // How many came before its fifth failure depends on what there was to send.
  await until('it fails as a whole', () => Number(sql(`SELECT fails FROM endpoint WHERE id=${hung.id}`)) >= 5, 60);
  const before_ = stuck.got.length;
  await until('one event is tried', () => stuck.got.length > before_, 60);
  await settled();
  const times = stuck.got.map(g => g.at);
  assert.deepEqual(times.filter((t, i) => t - times[i - 8] < 10_000), [], `at most 8 at once: ${times}`);
  assert.equal(times.filter(t => times.at(-1) - t < 3_000).length, 1, `then one at a time: ${times}`);
  assert.equal(ids(quick).size, quick.got.length, 'nothing came twice');
  assert.equal(quick.got.length, events());
  const finished = quick.got.map(g => JSON.parse(g.body)).filter(e => e.type === 'attempt.finished');
  const [run] = sql('SELECT MAX(id) FROM run');
  const attempts = sql(`SELECT phone, outcome FROM attempt WHERE run_id=(SELECT MAX(id) FROM run) ORDER BY phone`).split('\n');
  assert.equal(finished.length, attempts.length, `attempts of run ${run}`);
  assert.deepEqual(finished.map(e => e.data.phone_number).sort(), attempts.map(a => `+${a.split('\t')[0]}`));
  const end = finished.find(e => e.data.outcome === 'completed').data;
  assert.match(end.attempt_id, /^[0-9a-f]{8}-[0-9a-f]{4}-8/);
  assert.ok(end.talk_ms >= 0 && end.caller_number.startsWith('+44') && end.counted === true, JSON.stringify(end));
  assert.equal(end.q850_cause, 16);
  assert.equal(end.reason, 'Normal call clearing');
  const call = Buffer.from(end.attempt_id.replaceAll('-', '') + sql('SELECT LPAD(HEX(MAX(workspace_id)), 8, 0) FROM run'), 'hex');
  const code = createHmac('sha256', Buffer.from(sql('SELECT HEX(secret) FROM installation'), 'hex')).update('call result\0').update(call);
  assert.equal(end.result_url, `http://127.0.0.1/api/v1/results/${call.toString('hex')}${code.digest('hex')}`);
  assert.ok(quick.got.every(g => /"type":"attempt\.(answered|joined|finished)"/.test(g.body) === g.body.includes('"result_url"')));
  for (const [kind, count] of [['attempt.joined', 'outcome IN (1, 7)'], ['attempt.answered', 'outcome IN (1, 7, 8)']])
    assert.equal(types(quick).filter(t => t === kind).length,
      Number(sql(`SELECT COUNT(*) FROM attempt WHERE run_id=(SELECT MAX(id) FROM run) AND ${count}`)), kind);
  assert.equal(types(quick).filter(t => t === 'contact.final').length, 200);
  const status = quick.got.map(g => JSON.parse(g.body)).filter(e => e.type === 'campaign.status').map(e => e.data.status);
  assert.deepEqual(status, ['running', 'completed']);
  const hook = new Webhook(secret);
  for (const { body, headers } of quick.got) hook.verify(body, headers);
  assert.throws(() => hook.verify(quick.got[0].body.replace('}', ' }'), quick.got[0].headers));
  const numbers = quick.got.map(g => JSON.parse(g.body).data.sequence).sort((a, b) => a - b);
  assert.deepEqual(numbers, numbers.map((_, i) => i + 1), 'the numbers have no gap');
  balanced('with two endpoints');
});

test('an endpoint gets only the kinds that it asks for', async () => {
  const r = await receive();
  const { id } = addHook(r.url, '--events', 'campaign.status');
  await known();
  const before_ = events('kind <> 5');
  await callAll(5);
  await upToDate(id);
  assert.deepEqual(types(r), ['campaign.status', 'campaign.status']);
  assert.equal(events('kind <> 5'), before_, 'nothing else was written');
});

test('500 for a while: tried again under the same id, and the others go on', async () => {
  const r = await receive((n, { id }, state) => {
    state.bad ??= {};
    if (Object.keys(state.bad).length < 2) state.bad[id] ??= 0;
    return id in state.bad && state.bad[id]++ === 0 ? 500 : 200;
  });
  const { id } = addHook(r.url);
  await known();
  await callAll(30);
  await until('all but two are delivered', () => log(id, '--state', 'delivered').length >= 60);
  await upToDate(id);
  const twice = r.got.filter((g, i) => r.got.findIndex(o => o.id === g.id) < i);
  assert.equal(twice.length, 2, 'two were sent twice');
  for (const one of twice) assert.equal(r.got.find(g => g.id === one.id).body, one.body);
  assert.deepEqual(log(id).filter(d => d.tries === 2).map(d => d.status), [200, 200]);
});

test('a rotation: for a day both secrets sign', async () => {
  const r = await receive();
  const { id, secret } = addHook(r.url);
  const { secret: fresh } = json('webhook', 'rotate', String(id));
  assert.notEqual(secret, fresh);
  outdial(['webhook', 'test', String(id)]);
  await until('the test event comes', () => r.got.length);
  const [{ body, headers }] = r.got;
  assert.match(headers['webhook-signature'], /^v1,\S{44} v1,\S{44}$/);
  new Webhook(secret).verify(body, headers);
  new Webhook(fresh).verify(body, headers);
  assert.equal(JSON.parse(body).type, 'webhook.test');
  sql(`UPDATE endpoint SET old_until = NOW(6) - INTERVAL 1 SECOND`);
  outdial(['webhook', 'test', String(id)]);
  await until('the next one comes', () => r.got.length === 2);
  assert.match(r.got[1].headers['webhook-signature'], /^v1,\S{44}$/);
  assert.throws(() => new Webhook(secret).verify(r.got[1].body, r.got[1].headers));
});

test('replay of one, of a range and of everything since', async () => {
  const r = await receive();
  const { id } = addHook(r.url, '--events', 'contact.final');
  await known();
  const [since] = sql("SELECT DATE_FORMAT(NOW(6), '%Y-%m-%dT%H:%i:%s.%fZ')").split('\n');
  await callAll(12);
  await upToDate(id);
  assert.equal(r.got.length, 12);
  const all = log(id).map(d => d.event).sort((a, b) => a - b), first = new Set(r.got.map(g => g.id));
  const again = async (count, ...options) => {
    r.got.length = 0;
    assert.equal(json('webhook', 'replay', String(id), ...options.map(String)).events, count);
    await upToDate(id);
    assert.equal(r.got.length, count);
    for (const g of r.got) assert.ok(first.has(g.id), 'under its old id');
  };
  await again(1, '--from', all[3], '--to', all[3]);
  await again(5, '--from', all[2], '--to', all[6]);
  await again(12, '--since', since);
  await again(2, '--from', all[10]);
  assert.equal(sql(`SELECT COUNT(*) FROM audit WHERE action='replay webhook'`), '4');
});

test('410 switches it off; the audit log and the count of the list say so', async () => {
  const r = await receive(() => 410);
  const { id } = addHook(r.url);
  outdial(['webhook', 'test', String(id)]);
  await until('it is off', () => json('webhook', 'list').find(w => w.id === id).state === 'gone');
  await settled();
  assert.equal(r.got.length, 1);
  assert.match(sql(`SELECT became FROM audit WHERE action='switch webhook off' AND actor=''`), /"off":"gone"/);
  outdial(['webhook', 'on', String(id)]);
  assert.equal(json('webhook', 'list').find(w => w.id === id).state, 'on');
});

test('one that fails as a whole is tried one event at a time, and after a day not at all', async () => {
  const r = await receive((n, one, { open }) => (open ? 200 : 503));
  const { id } = addHook(r.url);
  await known();
  await callAll(30);
  await until('it fails as a whole', () => sql(`SELECT fails >= 5 FROM endpoint WHERE id=${id}`) === '1');
  await settled();
  const had = r.got.length;
  assert.ok(had <= 5 + 8, `${had} tries`);
  await until('a probe', () => r.got.length > had, 15);
  await settled();
  assert.equal(r.got.length, had + 1, 'one at a time');
  r.set({ open: true });
  await upToDate(id);
  assert.equal(ids(r).size, Number(sql(`SELECT COUNT(*) FROM delivery WHERE endpoint_id=${id} AND state=1`)));
  r.set({ open: false });
  sql(`UPDATE endpoint SET fails=6, failing_since=NOW(6) - INTERVAL 25 HOUR, next_at=NOW(6) WHERE id=${id}`);
  outdial(['webhook', 'test', String(id)]);
  await until('it is given up', () => json('webhook', 'list').find(w => w.id === id).state === 'failed', 40);
});

test('a redirect is not followed, and a long answer not read to its end', async () => {
  const other = await receive();
  const r = await receive((n, one, { to }) => (n === 1 ? { status: 302, headers: { location: to } }
    : { status: 200, body: 'x'.repeat(5_000_000) }));
  r.set({ to: other.url });
  const { id } = addHook(r.url);
  outdial(['webhook', 'test', String(id)]);
  await until('it was answered', () => log(id).length);
  assert.equal(log(id)[0].status, 302);
  await until('it was tried again', () => log(id)[0].state === 'delivered');
  await settled();
  assert.equal(other.got.length, 0);
});

test('kill -9 in mid-delivery: each event comes, perhaps twice, under the same id', async () => {
  const r = await receive();
  const { id } = addHook(r.url, '--events', ALL);
  await known();
  const { id: campaign } = makeCampaign(400);
  act('start', campaign);
  for (let i = 0; i < 3; i++) {
    const had = r.got.length;
    await until('some are sent', () => r.got.length > had + 20);
    await end(dialler, 'SIGKILL');
    dialler = await startDialler('one', undefined, ALLOW);
  }
  await completes(campaign, 90);
  await upToDate(id);
  const [low, high] = sql(`SELECT MIN(seq), MAX(seq) FROM delivery WHERE endpoint_id=${id}`).split('\t').map(Number);
  const sent = ids(r);
  for (let n = low; n <= high; n++) assert.ok(sent.has(`evt_1_${n}`), `event ${n} was lost`);
  const finished = new Set(r.got.map(g => JSON.parse(g.body)).filter(e => e.type === 'attempt.finished').map(e => e.data.attempt_id));
  assert.equal(String(finished.size), sql('SELECT COUNT(*) FROM attempt WHERE run_id=(SELECT MAX(id) FROM run)'));
  const bodies = new Map();
  for (const g of r.got) {
    if (bodies.has(g.id)) assert.equal(bodies.get(g.id), g.body);
    bodies.set(g.id, g.body);
  }
  console.log(`# ${r.got.length - sent.size} of ${sent.size} events came twice`);
  balanced('after kill -9');
});

test('an address in the own network is refused at the socket, whatever its name', async () => {
  await end(dialler);
  dialler = await startDialler('one', undefined, 'webhook_allow = 10.9.9.9');
  const r = await receive();
  const hooks = ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '[64:ff9b::7f00:1]', '0.0.0.0', '2130706433']
    .flatMap(host => ['http', 'https'].map(scheme => addHook(`${scheme}://${host}:${r.port}/`).id));
  for (const id of hooks) outdial(['webhook', 'test', String(id)]);
  for (const id of hooks) {
    await until('it was tried', () => log(id).length);
    assert.match(log(id)[0].error, /may not be sent to/, JSON.stringify(json('webhook', 'list').find(w => w.id === id)));
    assert.equal(log(id)[0].status, 0);
  }
  await settled();
  assert.equal(r.got.length, 0);
});
