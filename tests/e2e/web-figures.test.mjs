// What the pages of a campaign say, recounted from its contacts, attempts, reports
// and live calls at the same instant: in mid-run and in every status.  The dialler
// stands still while it is looked at.
import assert from 'node:assert/strict';
import test from 'node:test';

import { pidOf, sql, until } from '../bench/lib/stack.mjs';

const { OUTDIAL_URL: url, OUTDIAL_API_KEY: key, OUTDIAL_EMAIL: email, OUTDIAL_PASSWORD: password } = process.env;
const CONTACTS = 240;
let cookie;

async function api(method, at, body) {
  const answer = await fetch(`${url}/api/v1${at}`, { method, body: body && JSON.stringify(body),
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' } });

  assert.ok(answer.ok, `${method} ${at}: ${answer.status} ${answer.ok || await answer.text()}`);
  return answer.json();
}

async function page(at) {
  if (!cookie) {
    const answer = await fetch(`${url}/login`, { method: 'POST', redirect: 'manual', headers: { origin: url },
      body: new URLSearchParams({ email, password }) });

    [cookie] = answer.headers.get('set-cookie').split(';');
  }
  const answer = await fetch(`${url}/dashboard/campaigns/${at}`, { headers: { cookie } });

  assert.equal(answer.status, 200, at);
  return answer.text();
}

const number = (text) => Number(text.replace(/[,%]/g, ''));
const text = (html) => html.replace(/<[^>]*>/g, ' ').replace(/&[^;]*;/g, '').replace(/\s+/g, ' ').trim();
const part = (html, from, to) => new RegExp(`${from}([^]*?)${to}`).exec(html)?.[1] ?? '';
const tiles = (html) => Object.fromEntries([...html.matchAll(/<dt>([^<]*)<\/dt><dd>([^<]*)/g)].map((m) => [m[1], m[2]]));
// rows of a table, each as [head, ...cells]
const rows = (html, caption) => [...part(html, caption, '<\\/table>').matchAll(/<tr>(<th scope="row">[^]*?)<\/tr>/g)]
  .map((m) => [...m[1].matchAll(/<t[hd][^>]*>([^]*?)<\/t[hd]>/g)].map((cell) => text(cell[1])));

// What the two pages say.
async function said(id) {
  const over = await page(id), performance = await page(`${id}/performance`);
  const figures = tiles(part(over, 'class="card phase', '<(details|/section)')), live = tiles(part(over, 'id="calls-title"', '<table'));
  const parts = (name) => rows(performance, `id="${name}-title"`).map((r) =>
    [r[1], r[2].split(' ')[0], r[3], r[4].split(' ')[0], r[5], r[6]].map(number)).sort((a, b) => b[0] - a[0]);

  return {
    progress: part(over, 'class="phase-text">', '<\\/div>').match(/<b>[^<]*<\/b>/g)?.map(text).slice(0, 2),
    rates: [figures['Answer Rate'], figures['Completion Rate'], figures['Goal Rate']],
    ended: number(figures['Calls finished'] ?? '0'),
    live: live.Ringing === undefined ? null : ['Dialling', 'Ringing', 'In a call', 'Retries', 'Callbacks'].map((name) => number(live[name])),
    outcomes: rows(over, 'Outcomes of this run').map((r) => [r[0], number(r[2])]),
    dispositions: rows(over, 'What bots reported').map((r) => [r[0].split(' ')[0], number(r[2])]),
    passes: rows(over, 'id="passes-title"').map((r) => r.slice(0, 3).map(number)),
    numbers: parts('numbers'), carriers: parts('carriers'), nodes: parts('nodes'),
  };
}

const tenths = (part_, whole) => (whole ? `${Math.floor(part_ * 1000 / whole) / 10}%` : '—');

// The same, from the rows of each contact, call and report.
function recounted(id) {
  const run = `(SELECT current_run FROM campaign WHERE id = ${id})`;
  const one = (query) => Number(sql(query)[0][0]);
  const list = (query) => sql(query).map((row) => row.map((cell) => (/^\d+$/.test(cell) ? Number(cell) : cell)));
  const contacts = (where) => one(`SELECT COUNT(*) FROM run_contact WHERE run_id = ${run} AND (${where})`);
  const total = one(`SELECT SUM(COALESCE(s.upto, p.n)) FROM segment s JOIN list_part p USING (list_id, part) WHERE campaign_id = ${id}`);
  const ended = one(`SELECT COALESCE(SUM(counted), 0) FROM attempt WHERE run_id = ${run}`);
  const answered = one(`SELECT COUNT(*) FROM attempt a LEFT JOIN call_result e USING (run_id, seg, ordinal, seq, nonce)
    WHERE run_id = ${run} AND outcome IN (1, 7, 8) AND COALESCE(e.answered_by, 0) NOT IN (2, 3)`);
  const reported = one(`SELECT COUNT(*) FROM call_result WHERE run_id = ${run} AND disposition <> ''`);
  const goals = one(`SELECT COUNT(*) FROM call_result WHERE run_id = ${run} AND disposition = 'sold'`);
  const processed = contacts('tries > 0 OR state IN (8, 9)'), status = one(`SELECT status FROM campaign WHERE id = ${id}`);
  const states = Object.fromEntries(sql(`SELECT state, COUNT(*) FROM live_call WHERE run_id = ${run} GROUP BY state`));
  const up = [1, 2, 3].map((state) => Number(states[state] ?? 0));
  const by = (column) => list(`SELECT SUM(counted), SUM(outcome IN (1, 7, 8)), SUM(outcome = 1),
    SUM(outcome = 1 AND COALESCE(talk_ms, 0) <= 6000), SUM(outcome = 13), SUM(outcome = 12)
    FROM attempt WHERE run_id = ${run} GROUP BY ${column}`).sort((a, b) => b[0] - a[0]);
  const percent = Math.floor(processed * 100 / total);

  return {
    progress: [percent || !processed ? `${percent}%` : '1%', `${contacts('spoke = 1').toLocaleString('en')}`],
    rates: status ? [tenths(answered, ended), ended ? tenths(contacts('state BETWEEN 4 AND 8'), total) : '—', tenths(goals, reported)]
      : [undefined, undefined, undefined],
    ended,
    live: status === 1 || status === 2 || contacts('state = 1') ? [...up, contacts('state = 2'), contacts('state = 3')] : null,
    outcomes: sql(`SELECT CASE outcome ${WORDS.map((word, i) => `WHEN ${i + 1} THEN '${word}'`).join(' ')} END, COUNT(*)
      FROM attempt WHERE run_id = ${run} GROUP BY outcome ORDER BY outcome`).map(([word, n]) => [word, Number(n)]),
    dispositions: list(`SELECT disposition, COUNT(*) FROM call_result
      WHERE run_id = ${run} AND disposition <> '' GROUP BY disposition ORDER BY COUNT(*) DESC, disposition`),
    passes: list(`SELECT pass, SUM(counted), SUM(outcome = 1) FROM (SELECT counted, outcome,
        1 - counted + SUM(counted) OVER (PARTITION BY seg, ordinal ORDER BY seq) AS pass
        FROM attempt WHERE run_id = ${run}) t GROUP BY pass ORDER BY pass`),
    numbers: by('number_id'), carriers: by('carrier_id'), nodes: by('slot'),
  };
}
const WORDS = ['Completed', 'No answer', 'Busy', 'Rejected', 'Unreachable', 'Invalid number', 'Voicemail', 'Abandoned', 'Error', 'Timeout',
  'Lost', 'Congestion', 'Blocked', 'Cancelled'];

const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
const raw = (id) => [...id].reduce((n, c) => n * 32n + BigInt(LETTERS.indexOf(c)), 0n);

// With the dialler held still, so that nothing happens between the two.
async function compare(id, when) {
  process.kill(pidOf('outdial-dialler'), 'SIGSTOP');
  try {
    // what it had sent is done when nothing of it runs any more
    await until(10, 'the database is at rest', () => sql(`SELECT COUNT(*) FROM information_schema.innodb_trx`)[0][0] === '0');
    assert.deepEqual(await said(id), recounted(raw(id)), when);
  } finally {
    process.kill(pidOf('outdial-dialler'), 'SIGCONT');
  }
}

// Some bots report, some twice, of calls that are up.
async function report(id, round) {
  const { attempts } = await api('GET', `/campaigns/${id}/calls?limit=20`);

  for (const [i, call] of attempts.filter((c) => c.state !== 'queued').entries()) {
    const disposition = ['sold', 'later', '', 'declined'][(i + round) % 4];

    await api('POST', `/attempts/${call.attempt_id}/result`, { disposition, answered_by: i % 5 ? 'human' : 'machine' });
    if (i % 3 === 0)
      await api('POST', `/attempts/${call.attempt_id}/result`, { disposition: 'later', answered_by: 'human' });
  }
}

test('every figure is what the rows come to, in mid-run and in every status', async () => {
  const { bots } = await api('GET', '/bots'), { numbers } = await api('GET', '/numbers');
  const { id } = await api('POST', '/campaigns', { name: 'Recounted', bot_id: bots[0].id, numbers: numbers.slice(0, 3).map((n) => n.id),
    mode: 'multi_day', window_start: '00:00', window_end: '24:00', days: 'mon,tue,wed,thu,fri,sat,sun', zone: 'UTC', holidays: false,
    concurrency: 30, max_attempts: 3, retry_delay: 1, goal_dispositions: 'sold' });
  const done = () => Number(sql(`SELECT COUNT(*) FROM attempt JOIN campaign ON run_id = current_run WHERE id = ${raw(id)}`)[0][0]);
  const act = (action) => api('POST', `/campaigns/${id}/${action}`);

  await api('POST', `/campaigns/${id}/trigger`, { contacts: Array.from({ length: CONTACTS },
    (_, i) => ({ phone_number: `+4420794${60000 + i}` })) });
  await compare(id, 'a draft');
  await act('start');
  await compare(id, 'just started');
  for (const [round, calls] of [15, 60, 120].entries()) {
    await until(60, `${calls} calls are over`, () => done() >= calls);
    await report(id, round);
    await compare(id, `running, ${calls} calls are over`);
  }
  await act('pause');
  await compare(id, 'paused, with calls finishing');
  await until(60, 'its calls are over', () => sql(`SELECT COUNT(*) FROM live_call WHERE campaign_id = ${raw(id)}`)[0][0] === '0');
  await compare(id, 'paused');
  await act('resume');
  await until(60, 'it calls again', () => done() >= 160);
  await act('stop');
  await compare(id, 'stopped, with calls finishing');
  await until(60, 'its calls are over', () => sql(`SELECT COUNT(*) FROM live_call WHERE campaign_id = ${raw(id)}`)[0][0] === '0');
  await compare(id, 'completed');
  await act('restart');
  await compare(id, 'prepared for another run');
  await act('start');
  await until(60, 'the second run has calls', () => done() >= 20);
  await compare(id, 'the second run');
  sql(`UPDATE number n JOIN campaign_number m ON m.number_id = n.id SET n.enabled = 0 WHERE m.campaign_id = ${raw(id)}`);
  await until(60, 'it has failed', () => sql(`SELECT status FROM campaign WHERE id = ${raw(id)}`)[0][0] === '4');
  await compare(id, 'failed');
});
