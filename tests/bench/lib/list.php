<?php
// list.php - the campaign list as one flat PHP script, for the bench to compare
// with: the same session check, statements, figures and HTML as outdial-web's.
// It is kind to PHP: no framework, no router, no templates to parse, text from
// outside escaped and nothing else, lists of ids no longer than they must be.
// tests/bench/list.mjs refuses to measure when its page became another.
declare(strict_types=1);

const USUAL_SIZE = 25;
const END_OF_TIME = '9999-12-31 23:59:59.000000';
const STATUSES = ['draft', 'running', 'paused', 'completed', 'failed'];
const LABELS = ['Draft', 'Running', 'Paused', 'Completed', 'Failed'];
const ROLES = ['Viewer', 'Supervisor', 'Administrator'];
const SUPERVISOR = 1;
const ADMIN = 2;
const ASK_RESTART = 'Prepare this campaign for a new run? This resets call attempts and returns it to draft. It will not start dialling until you press Start.';
// by status: slot, word, label, icon
const ACTIONS = [
  [[1, 'start', 'Start', 'play'], [2, 'edit', 'Edit', 'pencil'],
   [3, 'clone', 'Clone', 'copy'], [4, 'delete', 'Delete', 'trash-2']],
  [[1, 'pause', 'Pause', 'pause'], [3, 'clone', 'Clone', 'copy'],
   [4, 'stop', 'Stop', 'square']],
  [[1, 'resume', 'Resume', 'play'], [2, 'edit', 'Edit', 'pencil'],
   [3, 'clone', 'Clone', 'copy'], [4, 'stop', 'Stop', 'square']],
  [[1, 'restart', 'Restart', 'rotate-ccw'], [3, 'clone', 'Clone', 'copy']],
  [[1, 'restart', 'Restart', 'rotate-ccw'], [3, 'clone', 'Clone', 'copy']],
];

function e(string $text): string
{
  return htmlspecialchars($text, ENT_QUOTES | ENT_SUBSTITUTE, 'UTF-8');
}

function query(mysqli $db, string $sql, string $types, array $args): array
{
  $st = $db->prepare($sql);
  if ($args)
    $st->bind_param($types, ...$args);
  $st->execute();
  return $st->get_result()->fetch_all(MYSQLI_ASSOC);
}

function icon(string $name): string
{
  return '<svg class="icon" aria-hidden="true"><use href="' . S . '/icons.svg#' . $name . '"/></svg>';
}

// Who is it?

$cookie = $_COOKIE['outdial'] ?? '';
$token = substr($cookie, 0, 43);
mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
$db = new mysqli('p:localhost', 'root', '', 'outdial', 0, getenv('MARIADB_SOCKET'));
$who = query($db, 'SELECT u.id, u.workspace_id, u.role, u.theme, u.density,'
  . ' u.letter_keys, u.email, u.name, w.name AS workspace, w.zone'
  . ' FROM session s JOIN user u ON u.id = s.user_id'
  . ' JOIN workspace w ON w.id = u.workspace_id'
  . ' WHERE s.digest = ? AND s.expires_at > UTC_TIMESTAMP(6)',
  's', [hash('sha256', $token, true)])[0] ?? null;
if (!$who) {
  header('Location: /login', true, 303);
  exit;
}
define('S', getenv('STATIC_PATH'));
$csrf = hash_hmac('sha256', 'form', hash('sha256', "cookie $token", true));
$zone = new DateTimeZone($who['zone']);
$utc = new DateTimeZone('UTC');
$workspace = $who['workspace_id'];
$role = $who['role'];

// What is asked for?

$search = trim($_GET['q'] ?? '');
$status = array_search($_GET['status'] ?? '', STATUSES, true);
$size = (int)($_GET['size'] ?? USUAL_SIZE);
$after = explode('.', ltrim($_GET['after'] ?? '', 'c'));
if (!in_array($size, [25, 50, 100], true)) {
  http_response_code(400);
  exit;
}

function parse_id(string $text): int
{
  $id = 0;
  foreach (str_split($text) as $c)
    $id = $id << 5 | strpos('0123456789abcdefghjkmnpqrstvwxyz', $c);
  return $id;
}

function short_id(int $id): string
{
  $text = '';
  for ($shift = 45; $shift >= 0; $shift -= 5)
    $text .= '0123456789abcdefghjkmnpqrstvwxyz'[$id >> $shift & 31];
  return $text;
}

