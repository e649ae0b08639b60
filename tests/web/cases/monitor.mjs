// What goes on in a campaign, in words, and what has come of its run: the banner,
// the figures, the page Performance.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser, HTMX, LIST, addCampaign, makeDatabase, rawId, runOf, sql, startWeb, stopAll } from '../bed.mjs';

let web, b;
before(async () => {
  makeDatabase();
  web = await startWeb();
  b = await new Browser(web).signIn('admin@one.test');
  sql(`INSERT INTO node VALUES (0, 42, 'north 4711', NOW(6) + INTERVAL 1 HOUR)`);
});
after(stopAll);

const text = html => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const page = async (id, tab = '') => (await b.get(`${LIST}/${id}${tab}`)).body;
const banner = async id => text(/<section class="card state[^]*?<\/section>/.exec(await page(id))?.[0] ?? '').trim();
const tiles = async id => text(/<dl class="tiles">[^]*?<\/dl>/.exec(await page(id))?.[0] ?? '').trim();

let made = 0;
function running(settings = 'name = name', more = '') {
  const id = addCampaign({ name: `Monitored ${++made}`, status: 'running', contacts: 100 }), run = runOf(id);
  sql(`UPDATE campaign SET started_at = NOW(6) - INTERVAL 1 HOUR, ${settings} WHERE id = ${rawId(id)}; ${more.replaceAll('RUN', run)}`);
  return id;
}
const passes = (ago, run = 'RUN') => `INSERT INTO run_breakdown (run_id, slot, carrier_id, number_id, pass, ended, answered,
    connected, brief, blocked, congested, talk_ms, first_at, last_at)
  VALUES (${run}, 0, 1, 1, 1, 60, 30, 20, 5, 2, 1, 400000, NOW(6) - INTERVAL 1 HOUR, NOW(6) - INTERVAL ${ago} SECOND),
    (${run}, 1, 1, 9, 2, 20, 10, 10, 0, 0, 0, 200000, NOW(6) - INTERVAL 50 MINUTE, NOW(6) - INTERVAL 1 HOUR);`;

test('the banner says what goes on, and what it waits for until when', async () => {
  const cases = {
    'calls are up': [running('name = name', 'UPDATE run_count SET active = 3 WHERE run_id = RUN;'), /^Live Activity 3 calls under way\.$/],
    'between two calls': [running('name = name', passes(10)), /^Live Activity$/],
    'nothing for half a minute': [running('name = name', passes(31)), /^Idle Nothing has been dialled for 30 s/],
    'a retry is due later': [running('name = name', `UPDATE run SET wait = 1, wait_until = '2035-01-01 10:32' WHERE id = RUN;`),
      /^Idle Next retry at 10:32 on 1 Jan 2035\.$/],
    'a due time that has passed': [running('name = name', `UPDATE run SET wait = 1, wait_until = NOW(6) WHERE id = RUN; ${passes(5)}`),
      /^Live Activity$/],
    'the hours are over': [running('window_start = 0, window_end = 1, days = 1 << ((WEEKDAY(NOW()) + 2) % 7)'),
      /^Paused – Outside time window Opens \w+ 00:00\.$/],
    'a zone that nobody knows': [running(`zone = 'Mars/Olympus'`), /^Paused – Outside time window Closed: unknown time zone Mars\/Olympus\.$/],
    'no carrier': [running('name = name', `UPDATE run SET wait = 6, wait_until = NOW(6) - INTERVAL 1 HOUR WHERE id = RUN;`),
      /^Carrier unavailable Carrier unavailable since \d\d:\d\d.*\. Carriers of its numbers: Sim\.$/],
    'paused, with calls': [addCampaign({ name: 'Paused', status: 'paused' }), /^Paused 1 call finishing\. Nobody is called until it is resumed\.$/],
    over: [addCampaign({ name: 'Over', status: 'completed' }), /^Campaign Performance No calls were made\.$/],
    failed: [addCampaign({ name: 'Failed', status: 'failed' }), /^Campaign Performance The bot is gone\. On average 1\.33 calls a contact and 15 s of talk per answered call\. The run took 2 h 0 min\.$/],
    'a draft': [addCampaign({ name: 'Draft' }), /^$/],
    'a draft that ran': [addCampaign({ name: 'Again', status: 'completed' }),
      /^Prepared for another run Run 1 processed 7 of 10 contacts, 3 connected\. It is among the runs; until the next one starts, Cancel restart/],
  };
  sql(`UPDATE run_count SET active = 1 WHERE run_id = ${runOf(cases['paused, with calls'][0])};
    UPDATE run SET reason = 'The bot is gone.' WHERE id = ${runOf(cases.failed[0])};
    UPDATE run_count SET processed = 60, ended = 80 WHERE run_id = ${runOf(cases.failed[0])};
    UPDATE campaign SET started_at = NOW(6) - INTERVAL 2 HOUR, completed_at = started_at + INTERVAL 2 HOUR WHERE id = ${rawId(cases.failed[0])};
    ${passes(10, runOf(cases.failed[0]))}`);
  sql(`UPDATE run_count SET processed = 7, connected = 3 WHERE run_id = ${runOf(cases['a draft that ran'][0])}`);
  assert.equal((await b.post(`${LIST}/${cases['a draft that ran'][0]}/restart?from=completed`, { confirm: '1' })).status, 303);
  for (const [what, [id, said]] of Object.entries(cases))
    assert.match(await banner(id), said, what);
  sql('UPDATE workspace SET held_at = NOW(6) WHERE id = 1');
  assert.match(await banner(cases['calls are up'][0]), /^On hold 3 calls finishing\. The workspace is on hold/);
  sql('UPDATE workspace SET held_at = NULL WHERE id = 1; DELETE FROM node');
  assert.match(await banner(cases['nothing for half a minute'][0]), /^No dialler is running Calls begin when one is started\.$/);
  sql(`INSERT INTO node VALUES (0, 42, 'north 4711', NOW(6) + INTERVAL 1 HOUR)`);
});

test('its figures: rates, goals, calls a contact, abandoned calls, passes', async () => {
  const id = running(`goal_dispositions = 'sold,kept'`, `${passes(10)}
    UPDATE run_count SET processed = 50, connected = 30, ended = 80, answered = 40, completed = 30, o_1 = 32 WHERE run_id = RUN;
    INSERT INTO run_disposition VALUES (RUN, 'sold', 3, 9), (RUN, 'sold', 1, -1), (RUN, 'later', 0, 12), (RUN, 'gone', 0, 1), (RUN, 'gone', 1, -1);`);
  sql(`SET @now = UNIX_TIMESTAMP() DIV 60 DIV 15 * 15;
    INSERT INTO campaign_period VALUES (${rawId(id)}, 15, @now - 60, 0, 40, 20, 25, 1), (${rawId(id)}, 15, @now - 60, 1, 40, 20, 25, 0),
      (${rawId(id)}, 15, @now - 2 * 1440, 0, 100, 40, 50, 4), (${rawId(id)}, 1440, @now DIV 1440 * 1440, 0, 80, 40, 50, 1),
      (${rawId(id)}, 1440, (@now DIV 1440 - 29) * 1440, 0, 100, 40, 50, 4), (${rawId(id)}, 1440, (@now DIV 1440 - 30) * 1440, 0, 100, 50, 50, 50)`);
  assert.equal(await tiles(id), 'Answer Rate 50% Completion Rate 30% Goal Rate 40% 8 reached Calls finished 80 1.6 a contact ' +
    'Abandoned in 24 h 2% 5% in 30 days, above the limit of 3%');
  const body = await page(id), said = text(body);
  assert.match(said, /Dispositions .* later 12 60% sold Goal 8 40% <?/);
  assert.doesNotMatch(said, /gone/, 'a disposition that was taken back is not there');
  assert.match(said, /Passes .* 1 60 20 .* 2 20 10 /);
  assert.match(said, /Last call 1[0-9] s ago/);
  assert.match(said, /What the figures mean Processed .* Answer Rate Of the calls finished, those that a person answered/);
  const plain = running();
  assert.equal(await tiles(plain), 'Answer Rate — Completion Rate — Calls finished 0', 'no goals, nothing abandoned');
});

test('it says when all are finished, by hours, pace and retries', async () => {
  const done = async id => text(/<span class="eta">[^<]*/.exec(await page(id))?.[0] ?? '').trim();
  assert.match(await done(running()), /^Done about .* at this pace$/);
  // 60 of 100 left, 1 seat, 30 minutes each: 30 hours, and all answer
  const slow = running('concurrency = 1', `UPDATE run_count SET processed = 40, ended = 50, answered = 50 WHERE run_id = RUN;
    INSERT INTO run_minute (run_id, minute, slot, ended, answered, handled, talk_ms)
      VALUES (RUN, UNIX_TIMESTAMP() DIV 60 - 1, 0, 50, 50, 50, 50 * 1800000);`);
  const at = new Date(Date.now() + 30 * 3600e3), clock = await done(slow);
  assert.match(clock, new RegExp(`^Done about (0?${at.getUTCHours()}:|\\w+ .*|.*tomorrow)`), clock);
  const [hour, minute] = /(\d\d):(\d\d)/.exec(clock).slice(1).map(Number);
  const off = Math.abs(hour * 60 + minute - at.getUTCHours() * 60 - at.getUTCMinutes());
  assert.ok(Math.min(off, 1440 - off) <= 2, `${clock}, expected ${at.toISOString()}`);
  assert.match(await done(running('mode = 0, concurrency = 1, last_day = DATEDIFF(CURDATE(), "1970-01-01")',
    `UPDATE run_count SET ended = 50, answered = 50 WHERE run_id = RUN;
     INSERT INTO run_minute (run_id, minute, slot, ended, answered, handled, talk_ms)
       VALUES (RUN, UNIX_TIMESTAMP() DIV 60 - 1, 0, 50, 50, 50, 50 * 7200000);`)), /^Ends at 00:00 tomorrow with about \d+% of the rest called$/);
  assert.equal(await done(running('always_on = 1')), '', 'an always-on campaign is never done');
  assert.equal(await done(addCampaign({ name: 'Rests', status: 'paused' })), '');
});

test('its time: on the page, and left to the browser in a part', async () => {
  const id = running();
  assert.match(await page(id), /as of <time id="as-of" data-zone="[\w/]+">\d\d:\d\d:\d\d<\/time>/);
  const part = await b.get(`${LIST}/${id}`, { ...HTMX, 'hx-target': 'div#campaign' });
  assert.match(part.body, /<time id="as-of" data-zone="[\w/]+"><\/time>/);
});

test('Performance: when people answer, and how numbers, carriers and nodes fare', async () => {
  const id = running(`started_at = NOW(6) - INTERVAL 2 HOUR, zone = 'UTC'`, passes(10));
  sql(`SET @now = UNIX_TIMESTAMP() DIV 60 DIV 15 * 15;
    INSERT INTO campaign_period VALUES (${rawId(id)}, 15, @now - 60, 0, 30, 20, 25, 1), (${rawId(id)}, 15, @now - 60, 1, 10, 0, 0, 0),
      (${rawId(id)}, 15, @now - 7 * 1440 - 60, 0, 60, 30, 50, 4), (${rawId(id)}, 15, @now - 31 * 1440, 0, 100, 50, 50, 50)`);
  const body = await page(id, '/performance'), said = text(body);
  assert.match(said, /Answer rate since the start: 50% /, 'of this run alone');
  assert.equal(body.match(/<polyline/g).length, 1);
  // 50 of 100, at the hour and day of both
  const at = new Date(Date.now() - Date.now() % 900e3 - 3600e3);
  const heat = /<table class="heat">[^]*?<\/table>/.exec(body)[0];
  assert.match(text(heat), new RegExp(` ${String(at.getUTCHours()).padStart(2, '0')} .*${at.toUTCString().slice(0, 3)} 50 `));
  assert.match(heat, /<td class="heat-1" title="100 calls">50<\/td>/);
  assert.match(said, /Number Calls finished .* \+44200000001 60 30 50% 20 5 25% 2 1 Number 9 20 10 50% 10 0 0% 0 0 /);
  assert.match(said, /Carrier Calls finished .* Sim 80 40 50% 30 5 16.6% 2 1 /);
  assert.match(said, /Node Calls finished .* Node 0, now north 60 30 50% .* Node 1 20 10 50% /);
  assert.match(text(await page(running(), '/performance')), /No calls yet/);
  assert.match(text(await page(addCampaign({ name: 'Still a draft' }), '/performance')), /No calls yet/);
});
