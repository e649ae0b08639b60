<?php
// common.php - what the PHP pages of the bench share: who asks, statements,
// and what the markers of a campaign's row hold.  The HTML is ours, made into
// functions by lib/templates.mjs.  It is kind to PHP: no framework, no router,
// no templates to parse, text from outside escaped once and nothing else.
declare(strict_types=1);

require getenv('OUTDIAL_TEMPLATES');
require __DIR__ . '/window.php';

const STATUSES = ['draft', 'running', 'paused', 'completed', 'failed'];
const LABELS = ['Draft', 'Running', 'Paused', 'Completed', 'Failed'];
const SUPERVISOR = 1;
const ADMIN = 2;
const ASK_DELETE = 'Delete draft campaign “%s”? This also removes uploaded contacts.';
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
const NO_FIGURES = ['processed' => 0, 'connected' => 0, 'ended' => 0,
  'answered' => 0, 'done' => 0, 'active' => 0];
const CAMPAIGN_COLUMNS = 'c.id, c.name, c.status, c.runs, c.epoch,
  c.current_run, c.bot_id, c.created_at, c.restarted_at, c.restarted_by,
  c.window_start, c.window_end, c.days, c.zone, r.rest, r.reason';

function e(string $text): string
{
  return htmlspecialchars($text, ENT_QUOTES | ENT_SUBSTITUTE, 'UTF-8');
}

function statement(mysqli $db, string $sql, string $types, array $args): mysqli_stmt
{
  $st = $db->prepare($sql);
  if ($args)
    $st->bind_param($types, ...$args);
  $st->execute();
  return $st;
}

function query(mysqli $db, string $sql, string $types, array $args): array
{
  return statement($db, $sql, $types, $args)->get_result()->fetch_all(MYSQLI_ASSOC);
}

function refuse(int $code): never
{
  http_response_code($code);
  exit;
}

// Who is it?

$token = substr($_COOKIE['outdial'] ?? '', 0, 43);
mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
$db = new mysqli('p:localhost', 'root', '', 'outdial', 0, getenv('MARIADB_SOCKET'));
$who = query($db, 'SELECT u.id, u.workspace_id, u.role, u.theme, u.density,'
  . ' u.letter_keys, u.email, u.name, w.name AS workspace, w.zone,'
  . ' w.held_at, w.held_by'
  . ' FROM session s JOIN user u ON u.id = s.user_id'
  . ' JOIN workspace w ON w.id = u.workspace_id'
  . ' WHERE s.digest = ? AND s.expires_at > UTC_TIMESTAMP(6)',
  's', [hash('sha256', $token, true)])[0] ?? null;
if (!$who) {
  header('Location: /login', true, 303);
  exit;
}
$form = hash_hmac('sha256', 'form', hash('sha256', "cookie $token", true), true);
// Masked anew on every page, as ours is.
$mask = random_bytes(32);
$csrf = bin2hex($mask . ($mask ^ $form));
$zone = zone($who['zone']);
$utc = zone('UTC');
$now = microtime(true);
$workspace = $who['workspace_id'];
$role = $who['role'];

