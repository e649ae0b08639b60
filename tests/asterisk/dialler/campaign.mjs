// Campaigns that a dialler dials through a real PBX.  SIPp's log of INVITEs is
// the judge: who was called, and that nobody was called twice.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import * as bed from '../../dialler/bed.mjs';
import * as pbx from '../pbx.mjs';

// What a phone does by its last digits, and what becomes of a call to it.
const KINDS = {
  200: 'completed', 209: 'completed', 180: 'no_answer', 100: 'unreachable', 479: 'unreachable', 184: 'busy', 302: 'error',
  404: 'invalid_number', 410: 'invalid_number', 484: 'invalid_number', 486: 'busy', 600: 'busy', 488: 'error',
  500: 'congestion', 503: 'congestion', 403: 'blocked', 480: 'no_answer', 603: 'rejected', 615: 'rejected', 613: 'blocked',
  614: 'blocked', 616: 'blocked', 618: 'blocked', 607: 'blocked', 608: 'blocked',
};
const OPEN = ['congestion', 'blocked', 'cancelled']; // the contact stays to be called
const manager = '\n[outdial](+)\nsecret = open-sesame\n';
const extensions = '\n[outdial-bots]\nexten => 1001,1,Answer()\n same => n,Wait(600)\n';
export const CARRIER = ['Trunk', '127.0.0.1:5038', '--kind', 'ami', '--user', 'outdial', '--secret', '-',
  '--dial', 'PJSIP/{number}@trunk'];

before(async () => {
  await Promise.all([pbx.startAsterisk({ manager, extensions }), pbx.startPhones(), pbx.startBots()]);
  bed.makeWorld({ cps: 100, channels: 200, carrier: CARRIER, secret: 'open-sesame\n',
    bot: 'sip:bot201@127.0.0.1:5080' });
  await bed.startDialler();
  await bed.served();
});
after(async () => {
  await bed.endAll();
  await pbx.endAll();
});

// By their numbers in the database.
const WORDS = ['', ...[...readFileSync(path.join(import.meta.dirname, '../../../src/app/outcome.h'), 'utf8')
  .matchAll(/X\(\d+, +[A-Z_]+, +"(\w+)"/g)].map(([, word]) => word)];

// The outcomes of the last run's attempts, by phone.
const outcomes = () => new Map(bed.sql(`SELECT phone, GROUP_CONCAT(outcome ORDER BY seq) FROM attempt
  WHERE run_id=(SELECT MAX(id) FROM run) GROUP BY phone`).split('\n').filter(Boolean).map(line => line.split('\t'))
  .map(([phone, numbers]) => [phone, numbers.split(',').map(n => WORDS[n])]));

let numbers = 0;
const many = {
  concurrency: 60, ring_timeout: 15, max_attempts: 1,
};
const phonesOf = (digits, count) => Array.from({ length: count }, () => `4475${String(numbers++).padStart(5, '0')}${digits}`);

test('each phone’s answer is the outcome of its contact, and everybody is called once', async () => {
  // few of them are congestion, which slows the whole trunk; and no two alike in a
  // row, as with 480 that would be congestion, too
  const kinds = Object.keys(KINDS).map(digits =>
    phonesOf(digits, KINDS[digits] === 'congestion' ? 5 : digits === '200' ? 44 : 43));
  const phones = Array.from({ length: 44 }, (_, i) => kinds.flatMap(of => of.slice(i, i + 1))).flat();
  assert.equal(phones.length, 1000);
  const { id } = bed.makeCampaign(phones, many);
  bed.act('start', id);
  await bed.until('every contact was called', () => Number(bed.sql(
    'SELECT COUNT(DISTINCT phone) FROM attempt WHERE run_id=(SELECT MAX(id) FROM run)')) === phones.length, 150);
  bed.act('stop', id);
  await bed.until('no call is up', () => bed.sql('SELECT COUNT(*) FROM live_call') === '0');
  const was = outcomes();
  const wrong = phones.filter(p => was.get(p).some(word => word !== KINDS[p.slice(-3)]));
  assert.deepEqual(wrong.map(p => `${p} ${was.get(p)}`), []);
  const called = new Map();
  for (const { called: number } of pbx.invites()) called.set(number, (called.get(number) ?? 0) + 1);
  for (const phone of phones) {
    const attempts = was.get(phone);
    assert.equal(called.get(phone), attempts.length, `INVITEs to ${phone}`);
    if (!OPEN.includes(attempts.at(-1))) assert.equal(attempts.length, 1, phone);
  }
  assert.deepEqual([...called.keys()].filter(number => !phones.includes(number)), [], 'nobody else was called');
  bed.outdial(['check']);
});

test('480 from everybody at once is a full trunk, and nobody’s refusal', async () => {
  const { id } = bed.makeCampaign(phonesOf(479, 30), many);
  bed.act('start', id);
  await bed.until('30 attempts', () => [...outcomes().values()].flat().length >= 30);
  bed.act('stop', id);
  await bed.until('no call is up', () => bed.sql('SELECT COUNT(*) FROM live_call') === '0');
  assert.deepEqual([...new Set([...outcomes().values()].flat())], ['congestion']);
});

test('a trunk that refuses our account is paused, and the screen’s reason says why', async () => {
  const { id, phones } = bed.makeCampaign(phonesOf(402, 200), many);
  const trouble = () => bed.sql('SELECT MAX(trouble) FROM carrier_share');
  assert.equal(trouble(), '');
  bed.act('start', id);
  await bed.until('the carrier is paused', () => /no credit/.test(trouble()));
  await bed.pause(2000);
  bed.act('stop', id);
  await bed.until('no call is up', () => bed.sql('SELECT COUNT(*) FROM live_call') === '0');
  const called = new Set(pbx.invites().map(i => i.called));
  assert.ok(phones.filter(p => called.has(p)).length < 100, 'the rest is spared');
  bed.outdial(['check']);
});