$at = END_OF_TIME;
$last_id = 0;
if (count($after) === 2) {
  $at = gmdate('Y-m-d H:i:s', intdiv((int)$after[0], 1000000))
    . sprintf('.%06d', (int)$after[0] % 1000000);
  $last_id = parse_id($after[1]);
}

// The page of rows, their figures, and the counts.

$needle = strtolower($search);
$by = $status === false ? 'by_time' : 'by_status';
$only = $status === false ? '' : ' AND c.status = ' . $status;
$rows = query($db, "SELECT c.id, c.name, c.status, c.runs, c.current_run,
    c.created_at, c.restarted_at, c.restarted_by, r.rest, r.reason
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
$totals = $draft_totals = $figures = [];
if ($runs) {
  $marks = substr(str_repeat('?,', count($runs)), 0, -1);
  $types = str_repeat('i', count($runs));
  foreach (query($db, "SELECT c.run_id, SUM(COALESCE(c.upto, p.n)) AS n
      FROM run_cursor c
      JOIN list_part p ON p.list_id = c.list_id AND p.part = c.part
      WHERE c.run_id IN ($marks) GROUP BY c.run_id", $types, $runs) as $r)
    $totals[$r['run_id']] = (int)$r['n'];
  foreach (query($db, "SELECT run_id, SUM(processed) AS processed,
      SUM(connected) AS connected, SUM(ended) AS ended,
      SUM(answered) AS answered,
      SUM(completed + exhausted + abandoned + voicemail + invalid) AS done,
      SUM(active) AS active
      FROM run_count WHERE run_id IN ($marks) GROUP BY run_id", $types, $runs) as $r)
    $figures[$r['run_id']] = $r;
}
if ($drafts) {
  $marks = substr(str_repeat('?,', count($drafts)), 0, -1);
  foreach (query($db, "SELECT s.campaign_id, SUM(COALESCE(s.upto, p.n)) AS n
      FROM segment s
      JOIN list_part p ON p.list_id = s.list_id AND p.part = s.part
      WHERE s.campaign_id IN ($marks) GROUP BY s.campaign_id",
      str_repeat('i', count($drafts)), $drafts) as $r)
    $draft_totals[$r['campaign_id']] = (int)$r['n'];
}

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

function share(int $part, int $whole, int $scale): int
{
  if ($whole <= 0 || $part <= 0)
    return 0;
  return $part >= $whole ? $scale : intdiv($part * $scale, $whole);
}

function width(int $part, int $whole): string
{
  $tenths = $whole > 0 ? intdiv($part * 1000, $whole) : 0;
  if ($part > 0 && $tenths < 10)
    $tenths = 10;
  return intdiv($tenths, 10) . '.' . $tenths % 10;
}

function rate(int $part, int $whole): string
{
  if ($whole <= 0)
    return '<span class="none" role="img" aria-label="No calls yet">—</span>';
  $tenths = share($part, $whole, 1000);
  $text = $tenths % 10 ? intdiv($tenths, 10) . '.' . $tenths % 10 : (string)intdiv($tenths, 10);
  return "<span class=\"rate\">$text%</span>";
}

function moment(string $at, string $form): string
{
  global $zone, $utc;
  $iso = strtr(substr($at, 0, 19), ' ', 'T') . 'Z';
  $local = (new DateTimeImmutable($at, $utc))->setTimezone($zone);
  $exact = $local->format('D, j M Y, H:i:s ') . e($zone->getName());
  return "<time class=\"over\" datetime=\"$iso\" title=\"$exact · $iso\">"
    . $local->format($form) . "</time>\n";
}

function actions(array $c, string $id, int $role): string
{
  if ($role < SUPERVISOR)
    return '';
  $out = '';
  $from = STATUSES[$c['status']];
  foreach (ACTIONS[$c['status']] as [$slot, $word, $label, $icon]) {
    if ($word === 'delete' && ($c['runs'] > 0 || $role < ADMIN))
      continue;
    $icon = icon($icon);
    if ($word === 'edit') {
      $out .= "<a id=\"b$slot-$id\" class=\"icon-btn tip slot-$slot $word\" aria-label=\"$label\" aria-describedby=\"n-$id\" href=\"/dashboard/campaigns/$id/$word\">$icon</a>\n";
      continue;
    }
    $ask = '';
    if ($word === 'restart')
      $ask = ' hx-confirm="' . e(ASK_RESTART) . '"';
    elseif ($word === 'delete')
      $ask = ' hx-confirm="' . e("Delete draft campaign “{$c['name']}”? This also removes uploaded contacts.") . '"';
    $out .= "<button type=\"submit\" form=\"act\" id=\"b$slot-$id\" class=\"icon-btn tip slot-$slot $word\" aria-label=\"$label\" aria-describedby=\"n-$id\" formaction=\"/dashboard/campaigns/$id/$word?from=$from\" hx-post=\"\"$ask>$icon</button>\n";
  }
  return $out;
}

function note(array $c, int $active): string
{
  if ($c['status'] === 3 && $active > 0)
    return '<span class="note calm">' . icon('phone-call')
      . number_format($active) . ($active === 1 ? ' call' : ' calls') . " finishing</span>\n";
  if ($c['status'] === 4 && (string)$c['reason'] !== '')
    return '<span class="note bad">' . icon('circle-alert') . e($c['reason']) . "</span>\n";
  return '';
}

function row(array $c, array $f, int $total, int $role): void
{
  static $copy;
  $copy ??= '<svg class="icon idle" aria-hidden="true"><use href="' . S . '/icons.svg#copy"/></svg><svg class="icon ok" aria-hidden="true"><use href="' . S . '/icons.svg#check"/></svg>';
  $id = short_id($c['id']);
  $name = e($c['name']);
  $status = STATUSES[$c['status']];
  $label = LABELS[$c['status']];
  $processed = (int)$f['processed'];
  $percent = share($processed, $total, 100);
  $progress = $percent === 0 && $processed > 0 ? '&lt;1%' : "$percent%";
  $connected = number_format((int)$f['connected']);
  $done_width = width($processed, $total);
  $connected_width = width((int)$f['connected'], $total);
  $notes = '';
  if ($c['restarted_by'] !== null)
    $notes = '<span class="note">' . icon('rotate-ccw') . 'Restarted '
      . moment($c['restarted_at'], 'j M, H:i') . ' by <bdi>' . e($c['restarted_by']) . "</bdi></span>\n";
  $notes .= note($c, (int)$f['active']);
  $answer = rate((int)$f['answered'], (int)$f['ended']);
  $completion = rate((int)$f['done'], (int)$f['ended'] > 0 ? $total : 0);
  $created = moment($c['created_at'], 'j M Y');
  $actions = actions($c, $id, $role);
  echo <<<HTML
<tr class="row is-$status" id="c-$id" role="row" tabindex="-1" data-campaign-id="$id" data-status="$status">
<th scope="row" role="rowheader" class="name">
<a class="row-link" id="n-$id" href="/dashboard/campaigns/$id"><bdi>$name</bdi></a>
<span class="cid over"><code>$id</code><button type="button" class="icon-btn copy tip" aria-label="Copy ID $id" data-copy="$id">$copy</button></span>
$notes</th>
<td role="cell" class="status"><span class="badge $status">$label</span></td>
<td role="cell" class="prog-cell">
<div class="prog-text"><b>$progress</b> <span>$connected connected</span></div>
<svg class="bar" role="progressbar" aria-label="Contacts processed, $name" aria-valuemin="0" aria-valuemax="100" aria-valuenow="$percent" width="100%" height="6"><rect class="done" width="$done_width%" height="100%"/><rect class="conn" width="$connected_width%" height="100%"/></svg>
</td>
<td role="cell" class="end" data-label="Answer Rate">$answer</td>
<td role="cell" class="end" data-label="Completion Rate">$completion</td>
<td role="cell" class="date" data-label="Created">$created</td>
<td role="cell" class="acts-cell">
<div class="acts">
$actions</div>
</td>
</tr>

HTML;
}

function address(string $after): string
{
  global $search, $status, $size;
  return '/dashboard/campaigns?q=' . rawurlencode($search) . '&amp;status='
    . ($status === false ? '' : STATUSES[$status]) . '&amp;size=' . $size
    . ($after === '' ? '' : '&amp;after=' . $after);
}

function part(array $rows): void
{
  global $running, $role, $figures, $totals, $draft_totals, $total, $all,
    $filtered, $more, $after;
  static $none = ['processed' => 0, 'connected' => 0, 'ended' => 0, 'answered' => 0, 'done' => 0, 'active' => 0];
  echo <<<HTML
<div id="list" data-running="$running" hx-target:inherited="closest tr" hx-swap:inherited="outerMorph" hx-sync:inherited="closest tr:drop">
<div class="card list">
<table class="grid campaigns" role="table" aria-label="Campaigns">
<thead role="rowgroup">
<tr role="row">
<th scope="col" role="columnheader">Name</th>
<th scope="col" role="columnheader" class="col-status">Status</th>
<th scope="col" role="columnheader" class="col-prog">Progress</th>
<th scope="col" role="columnheader" class="col-rate end">Answer Rate</th>
<th scope="col" role="columnheader" class="col-comp end">Completion Rate</th>
<th scope="col" role="columnheader" class="col-date">Created</th>
<th scope="col" role="columnheader" class="col-acts">Actions</th>
</tr>
</thead>
<tbody role="rowgroup">

HTML;
  foreach ($rows as $c) {
    $run = $c['current_run'];
    row($c, $run ? $figures[$run] ?? $none : $none,
      $run ? $totals[$run] ?? 0 : $draft_totals[$c['id']] ?? 0, $role);
  }
  $count = number_format($total);
  $said = $filtered ? "$count of " . number_format($all) . ' campaigns'
    : $count . ($total === 1 ? ' campaign' : ' campaigns');
  echo "</tbody>\n</table>\n</div>\n<div class=\"foot\">\n<span class=\"num\">$said</span>\n";
  if ($filtered)
    echo "<a class=\"link\" href=\"/dashboard/campaigns\">Show all</a>\n";
  else
    echo "\n";
  $newest = count($after) === 2;
  if ($newest || $more) {
    echo "<nav class=\"pages\" aria-label=\"Pages\">\n";
    if ($newest)
      echo '<a class="btn" href="' . address('') . '"><svg class="icon flip" aria-hidden="true"><use href="' . S . '/icons.svg#arrow-left"/></svg>Newest</a>';
    echo "\n";
    if ($more) {
      $last = $rows[count($rows) - 1];
      $micros = strtotime($last['created_at'] . ' UTC') . substr($last['created_at'], 20);
      echo '<a class="btn" href="' . address('c' . $micros . '.' . short_id($last['id'])) . '" rel="next">Older<svg class="icon flip" aria-hidden="true"><use href="' . S . '/icons.svg#arrow-right"/></svg></a>';
    }
    echo "\n</nav>\n";
  }
  echo "<span class=\"grow\"></span>\n<span class=\"keys wide-only\"><kbd>J</kbd> <kbd>K</kbd> move, <kbd>Enter</kbd> open, <kbd>/</kbd> search</span>\n</div>\n</div>\n";
}

header('Content-Type: text/html; charset=utf-8');
header('Cache-Control: no-store');
header("Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
header('X-Content-Type-Options: nosniff');
header('X-Frame-Options: DENY');
header('Referrer-Policy: same-origin');
header('Cross-Origin-Opener-Policy: same-origin');
header('Cross-Origin-Resource-Policy: same-origin');
header('Vary: HX-Request, HX-Request-Type');
if (isset($_SERVER['HTTP_HX_REQUEST'])) {
  part($rows);
  exit;
}

$static = S;
$user = e($who['name']);
$space = e($who['workspace']);
$words = explode(' ', $who['name']);
$initials = e(preg_replace('/^(.).*/us', '$1', $words[0])
  . (count($words) > 1 ? preg_replace('/^(.).*/us', '$1', end($words)) : ''));
$role_label = ROLES[$role];
$back = e($_SERVER['REQUEST_URI']);
$value = e($_GET['q'] ?? '');
$options = '<option value=""' . ($status === false ? ' selected' : '') . ">All statuses</option>\n";
foreach (STATUSES as $i => $word)
  $options .= "<option value=\"$word\"" . ($status === $i ? ' selected' : '') . '>' . LABELS[$i] . "</option>\n";
$new = $role >= SUPERVISOR ? '<div class="head-actions"><a class="btn btn-primary" href="/dashboard/campaigns/new" aria-keyshortcuts="n">' . icon('plus') . "New Campaign</a></div>\n" : '';
$sized = $size === USUAL_SIZE ? '' : "<input type=\"hidden\" name=\"size\" value=\"$size\">";
$tag = $total . '.' . $role;
echo <<<HTML
<!DOCTYPE html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Campaigns · Outdial</title>
<meta name="color-scheme" content="light dark">
<meta name="htmx-config" content='{"noSwap":[204,304,"4xx","5xx"],"defaultSwap":"outerMorph","defaultTimeout":10000,"includeIndicatorCSS":false,"history":"reload","morphIgnore":["data-htmx-powered","data-now-"]}'>
<link rel="icon" type="image/svg+xml" href="$static/favicon.svg">
<link rel="stylesheet" href="$static/app.css">
<script src="$static/htmx.min.js" defer></script>
<script src="$static/app.js" defer></script>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<div class="shell">
<header class="topbar">
<a class="brand" href="/dashboard/campaigns"><span class="brand-mark"><svg class="icon" aria-hidden="true"><use href="$static/icons.svg#audio-lines"/></svg></span><span>Outdial</span></a>
<button type="button" class="icon-btn" popovertarget="side" aria-label="Open menu"><svg class="icon" aria-hidden="true"><use href="$static/icons.svg#menu"/></svg></button>
</header>
<aside class="side" id="side" popover aria-label="Workspace">
<a class="brand" href="/dashboard/campaigns"><span class="brand-mark"><svg class="icon" aria-hidden="true"><use href="$static/icons.svg#audio-lines"/></svg></span><span>Outdial<small><bdi>$space</bdi></small></span></a>
<nav class="nav" aria-label="Main">
<a href="/dashboard/campaigns" aria-current="page"><svg class="icon" aria-hidden="true"><use href="$static/icons.svg#megaphone"/></svg>Campaigns</a>
</nav>
<form class="who" method="post" action="/logout">
<input type="hidden" name="csrf" value="$csrf">
<span class="avatar" aria-hidden="true">$initials</span>
<span class="who-name"><bdi>$user</bdi><small>$role_label</small></span>
<button type="submit" class="icon-btn tip tip-end" aria-label="Sign out"><svg class="icon" aria-hidden="true"><use href="$static/icons.svg#log-out"/></svg></button>
</form>
</aside>
<main class="main" id="main" tabindex="-1">
<div id="banner" aria-live="polite">
</div>
<div class="head">
<div class="head-text">
<h1>Campaigns</h1>
<p class="sub lead">Every outbound campaign of this workspace, and how far it has come.</p>
</div>
$new</div>
<form class="tools" id="filter" role="search" method="get" action="/dashboard/campaigns" aria-label="Filter campaigns" hx-get="/dashboard/campaigns" hx-trigger="input changed delay:250ms from:#q, change from:#status, submit" hx-target="#list" hx-swap="outerMorph" hx-replace-url="true" hx-sync="#list:replace">
<div class="field-box"><label class="vh" for="q">Search campaigns</label><svg class="icon" aria-hidden="true"><use href="$static/icons.svg#search"/></svg><input id="q" name="q" type="search" maxlength="300" placeholder="Search campaigns" value="$value" autocomplete="off" spellcheck="false" aria-keyshortcuts="/"><kbd aria-hidden="true">/</kbd></div>
<div class="select"><label class="vh" for="status">Status</label><select id="status" name="status" autocomplete="off">
$options</select><svg class="icon" aria-hidden="true"><use href="$static/icons.svg#chevron-down"/></svg></div>
$sized
<noscript><button type="submit" class="btn">Apply</button></noscript>
<span class="grow"></span>
<span class="live" id="live" data-state="live" aria-live="polite">Live</span>
</form>
<div id="poll" data-tag="$tag" hx-get="/dashboard/campaigns" hx-trigger="every 1500ms" hx-target="#list" hx-swap="outerMorph" hx-sync="#list:abort" hidden></div>

HTML;
part($rows);
echo <<<HTML

</main>
</div>
<form id="act" method="post" hidden>
<input type="hidden" name="csrf" value="$csrf">
<input type="hidden" name="back" value="$back">
</form>
<dialog class="dialog" id="confirm" aria-labelledby="confirm-title" aria-describedby="confirm-text">
<form method="dialog">
<div class="dialog-body">
<span class="dialog-mark" id="confirm-mark"></span>
<h2 id="confirm-title">Please confirm</h2>
<p id="confirm-text"></p>
</div>
<div class="dialog-foot">
<button type="submit" class="btn" value="cancel" autofocus>Cancel</button>
<button type="submit" class="btn btn-primary" value="ok" id="confirm-ok">OK</button>
</div>
</form>
</dialog>
<p class="vh" id="said" aria-live="polite"></p>
<template id="toast-failed">
<div class="toast bad">
<svg class="icon" aria-hidden="true"><use href="$static/icons.svg#circle-alert"/></svg>
<p>Failed <small>The server did not answer as expected. The row shows what was last known.</small></p>
<button type="button" class="icon-btn" data-dismiss aria-label="Dismiss"><svg class="icon" aria-hidden="true"><use href="$static/icons.svg#x"/></svg></button>
</div>

</template>
<div class="toasts" id="toasts" role="status" aria-live="polite">
</div>
</body>
</html>

HTML;
