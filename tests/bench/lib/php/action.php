<?php
// action.php - Pause and Resume of a campaign as a PHP script: the same
// checks, guarded change, audit line and answer as outdial-web's, in one
// transaction.  It tells no dialler and no other page that something changed.
declare(strict_types=1);

require __DIR__ . '/common.php';

const CHANGES = [
  'pause' => [1, 2, 'UPDATE campaign SET status = 2, epoch = epoch + 1,
    ver = ver + 1, paused_at = UTC_TIMESTAMP(6) WHERE id = ? AND status = ?',
    'Campaign paused'],
  'resume' => [2, 1, 'UPDATE campaign SET status = 1, epoch = epoch + 1,
    ver = ver + 1, paused_at = NULL WHERE id = ? AND status = ?',
    'Campaign resumed'],
];

[, , , $segment, $word] = explode('/', strtok($_SERVER['REQUEST_URI'], '?'));
[$from, $to, $change, $done] = CHANGES[$word];
$origin = $_SERVER['HTTP_ORIGIN'] ?? '';
if (!is_csrf($_POST['csrf'] ?? '', $form) || $role < SUPERVISOR
    || ($origin !== '' && parse_url($origin, PHP_URL_HOST) . ':' . parse_url($origin, PHP_URL_PORT) !== $_SERVER['HTTP_HOST'])
    || ($_GET['from'] ?? '') !== STATUSES[$from])
  refuse(403);
$id = parse_id($segment);

function campaign(mysqli $db, int $id, int $workspace): array
{
  return query($db, 'SELECT ' . CAMPAIGN_COLUMNS . ' FROM campaign c
    LEFT JOIN run r ON r.id = c.current_run
    WHERE c.id = ? AND c.workspace_id = ?', 'ii', [$id, $workspace])[0]
    ?? refuse(404);
}

function is_ready(mysqli $db, array $c, int $workspace): bool
{
  $id = $c['id'];
  $r = query($db, 'SELECT
    (SELECT COUNT(*) FROM bot WHERE id = ? AND workspace_id = ?) AS bots,
    (SELECT COUNT(*) FROM campaign_number m
      JOIN number n ON n.id = m.number_id AND n.enabled = 1
      JOIN carrier k ON k.id = n.carrier_id AND k.enabled = 1
      WHERE m.campaign_id = ?) AS usable,
    (SELECT SUM(COALESCE(s.upto, p.n)) FROM segment s
      JOIN list_part p ON p.list_id = s.list_id AND p.part = s.part
      WHERE s.campaign_id = ?) AS contacts,
    (SELECT MAX(rows_done) FROM upload WHERE campaign_id = ? AND state = 1
      AND beat_at > UTC_TIMESTAMP(6) - INTERVAL 60 SECOND) AS importing',
    'iiiii', [$c['bot_id'], $workspace, $id, $id, $id])[0];
  return $r['bots'] && $r['usable'] && $r['contacts'] && $r['importing'] === null;
}

$db->begin_transaction();
$was = campaign($db, $id, $workspace);
if ($was['status'] !== $from || ($word === 'resume' && !is_ready($db, $was, $workspace))
    || statement($db, $change, 'ii', [$id, $from])->affected_rows !== 1) {
  $db->rollback();
  refuse(409);
}
statement($db, 'INSERT INTO audit (workspace_id, campaign_id, at, actor, user_id,
  action, was, became) VALUES (?, ?, UTC_TIMESTAMP(6), ?, ?, ?, ?, ?)', 'iisisss',
  [$workspace, $id, $who['name'], $who['id'], $word,
  '{"status":"' . STATUSES[$from] . "\",\"runs\":{$was['runs']}}",
  '{"status":"' . STATUSES[$to] . "\",\"runs\":{$was['runs']}}"]);
$db->commit();

$c = campaign($db, $id, $workspace);
part_campaign_row(row_of($c, figures($db, [$c['current_run']], []), $role));
echo '<hx-partial hx-target="#toasts" hx-swap="beforeend">';
part_toast(['ICON' => 'circle-check', 'TEXT' => $done]);
echo '</hx-partial>';
