<?php
// strip.php - the strip of figures above the campaign list, for the PHP page of
// the bench: the windows of running campaigns, what was dialled, the hold.
declare(strict_types=1);

// Running campaigns, the open ones, and the first change: [running, open,
// when, in which zone].
function windows(mysqli $db, int $workspace): array
{
  $running = $open = 0;
  $at = PHP_INT_MAX;
  $name = '';
  foreach (query($db, 'SELECT window_start, window_end, days, zone, COUNT(*) AS n
      FROM campaign FORCE INDEX (by_window)
      WHERE workspace_id = ? AND status = 1
      GROUP BY window_start, window_end, days, zone', 'i', [$workspace]) as $w) {
    [$is_open, $changes, $its] = window($w);
    $running += $w['n'];
    if ($is_open && !$open)
      $at = PHP_INT_MAX; // from here on it is told when one closes
    if ($is_open)
      $open += $w['n'];
    if (($is_open || !$open) && $changes < $at)
      [$at, $name] = [$changes, $its];
  }
  return [$running, $open, $at, $name];
}

// What was dialled in the last minute and today, and what may be.
function dialled(mysqli $db, int $workspace): array
{
  global $now, $zone;
  $minute = intdiv((int)$now, 60);
  $day = intdiv((new DateTimeImmutable('@' . (int)$now))->setTimezone($zone)
    ->setTime(0, 0)->getTimestamp(), 60);
  $c = query($db, 'SELECT
    (SELECT SUM(cps) FROM carrier WHERE workspace_id = ? AND enabled = 1) AS cps,
    SUM(IF(grain = 1 AND at >= ?, placed, 0)) AS this_minute,
    SUM(IF(grain = 1 AND at < ?, placed, 0)) AS last_minute,
    SUM(IF(grain = 15, ended, 0)) AS ended,
    SUM(IF(grain = 15, answered, 0)) AS answered
    FROM workspace_count FORCE INDEX (PRIMARY) WHERE workspace_id = ?
    AND (grain = 1 AND at >= ? OR grain = 15 AND at >= ?)', 'iiiiii',
    [$workspace, $minute, $minute, $workspace, $minute - 1, $day])[0];
  $left = 1 - fmod($now, 60) / 60;
  return [(int)$c['this_minute'] + (int)round($c['last_minute'] * $left),
    60 * (int)$c['cps'], (int)$c['ended'], (int)$c['answered']];
}

function windows_values(int $running, int $open, int $at, string $name): array
{
  global $who;
  if ($running === 0)
    return ['WINDOWS' => '—', 'WINDOWS_NOTE' => 'nothing is running'];
  $words = $open === 0 ? 'Closed' : ($open === $running ? 'Open' : "$open of $running open");
  if ($at === PHP_INT_MAX)
    return ['WINDOWS' => $words, 'WINDOWS_NOTE' => $open ? 'all day, every day' : ''];
  return ['WINDOWS' => $words, 'WINDOWS_NOTE' =>
    e(clock($open ? 'until' : 'opens', $at, $name) . ($name === $who['zone'] ? '' : ", $name"))];
}

// What the markers of the strip hold.
function strip(mysqli $db, array $who): array
{
  $may = $who['role'] >= SUPERVISOR;
  [$running, $open, $at, $name] = windows($db, $who['workspace_id']);
  [$placed, $allowed, $ended, $answered] = dialled($db, $who['workspace_id']);
  $dialling = $who['held_at'] !== null ? 0 : $open;
  $strip = ['RUNNING' => $running, 'DIALLING' => number_format($dialling), 'OF_RUNNING' =>
      $dialling !== $running ? "of $running running" : ($dialling === 1 ? 'campaign' : 'campaigns'),
    'PER_MINUTE' => number_format($placed),
    'OF_ALLOWED' => 'of ' . number_format($allowed) . ' allowed'];
  $strip += $ended
    ? ['ANSWERED' => rate($answered, $ended)['RATE'],
      'OF_ENDED' => number_format($answered) . ' of ' . number_format($ended)]
    : ['ANSWERED' => '—', 'OF_ENDED' => 'no calls yet'];
  $strip += windows_values($running, $open, $at, $name);
  if ($who['held_at'] !== null)
    $strip['HELD'] = ['SINCE' => moment($who['held_at'], 'j M, H:i'),
      'BY' => e($who['held_by']), 'MAY' => $may];
  elseif ($may)
    $strip['MAY_HOLD'] = true;
  return $strip;
}
