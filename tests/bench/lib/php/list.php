<?php
// list.php - the campaign list as a PHP script, for the bench to compare with:
// the same session check, statements, figures and HTML as outdial-web's.
declare(strict_types=1);

require __DIR__ . '/common.php';
require __DIR__ . '/strip.php';

const SIZES = [25, 50, 100];
const USUAL = ['q' => '', 'status' => '', 'sort' => 'created', 'dir' => 'usual',
  'size' => '25', 'after' => '', 'before' => ''];
const ROLES = ['Viewer', 'Supervisor', 'Administrator'];
const FIGURES_MOST = 10000;
// word, label, sort: of the columns
const COLUMNS = [['name', 'Name', 'name'], ['status', 'Status', 'status'],
  ['prog', 'Progress', 'progress'], ['rate', 'Answer Rate', 'answer'],
  ['comp', 'Completion Rate', 'completion'], ['date', 'Created', 'created'],
  ['acts', 'Actions', null]];
// word, label, icon, the statuses that offer it, question: for several rows
const BULK = [['pause', 'Pause', 'pause', 'running', null],
  ['resume', 'Resume', 'play', 'paused', null],
  ['stop', 'Stop', 'square', 'running paused', 'Stop %s? This cannot be undone.']];

// What is asked for?  The usual order only.

$asked = array_replace(USUAL, array_intersect_key($_GET, USUAL));
$search = trim($asked['q']);
$status = array_search($asked['status'], STATUSES, true);
$size = (int)$asked['size'];
$back = $asked['before'] !== '';
$key = $back ? $asked['before'] : $asked['after'];
$keyed = $key !== '';
if (!in_array($size, SIZES, true) || $asked['sort'] !== 'created' || $asked['dir'] !== 'usual'
    || ($keyed && !preg_match('/^c([0-9]{1,16})\.([0-9a-z]{10})$/', $key, $place)))
  refuse(400);

// The page of rows, their figures, and the counts.

$needle = strtolower($search);
$by = $status === false ? 'by_time' : 'by_status';
$only = $status === false ? '' : ' AND status = ' . $status;
if ($needle !== '')
  $only .= " AND INSTR(c.hay, '" . $db->escape_string($needle) . "')";

