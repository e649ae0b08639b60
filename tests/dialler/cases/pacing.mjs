// Three campaigns at once, of ten seats each: one that wants a call for a free
// seat only, one that must, as 30 days had too many abandoned calls, and one that
// has more calls than seats once it knows (doc/product.md 6.3, 6.4).
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { QUICK, act, balanced, endAll, judge, makeCampaign, makeWorld, served, sql, startDialler, startSim, until }
  from '../bed.mjs';

const SEATS = 10;
const LEARNS_S = 60;

before(async () => {
  makeWorld();
  await startSim({ ...QUICK, speed: 5, answer: 25, voicemail: 5, no_answer: 51 });
  await startDialler();
  await served();
});
after(endAll);

const make = (name, pacing) => makeCampaign(5000, { name, pacing, concurrency: SEATS });

// The calls of each, and those of them without a seat of their own before an
// answer: { name: [calls, bare] }.
const calls = () => Object.fromEntries(sql(`SELECT c.name, COUNT(*), SUM(l.seated = 0)
  FROM live_call l JOIN campaign c ON c.id = l.campaign_id GROUP BY c.name`)
  .split('\n').map((row) => row.split('\t')).map(([name, ...n]) => [name, n.map(Number)]));

const abandoned = (name) => Number(sql(`SELECT COALESCE(SUM(m.abandoned), 0) FROM run_minute m
  JOIN run r ON r.id = m.run_id JOIN campaign c ON c.id = r.campaign_id WHERE c.name = '${name}'`));

test('a call for a free seat, or more than seats once a run is known', async () => {
  const wants = make('wants', 'reserve'), must = make('must', 'predictive'), may = make('may', 'predictive');
  const began = Date.now();

  sql(`INSERT INTO campaign_period (campaign_id, grain, at, slot, ended, answered, picked_up, abandoned)
    SELECT c.id, g.grain, UNIX_TIMESTAMP() DIV 60 DIV g.grain * g.grain, 9, 1000, 1000, 1000, 40
    FROM campaign c, (SELECT 15 AS grain UNION SELECT 1440) g WHERE c.name = 'must'`);
  for (const { id } of [wants, must, may]) act('start', id);
  await until('one has more calls than seats', () => {
    const now = calls();

    for (const name of ['wants', 'must']) {
      assert.ok((now[name]?.[0] ?? 0) <= SEATS, `${name}: ${now[name]} calls`);
      assert.equal(now[name]?.[1] ?? 0, 0, `${name}: each call has its seat`);
    }
    return now.may?.[0] > SEATS;
  }, 150);
  assert.ok(Date.now() - began > LEARNS_S * 1000, 'it needs a minute to know');
  assert.ok(calls().may[1] > 0, 'which have no seat of their own');
  await until('the others go on', () => calls().must?.[0] > SEATS / 2);
  assert.equal(abandoned('wants') + abandoned('must'), 0, 'nobody is abandoned');
  judge([...wants.phones, ...must.phones, ...may.phones]);
  balanced('in mid-run');
});
