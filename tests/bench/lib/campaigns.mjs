// campaigns.mjs - campaigns that are only to be looked at or pressed: their
// runs are closed, so that no dialler touches them.
import path from 'node:path';

import { CAMPAIGN, shortId, sql } from './stack.mjs';

const NAMES = ['Winter boiler service reminders', 'Q4 renewals: "gold" customers',
  'O\'Brien & Sons — appointments', 'Réengagement clients <2 ans>',
  'تذكير بمواعيد العيادة', 'Survey after support, wave 3'];
export const STATUSES = ['draft', 'running', 'paused', 'completed', 'failed'];

// A bot, a carrier that takes all we have, and numbers without a cap.
export function makeRoom(ws) {
  const socket = path.join(path.dirname(process.env.MARIADB_SOCKET), 'sim.sock');

  sql(`INSERT INTO bot SET workspace_id = ${ws}, name = 'Bot',
      target = 'sip:bot@bench.test', created_at = UTC_TIMESTAMP(6);
    INSERT INTO carrier SET workspace_id = ${ws}, name = 'Simulated',
      kind = 0, address = '${socket}', cps = 100000, channels = 100000,
      created_at = UTC_TIMESTAMP(6);
    INSERT INTO number (workspace_id, carrier_id, phone)
      SELECT ${ws}, LAST_INSERT_ID(), 442000000000 + seq
      FROM seq_1_to_10;`);
}

const idOf = (ws, i) => (BigInt(ws) << 38n) + BigInt(i) * 7919n;

// Some have a day off in three days: they are open now, but not for ever.
function campaignSql(ws, i, status) {
  const id = idOf(ws, i), n = 1000 + i * 37;
  const name = `${NAMES[i % NAMES.length]} ${i}`.replace(/'/g, '\'\'');

  return `INSERT INTO contact_list SET workspace_id = ${ws}, refs = 1,
      created_at = UTC_TIMESTAMP(6);
    SET @l = LAST_INSERT_ID();
    INSERT INTO list_part SET list_id = @l, part = 0, n = ${n};
    INSERT INTO segment SET campaign_id = ${id}, seg = 1, list_id = @l,
      part = 0, upto = ${n};
    INSERT INTO campaign SET id = ${id}, workspace_id = ${ws},
      name = '${name}', hay = '${name.toLowerCase()}\n${shortId(id)}',
      status = ${status}, runs = ${status ? 1 : 0}, own_list = @l,
      bot_id = (SELECT id FROM bot WHERE workspace_id = ${ws}),
      concurrency = 50, ${CAMPAIGN},
      created_at = UTC_TIMESTAMP(6) - INTERVAL ${i * 7001} SECOND;
    INSERT INTO campaign_number SELECT ${id}, id FROM number
      WHERE workspace_id = ${ws};
    ${i % 3 === 1 ? `UPDATE campaign SET days = 127 - (1 <<
      (WEEKDAY(UTC_DATE()) + 3) % 7) WHERE id = ${id};` : ''}
    ${i % 7 === 3 ? `UPDATE campaign SET restarted_by = 'J. "Jo" Smith',
      restarted_at = UTC_TIMESTAMP(6) WHERE id = ${id};` : ''}`;
}

function runSql(ws, i, status) {
  const n = 1000 + i * 37, done = Math.floor(n * (i % 11) / 10);

  return `INSERT INTO run SET workspace_id = ${ws}, campaign_id = ${idOf(ws, i)},
      no = 1, settings = '{}', rest = ${[0, 0, 0, 1, 4][status]},
      reason = '${status === 4 ? 'No carrier took calls for 5 minutes' : ''}',
      started_at = UTC_TIMESTAMP(6), ended_at = UTC_TIMESTAMP(6);
    SET @r = LAST_INSERT_ID();
    UPDATE campaign SET current_run = @r WHERE id = ${idOf(ws, i)};
    INSERT INTO run_cursor SET run_id = @r, seg = 1, list_id = @l, part = 0,
      upto = ${n}, prio = 1, next_ordinal = ${done + 1};
    INSERT INTO run_count (run_id, shard, processed, connected, ended,
      answered, completed, exhausted) VALUES
      (@r, 0, 0, 0, 0, 0, 0, 0),
      (@r, 1, ${done}, 0, 0, 0, 0, ${Math.floor(done / 3)}),
      (@r, 2, 0, ${Math.floor(done / 2)}, ${done * 2},
       ${Math.floor(done / 1.5)}, ${Math.floor(done / 2)}, 0);`;
}