header('Content-Type: text/html; charset=utf-8');
header('Cache-Control: no-store');
header("Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
header('X-Content-Type-Options: nosniff');
header('X-Frame-Options: DENY');
header('Referrer-Policy: same-origin');
header('Cross-Origin-Opener-Policy: same-origin');
header('Cross-Origin-Resource-Policy: same-origin');
header('Vary: HX-Request, HX-Request-Type');

function is_csrf(string $field, string $form): bool
{
  $both = preg_match('~^[0-9a-f]{128}$~D', $field) ? hex2bin($field) : str_repeat('x', 64);
  return hash_equals($form, substr($both, 0, 32) ^ substr($both, 32));
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

// The figures of runs and drafts: [totals, figures by run, totals of drafts].
function figures(mysqli $db, array $runs, array $drafts): array
{
  $totals = $figures = $draft_totals = [];
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
  return [$totals, $figures, $draft_totals];
}

// What the markers of a row hold.

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

function rate(int $part, int $whole): array
{
  $tenths = share($part, $whole, 1000);
  $text = $tenths % 10 ? intdiv($tenths, 10) . '.' . $tenths % 10 : (string)intdiv($tenths, 10);
  return ['RATE' => "$text%"];
}

function moment(string $at, string $form): array
{
  global $zone, $utc;
  $local = (new DateTimeImmutable($at, $utc))->setTimezone($zone);
  return ['UTC' => strtr(substr($at, 0, 19), ' ', 'T') . 'Z',
    'EXACT' => $local->format('D, j M Y, H:i:s ') . e($zone->getName()),
    'TEXT' => $local->format($form)];
}

function actions(array $c, int $role): array
{
  if ($role < SUPERVISOR)
    return [];
  $out = [];
  foreach (ACTIONS[$c['status']] as [$slot, $word, $label, $icon]) {
    if ($word === 'delete' && ($c['runs'] > 0 || $role < ADMIN))
      continue;
    $action = ['SLOT' => $slot, 'WORD' => $word, 'LABEL' => $label, 'ICON' => $icon];
    if ($word === 'edit')
      $action['LINK'] = true;
    else
      $action['BUTTON'] = true;
    if ($word === 'restart')
      $action['ASK'] = ['TEXT' => ASK_RESTART];
    elseif ($word === 'delete')
      $action['ASK'] = ['TEXT' => ASK_DELETE];
    $out[] = $action;
  }
  return $out;
}

function note(array $c, int $active): ?array
{
  global $who;
  if ($c['status'] === 1) {
    $text = $who['held_at'] !== null ? 'on hold' : opens(window($c));
    return $text === '' ? null
      : ['TONE' => 'calm', 'ICON' => 'clock', 'TEXT' => $text];
  }
  if ($c['status'] === 3 && $active > 0)
    return ['TONE' => 'calm', 'ICON' => 'phone-call', 'TEXT' => number_format($active)
      . ($active === 1 ? ' call' : ' calls') . ' finishing'];
  if ($c['status'] === 4 && (string)$c['reason'] !== '')
    return ['TONE' => 'bad', 'ICON' => 'circle-alert', 'TEXT' => e($c['reason'])];
  return null;
}

function row(array $c, array $f, int $total, int $role): array
{
  $processed = (int)$f['processed'];
  $connected = (int)$f['connected'];
  $percent = share($processed, $total, 100);
  $row = ['MARK' => '', 'ID' => short_id($c['id']), 'NAME' => e($c['name']),
    'STATUS' => STATUSES[$c['status']], 'STATUS_LABEL' => LABELS[$c['status']],
    'PROGRESS' => $percent === 0 && $processed > 0 ? '&lt;1%' : "$percent%",
    'PERCENT' => $percent, 'CONNECTED' => number_format($connected),
    'DONE_WIDTH' => width($processed, $total),
    'CONNECTED_WIDTH' => width($connected, $total),
    'CREATED' => moment($c['created_at'], 'j M Y')];
  if ($role >= SUPERVISOR) {
    $row['PICK'] = true;
    $row['ACTS'] = ['ACTION' => actions($c, $role)];
  }
  if ($f['ended'] > 0)
    $row['ANSWER'] = rate((int)$f['answered'], (int)$f['ended']);
  else
    $row['NO_ANSWER'] = true;
  if ($f['ended'] > 0 && $total > 0)
    $row['COMPLETION'] = rate((int)$f['done'], $total);
  else
    $row['NO_COMPLETION'] = true;
  if ($c['restarted_by'] !== null)
    $row['RESTARTED'] = ['AT' => moment($c['restarted_at'], 'j M, H:i'),
      'BY' => e($c['restarted_by'])];
  if ($note = note($c, (int)$f['active']))
    $row += ['NOTE' => $note, 'WAITS' => $c['status'] === 1];
  return $row;
}

function row_of(array $c, array $figures, int $role): array
{
  [$totals, $counts, $draft_totals] = $figures;
  $run = $c['current_run'];
  return $run ? row($c, $counts[$run] ?? NO_FIGURES, $totals[$run] ?? 0, $role)
    : row($c, NO_FIGURES, $draft_totals[$c['id']] ?? 0, $role);
}
