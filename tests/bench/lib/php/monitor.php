<?php
// monitor.php - a poll of one campaign's page as a PHP script, for the bench to
// compare with: the same session check and statements as outdial-web's.  It is
// kind to PHP: the HTML is that of our part, sent as it is and not made.
declare(strict_types=1);

require __DIR__ . '/common.php';

$id = parse_id(basename($_SERVER['REQUEST_URI']));
$campaign = query($db, 'SELECT ' . CAMPAIGN_COLUMNS . ', c.*, r.wait, r.wait_until
  FROM campaign c LEFT JOIN run r ON r.id = c.current_run
  WHERE c.id = ? AND c.workspace_id = ?', 'ii', [$id, $workspace])[0] ?? refuse(404);
$run = $campaign['current_run'];
$from = pack('N', $run) . str_repeat("\0", 12);
$to = pack('N', $run) . str_repeat("\xff", 12);
query($db, 'SELECT SUM(processed), SUM(connected), SUM(ended), SUM(answered), SUM(completed + exhausted + abandoned + voicemail + invalid),
  SUM(active) FROM run_count WHERE run_id = ?', 'i', [$run]);
query($db, 'SELECT SUM(COALESCE(k.upto, p.n)) FROM run_cursor k JOIN list_part p USING (list_id, part) WHERE k.run_id = ?', 'i', [$run]);
query($db, 'SELECT day FROM holiday WHERE workspace_id = ? AND day >= CURDATE() - INTERVAL 2 DAY', 'i', [$workspace]);
query($db, 'SELECT SUM(held), SUM(retry), SUM(callback), SUM(excluded), SUM(o_1), SUM(o_2), SUM(o_3), SUM(o_4), SUM(o_5), SUM(o_6), SUM(o_7),
  SUM(o_8), SUM(o_9), SUM(o_10), SUM(o_11), SUM(o_12), SUM(o_13), SUM(o_14) FROM run_count WHERE run_id = ?', 'i', [$run]);
query($db, 'SELECT state, COUNT(*) FROM live_call FORCE INDEX (PRIMARY) WHERE id > ? AND id <= ? GROUP BY state', 'ss', [$from, $to]);
query($db, 'SELECT phone, state, sent_at FROM live_call FORCE INDEX (PRIMARY) WHERE id > ? AND id <= ? AND state > 0
  ORDER BY sent_at DESC, id DESC LIMIT 5', 'ss', [$from, $to]);
query($db, 'SELECT minute, SUM(ended), SUM(answered), SUM(handled), SUM(connected), SUM(ring_ms), SUM(talk_ms) FROM run_minute
  WHERE run_id = ? AND minute >= ? GROUP BY minute ORDER BY minute', 'ii', [$run, intdiv((int)$now, 60) - 59]);
query($db, 'SELECT disposition, SUM(n) FROM run_disposition WHERE run_id = ? GROUP BY disposition ORDER BY SUM(n) DESC', 'i', [$run]);
query($db, 'SELECT pass, SUM(ended), SUM(connected), SUM(talk_ms), MIN(first_at), MAX(last_at) FROM run_breakdown
  WHERE run_id = ? GROUP BY pass', 'i', [$run]);
query($db, 'SELECT SUM(IF(grain = 15, picked_up, 0)), SUM(IF(grain = 15, abandoned, 0)), SUM(IF(grain = 1440, picked_up, 0)),
  SUM(IF(grain = 1440, abandoned, 0)) FROM campaign_period WHERE campaign_id = ? AND (grain = 15 AND at >= ? OR grain = 1440 AND at >= ?)', 'iii',
  [$id, intdiv((int)$now, 60) - 1440, (intdiv((int)$now, 86400) - 29) * 1440]);
query($db, 'SELECT name FROM bot WHERE id = ?', 'i', [$campaign['bot_id']]);
query($db, 'SELECT n.phone, n.enabled, k.name, k.cps FROM campaign_number m JOIN number n ON n.id = m.number_id
  JOIN carrier k ON k.id = n.carrier_id WHERE m.campaign_id = ?', 'i', [$id]);
query($db, 'SELECT name, max_age, imported_at FROM dnc_list WHERE workspace_id = ?', 'i', [$workspace]);
readfile(dirname(getenv('OUTDIAL_TEMPLATES')) . '/files/part.html');
