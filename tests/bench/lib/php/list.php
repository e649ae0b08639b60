<?php
// list.php - the campaign list as a PHP script, for the bench to compare with:
// the same session check, statements, figures and HTML as outdial-web's.
declare(strict_types=1);

require __DIR__ . '/common.php';

const USUAL_SIZE = 25;
const END_OF_TIME = '9999-12-31 23:59:59.000000';
const ROLES = ['Viewer', 'Supervisor', 'Administrator'];

// What is asked for?

$search = trim($_GET['q'] ?? '');
$status = array_search($_GET['status'] ?? '', STATUSES, true);
$size = (int)($_GET['size'] ?? USUAL_SIZE);
$before = explode('-', $_GET['before'] ?? '');
if (!in_array($size, [25, 50, 100], true))
  refuse(400);

$at = END_OF_TIME;
$last_id = 0;
if (count($before) === 2) {
  $at = gmdate('Y-m-d H:i:s', intdiv((int)$before[0], 1000000))
    . sprintf('.%06d', (int)$before[0] % 1000000);
  $last_id = parse_id($before[1]);
}

// The page of rows, their figures, and the counts.

$needle = strtolower($search);
$by = $status === false ? 'by_time' : 'by_status';
$only = $status === false ? '' : ' AND c.status = ' . $status;
$rows = query($db, 'SELECT ' . CAMPAIGN_COLUMNS . "
  FROM campaign c FORCE INDEX ($by)
  LEFT JOIN run r ON r.id = c.current_run
  WHERE c.workspace_id = ?$only AND c.created_at <= ?
    AND (c.created_at < ? OR (c.created_at = ? AND c.id < ?))
    AND (? = '' OR INSTR(c.hay, ?))
  ORDER BY c.created_at DESC, c.id DESC LIMIT ?",
  'isssissi', [$workspace, $at, $at, $at, $last_id, $needle, $needle, $size + 1]);
$more = count($rows) > $size;
if ($more)
  array_pop($rows);

$runs = $drafts = [];
foreach ($rows as $c) {
  if ($c['current_run'])
    $runs[] = $c['current_run'];
  else
    $drafts[] = $c['id'];
}
$figures = figures($db, $runs, $drafts);

function count_of(mysqli $db, int $workspace, int|false $status, string $needle): int
{
  $by = $status === false ? 'by_time' : 'by_status';
  $only = $status === false ? '' : " AND status = $status";
  return query($db, "SELECT COUNT(*) AS n FROM campaign FORCE INDEX ($by)
    WHERE workspace_id = ?$only AND (? = '' OR INSTR(hay, ?))",
    'iss', [$workspace, $needle, $needle])[0]['n'];
}

$total = count_of($db, $workspace, $status, $needle);
$running = count_of($db, $workspace, 1, '');
$filtered = $search !== '' || $status !== false;
$all = $filtered ? count_of($db, $workspace, false, '') : $total;

// The page.

function address(string $before): string
{
  global $search, $status, $size;
  return '/dashboard/campaigns?q=' . rawurlencode($search) . '&amp;status='
    . ($status === false ? '' : STATUSES[$status]) . '&amp;size=' . $size
    . ($before === '' ? '' : '&amp;before=' . $before);
}

function foot(array $rows): array
{
  global $total, $all, $filtered, $more, $before;
  $count = number_format($total);
  $foot = ['TOTAL' => $filtered ? "$count of " . number_format($all) . ' campaigns'
    : $count . ($total === 1 ? ' campaign' : ' campaigns')];
  if ($filtered)
    $foot['CLEAR'] = true;
  $newest = count($before) === 2;
  if ($newest || $more)
    $foot['PAGES'] = [];
  if ($newest)
    $foot['PAGES']['NEWEST'] = ['HREF' => address('')];
  if ($more) {
    $last = $rows[count($rows) - 1];
    $micros = strtotime($last['created_at'] . ' UTC') . substr($last['created_at'], 20);
    $foot['PAGES']['OLDER'] = ['HREF' => address($micros . '-' . short_id($last['id']))];
  }
  return $foot;
}

$list = ['RUNNING' => $running, 'FOOT' => foot($rows),
  'ROWS' => ['ROW' => array_map(fn($c) => row_of($c, $figures, $role), $rows)]];
if (isset($_SERVER['HTTP_HX_REQUEST'])) {
  part_campaign_list($list);
  exit;
}

$words = explode(' ', $who['name']);
$options = [['WORD' => '', 'LABEL' => 'All statuses', 'CHOSEN' => $status === false]];
foreach (STATUSES as $i => $word)
  $options[] = ['WORD' => $word, 'LABEL' => LABELS[$i], 'CHOSEN' => $status === $i];
$content = ['SEARCH' => e($_GET['q'] ?? ''), 'STATUS' => $options,
  'TAG' => "$total.$role", 'LIST' => $list];
if ($role >= SUPERVISOR)
  $content['MAY_CREATE'] = true;
if ($size !== USUAL_SIZE)
  $content['SIZE'] = ['SIZE' => $size];
layout(['TITLE' => 'Campaigns', 'SIGNED_IN' => true, 'AT_CAMPAIGNS' => true,
  'WORKSPACE' => e($who['workspace']), 'USER' => e($who['name']),
  'ROLE' => ROLES[$role], 'CSRF' => $csrf, 'BACK' => e($_SERVER['REQUEST_URI']),
  'INITIALS' => e(preg_replace('/^(.).*/us', '$1', $words[0])
    . (count($words) > 1 ? preg_replace('/^(.).*/us', '$1', end($words)) : '')),
  'FAILED' => ['BAD' => true, 'ICON' => 'circle-alert', 'TEXT' => 'Failed',
    'DETAIL' => ['DETAIL' => 'The server did not answer as expected. The row shows what was last known.']],
  'CONTENT' => $content]);
