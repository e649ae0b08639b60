// Numbers that a campaign may not call, by the API.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addCampaign, makeDatabase, rawId, sql, startWeb, stopAll } from '../bed.mjs';
import { Client, description, makeKey, refused } from '../api_bed.mjs';

let web, api, client;
before(async () => {
  makeDatabase();
  web = await startWeb();
  api = await description(web);
  client = new Client(web, makeKey(web, 'trigger,exclude').key, api);
});
after(stopAll);

const at = id => `/campaigns/${id}/exclude`;
const lift = (id, body) => client.post(at(id).replace(/exclude$/, 'lift-exclusion'), body);
// The last word on each number; a lifted exclusion stays as history.
const excluded = id => sql(`SELECT phone, reason FROM exclusion e WHERE campaign_id = ${rawId(id)} AND barred = 1 AND at =
  (SELECT MAX(at) FROM exclusion l WHERE l.campaign_id = e.campaign_id AND l.phone = e.phone) ORDER BY phone`);

test('each number is told what became of it', async () => {
  const id = addCampaign({ name: 'Fates', status: 'running', contacts: 3 });
  sql(`INSERT INTO run_contact (run_id, seg, ordinal, state, seq, tries, outcome)
    SELECT current_run, 1, 2, 4, 1, 1, 1 FROM campaign WHERE id = ${rawId(id)};
    UPDATE run_cursor SET next_ordinal = 3 WHERE run_id = (SELECT current_run FROM campaign WHERE id = ${rawId(id)})`);
  const got = await client.post(at(id), { reason: 'Asked us to stop',
    phone_numbers: ['+49 30 1000003', '+49301000002', '+447911999999', 'nobody', '+49301000003'] });
  assert.equal(got.status, 200, got.body);
  assert.deepEqual(got.json.numbers.map(n => [n.index, n.result, n.phone_number]), [
    [0, 'excluded', '+49301000003'], [1, 'already_final', '+49301000002'], [2, 'not_in_campaign', '+447911999999'],
    [3, 'invalid', null], [4, 'excluded', '+49301000003']]);
  assert.match(got.json.numbers[3].detail, /./);
  assert.equal(got.json.in_flight, false);
  assert.ok(got.json.delay_us > 0 && got.json.delay_us < 5e6, `${got.json.delay_us}`);
  assert.equal(excluded(id), ['447911999999', '49301000002', '49301000003'].map(n => `${n}\tAsked us to stop`).join('\n'));
  const later = await client.post(`/campaigns/${id}/trigger`, { contacts: [{ phone_number: '+447911999999' }] });
  assert.equal(later.json.contacts[0].code, 'excluded');
});

test('a call that is up is told', async () => {
  const id = addCampaign({ name: 'Up', status: 'running', contacts: 3 });
  sql(`INSERT INTO live_call (id, workspace_id, phone, campaign_id, run_id, seg, ordinal, seq, class, epoch, state,
      carrier_id, number_id, queued_at, not_after)
    SELECT UNHEX('00000001000180018000000040000001'), 1, '49301000001', id, current_run, 1, 1, 1, 1, 0, 3, 1, 1, NOW(6), NOW(6)
    FROM campaign WHERE id = ${rawId(id)}`);
  const { json } = await client.post(at(id), { phone_numbers: ['+49301000001', '+49301000002'] });
  assert.deepEqual([json.in_flight, ...json.numbers.map(n => n.result)], [true, 'in_progress', 'excluded']);
  sql('DELETE FROM live_call');
});

test('an exclusion is lifted where there is one', async () => {
  const id = addCampaign({ name: 'Lift' });
  await client.post(at(id), { phone_numbers: ['+49301000001'] });
  const got = await lift(id, { phone_numbers: ['+49301000001', '+49301000002', '1'], reason: 'A mistake' });
  assert.equal(got.status, 200, got.body);
  assert.deepEqual(got.json.numbers.map(n => [n.index, n.result, n.phone_number, Boolean(n.detail)]), [
    [0, 'lifted', '+49301000001', false], [1, 'not_excluded', '+49301000002', false], [2, 'invalid', null, true]]);
  assert.equal(excluded(id), '');
  assert.equal(sql(`SELECT GROUP_CONCAT(action ORDER BY id) FROM audit WHERE campaign_id = ${rawId(id)}`), 'exclude,lift exclusion');
});

test('what is wrong is named', async () => {
  const id = addCampaign({ name: 'Wrong' });
  const cases = [
    [{ phone_numbers: ['+49301000001', 49301000002] }, /string of JSON, in quotes/, '#/phone_numbers/1'],
    [{ phone_numbers: '+49301000001' }, /must be a list/, '#/phone_numbers'],
    [{ phone_numbers: [] }, /1 to 1,000 entries, not 0/, '#/phone_numbers'],
    [{ phone_numbers: Array(1001).fill('+49301000001') }, /1 to 1,000 entries, not 1,001/, '#/phone_numbers'],
    [{ phone_number: ['+49301000001'] }, /nearest is “phone_numbers”/, '#/phone_number'],
    [{ phone_numbers: ['+49301000001'], reason: 'x'.repeat(201) }, /Reason must have at most 200/, '#/reason'],
  ];
  for (const [body, detail, pointer] of cases) {
    refused(await client.post(at(id), body), 422, detail, pointer);
    refused(await lift(id, body), 422, detail, pointer);
  }
  refused(await lift(id), 400, /no body/);
  assert.equal(excluded(id), '');
});
