<?php
// window.php - calling windows of campaigns as the PHP pages of the bench show
// them: open or not, and until when.
declare(strict_types=1);

const DAY_MINUTES = 1440;
const EVERY_DAY = 127;

function zone(string $name): DateTimeZone
{
  static $known = [];
  return $known[$name] ??= new DateTimeZone($name);
}

// The first opening that ends after a moment, as [from, to]; null: none.
function opening(array $w, int $at): ?array
{
  ['window_start' => $start, 'window_end' => $end] = $w;
  $day = (new DateTimeImmutable("@$at"))->setTimezone(zone($w['zone']))->modify('-1 day');
  for ($i = -1; $i < 14; $i++, $day = $day->modify('+1 day')) {
    if (!($w['days'] >> ($day->format('N') - 1) & 1))
      continue;
    $from = $day->setTime(0, $start)->getTimestamp();
    $to = $day->setTime($end <= $start ? 24 : 0, $end)->getTimestamp();
    if ($from < $to && $to > $at)
      return [$from, $to];
  }
  return null;
}

// [open, when that changes (PHP_INT_MAX: never), in which zone]; those of one
// page are few and are kept.
function window(array $w): array
{
  static $known = [];
  global $now;
  ['window_start' => $start, 'window_end' => $end, 'days' => $days] = $w;
  if ($start === 0 && $end === DAY_MINUTES && $days === EVERY_DAY)
    return [true, PHP_INT_MAX, $w['zone']];
  $key = "$start $end $days {$w['zone']}";
  if (isset($known[$key]))
    return $known[$key];
  [$from, $to] = opening($w, (int)$now) ?? [PHP_INT_MAX, 0];
  $open = $from <= $now;
  // whole days that follow each other are one opening
  for ($i = 0; $open && $i < 7; $i++) {
    $after = opening($w, $to);
    if (!$after || $after[0] > $to)
      break;
    $to = $after[1];
  }
  return $known[$key] = [$open, $open ? $to : $from, $w['zone']];
}

// "opens 09:00", "until 09:00 tomorrow", "until Mon 09:00"
function clock(string $word, int $at, string $name): string
{
  global $now;
  $today = (new DateTimeImmutable('@' . (int)$now))->setTimezone(zone($name));
  $then = (new DateTimeImmutable("@$at"))->setTimezone(zone($name));
  $days = $today->setTime(0, 0)->diff($then->setTime(0, 0))->days;
  return $word . $then->format($days > 1 ? ' D H:i' : ' H:i')
    . ($days === 1 ? ' tomorrow' : '');
}

function opens(array $state): string
{
  [$open, $at, $name] = $state;
  if ($open)
    return '';
  return $at === PHP_INT_MAX ? 'never opens' : clock('opens', $at, $name);
}