// What two nodes have dialled in half a day.  The minute is one to come, so that the
// figure is the same for as long as the bench runs.
function countDialled(ws) {
  sql(`SET @day = UNIX_TIMESTAMP() DIV 86400 * 1440;
    INSERT INTO workspace_count (workspace_id, grain, at, slot, placed, ended,
      answered)
      SELECT ${ws}, 15, @day + 15 * q.seq, n.seq, 3000, 2900 + q.seq, 1450
      FROM seq_0_to_47 q JOIN seq_1_to_2 n;
    INSERT INTO workspace_count (workspace_id, grain, at, slot, placed)
      SELECT ${ws}, 1, @day + 2880, seq, 210 FROM seq_1_to_2;`);
}

// Beside a dialler at work: nothing but the rows themselves is locked.
function dropCampaigns(ws) {
  const ofRuns = (table) => `DELETE t FROM run r JOIN ${table} t ON t.run_id = r.id
    WHERE r.workspace_id = ${ws};`;
  const ofCampaigns = (table) => `DELETE t FROM campaign c JOIN ${table} t
    ON t.campaign_id = c.id WHERE c.workspace_id = ${ws};`;

  sql(`SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED;
    ${['run_count', 'run_cursor'].map(ofRuns).join('')}
    ${['segment', 'campaign_number'].map(ofCampaigns).join('')}
    DELETE p FROM contact_list l JOIN list_part p ON p.list_id = l.id
      WHERE l.workspace_id = ${ws};
    ${['workspace_count', 'contact_list', 'campaign', 'run'].map((table) =>
      `DELETE FROM ${table} WHERE workspace_id = ${ws};`).join('')}`);
}

// Campaigns with books as after some hours of dialling; returns short ids.
// They have counters, but no calls, which is not for "outdial check" in a later
// bench: they go when this one ends.
export function makeCampaigns(ws, count, statusOf = (i) => i % 5) {
  const all = Array.from({ length: count }, (_, i) => i);

  process.on('exit', () => dropCampaigns(ws));
  makeRoom(ws);
  countDialled(ws);
  sql(all.map((i) => campaignSql(ws, i, statusOf(i)) +
    (statusOf(i) ? runSql(ws, i, statusOf(i)) : '')).join('\n'));
  return all.map((i) => shortId(idOf(ws, i)));
}

// Leaves them behind with their table: to delete each takes longer than all
// the rest.
function dropOlder(ws) {
  const [[columns]] = sql(`SELECT GROUP_CONCAT(column_name)
    FROM information_schema.columns WHERE table_schema = DATABASE()
    AND table_name = 'campaign' AND is_generated = 'NEVER'`);

  sql(`CREATE TABLE campaign_kept LIKE campaign;
    INSERT INTO campaign_kept (${columns}) SELECT ${columns} FROM campaign
      WHERE workspace_id <> ${ws} OR created_at > '2002-01-01';
    RENAME TABLE campaign TO campaign_old, campaign_kept TO campaign;
    DROP TABLE campaign_old;`);
}

// Older drafts without contacts, of which no page but the last shows any; they
// go when the bench ends.
export function makeOlder(ws, count) {
  process.prependListener('exit', () => dropOlder(ws));
  sql(`INSERT INTO campaign (id, workspace_id, name, hay, status, own_list,
      bot_id, concurrency, mode, always_on, window_start, window_end, zone,
      days, max_attempts, retry_delay, retry_on, ring_timeout, callbacks,
      created_at, created_by)
    SELECT ${idOf(ws, 1e6)} + seq, workspace_id, CONCAT('Older ', LPAD(seq, 7, '0')),
      CONCAT('older ', LPAD(seq, 7, '0'), '\n0000000000'), 0, 0, bot_id,
      concurrency, mode, always_on, window_start, window_end, zone, days,
      max_attempts, retry_delay, retry_on, ring_timeout, callbacks,
      '2001-01-01' + INTERVAL seq SECOND, created_by
    FROM seq_1_to_${count} JOIN campaign c ON c.id = ${idOf(ws, 0)};`);
}