// The condition and its values: what is past the key of the page.
function past(string $than, string $or_equal): array
{
  global $place;
  $micros = (int)$place[1];
  $at = gmdate('Y-m-d H:i:s', intdiv($micros, 1000000)) . sprintf('.%06d', $micros % 1000000);
  return [" AND c.created_at $than= ?
      AND (c.created_at $than ? OR (c.created_at = ? AND c.id $or_equal ?))", 'sssi', [$at, $at, $at, parse_id($place[2])]];
}

[$past, $types, $args] = $keyed ? past($back ? '>' : '<', $back ? '>' : '<') : ['', '', []];
$order = $back ? 'c.created_at, c.id' : 'c.created_at DESC, c.id DESC';
$rows = query($db, 'SELECT ' . CAMPAIGN_COLUMNS . "
  FROM campaign c FORCE INDEX ($by) LEFT JOIN run r ON r.id = c.current_run
  WHERE c.workspace_id = ?$only$past ORDER BY $order LIMIT " . ($size + 1),
  "i$types", [$workspace, ...$args]);
$more = count($rows) > $size;
if ($more)
  array_pop($rows);
if ($back)
  $rows = array_reverse($rows);

$runs = $drafts = [];
foreach ($rows as $c) {
  if ($c['current_run'])
    $runs[] = $c['current_run'];
  else
    $drafts[] = $c['id'];
}
$figures = figures($db, $runs, $drafts);

function count_of(mysqli $db, int $workspace, string $by, string $only): int
{
  return query($db, "SELECT COUNT(*) AS n FROM campaign c FORCE INDEX ($by)
    WHERE c.workspace_id = ?$only", 'i', [$workspace])[0]['n'];
}

$filtered = $only !== '';
$all = count_of($db, $workspace, 'by_time', '');
$total = $filtered ? count_of($db, $workspace, $by, $only) : $all;

// Is there something on the side that the page was not read towards?
$behind = $keyed && !$more && $total > count($rows);
if ($keyed && $more) {
  [$past, $types, $args] = past($back ? '<' : '>', $back ? '<=' : '>=');
  $behind = query($db, "SELECT 1 FROM campaign c FORCE INDEX ($by)
    WHERE c.workspace_id = ?$only$past LIMIT 1", "i$types", [$workspace, ...$args]) !== [];
}

// The page.

function address(array $but): string
{
  global $asked;
  $query = http_build_query(array_diff_assoc(array_replace($asked, $but), USUAL), '', '&amp;',
    PHP_QUERY_RFC3986);
  return '/dashboard/campaigns' . ($query === '' ? '' : "?$query");
}

function columns(int $role, int $total): array
{
  $first = ['after' => '', 'before' => ''];
  $out = [];
  foreach (COLUMNS as [$word, $label, $sort]) {
    $column = ['WORD' => $word];
    $sorted = $sort === 'created';
    if ($sorted)
      $column['SORTED'] = ['HOW' => 'descending', 'ORDER' => 'Created, newest'];
    if ($sort === 'name' && $role >= SUPERVISOR)
      $column['ALL'] = true;
    if ($sort === null
        || ($total > FIGURES_MOST && in_array($word, ['prog', 'rate', 'comp'], true)))
      $column['PLAIN'] = ['LABEL' => $label];
    else
      $column['LINK'] = ['LABEL' => $label, 'ICON' => 'chevron-down',
        'HREF' => address(['sort' => $sort, 'dir' => $sorted ? 'asc' : 'usual'] + $first)];
    $out[] = $column;
  }
  return $out;
}

function bulk(): array
{
  $out = [];
  foreach (BULK as [$word, $label, $icon, $offers, $ask]) {
    $action = ['WORD' => $word, 'LABEL' => $label, 'ICON' => $icon, 'OFFERS' => $offers];
    if ($ask !== null)
      $action['ASK'] = ['TEXT' => $ask];
    $out[] = $action;
  }
  return ['ACTION' => $out];
}

function key_of(array $c): string
{
  return 'c' . strtotime($c['created_at'] . ' UTC') . substr($c['created_at'], 20)
    . '.' . short_id($c['id']);
}

// What leads on, and back.
function pages(array $rows, bool $before, bool $after): array
{
  $out = [];
  if ($before) {
    $out[] = ['LABEL' => 'First', 'HREF' => address(['after' => '', 'before' => ''])];
    $out[] = ['LABEL' => 'Previous', 'REL' => ['WORD' => 'prev'],
      'HREF' => address(['after' => '', 'before' => key_of($rows[0])])];
  }
  if ($after)
    $out[] = ['LABEL' => 'Next', 'REL' => ['WORD' => 'next'],
      'HREF' => address(['after' => key_of($rows[count($rows) - 1]), 'before' => ''])];
  return $out;
}

function sizes(int $chosen): array
{
  $out = [];
  foreach (SIZES as $size)
    $out[] = ['SIZE' => $size, 'CHOSEN' => $size === $chosen,
      'HREF' => address(['size' => (string)$size, 'after' => '', 'before' => ''])];
  return $out;
}

function foot(array $pages): array
{
  global $total, $all, $filtered, $size;
  $count = number_format($total);
  $foot = ['TOTAL' => $filtered ? "$count of " . number_format($all) . ' campaigns'
    : $count . ($total === 1 ? ' campaign' : ' campaigns'), 'SIZE' => sizes($size)];
  if ($filtered)
    $foot['CLEAR'] = true;
  if ($pages)
    $foot['PAGES'] = ['PAGE' => $pages];
  return $foot;
}

$strip = strip($db, $who);
$list = ['ROWS' => ['COLUMN' => columns($role, $total),
    'ROW' => array_map(fn($c) => row_of($c, $figures, $role), $rows)],
  'FOOT' => foot(pages($rows, $back ? $more : $behind, $back ? $behind : $more))];
if ($role >= SUPERVISOR)
  $list['BULK'] = bulk();
if (isset($_SERVER['HTTP_HX_REQUEST'])) {
  part_campaign_list($list);
  echo '<hx-partial hx-target="#strip" hx-swap="outerMorph">';
  part_summary($strip);
  echo '</hx-partial>';
  exit;
}

$words = explode(' ', $who['name']);
$options = [['WORD' => '', 'LABEL' => 'All statuses', 'CHOSEN' => $status === false]];
foreach (STATUSES as $i => $word)
  $options[] = ['WORD' => $word, 'LABEL' => LABELS[$i], 'CHOSEN' => $status === $i];
$content = ['SEARCH' => e($asked['q']), 'STATUS' => $options,
  'TAG' => "$total.$role", 'SUMMARY' => $strip, 'LIST' => $list];
if ($role >= SUPERVISOR)
  $content['MAY_CREATE'] = true;
foreach (array_diff_assoc($asked, USUAL) as $name => $value)
  if ($name === 'size')
    $content['KEEP'][] = ['NAME' => $name, 'VALUE' => e($value)];
layout(['TITLE' => 'Campaigns', 'SIGNED_IN' => true, 'AT_CAMPAIGNS' => true,
  'WORKSPACE' => e($who['workspace']), 'USER' => e($who['name']),
  'ROLE' => ROLES[$role], 'CSRF' => $csrf, 'BACK' => e($_SERVER['REQUEST_URI']),
  'INITIALS' => e(preg_replace('/^(.).*/us', '$1', $words[0])
    . (count($words) > 1 ? preg_replace('/^(.).*/us', '$1', end($words)) : '')),
  'FAILED' => ['BAD' => true, 'ICON' => 'circle-alert', 'TEXT' => 'Failed',
    'DETAIL' => ['DETAIL' => 'The server did not respond as expected. The row shows its last known state.']],
  'CONTENT' => $content]);
