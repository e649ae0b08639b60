"""Calling hours of campaigns as the Django page of the bench shows them: open
or not, and until when."""
import datetime
import zoneinfo

DAY_MINUTES = 1440
EVERY_DAY = 127
UTC = datetime.timezone.utc
DAY = datetime.timedelta(days=1)


def instant(day, minute, zone):
    at = datetime.datetime(day.year, day.month, day.day) + datetime.timedelta(
        minutes=minute)
    return at.replace(tzinfo=zone).astimezone(UTC)


def opening(w, at):
    """The first opening that ends after a moment, as (from, to), or None."""
    start, end = w['window_start'], w['window_end']
    zone = zoneinfo.ZoneInfo(w['zone'])
    day = at.astimezone(zone).date() - DAY
    for _ in range(15):
        if w['days'] >> day.weekday() & 1:
            to = instant(day, end + (DAY_MINUTES if end <= start else 0), zone)
            begin = instant(day, start, zone)
            if begin < to and to > at:
                return begin, to
        day += DAY
    return None


def window(w, now):
    """(open, when that changes or None: never, in which zone)."""
    if (w['window_start'], w['window_end'], w['days']) == (0, DAY_MINUTES,
                                                           EVERY_DAY):
        return True, None, w['zone']
    found = opening(w, now)
    if not found or found[0] > now:
        return False, found and found[0], w['zone']
    closes = found[1]
    for _ in range(7):  # whole days that follow each other are one opening
        after = opening(w, closes)
        if not after or after[0] > closes:
            break
        closes = after[1]
    return True, closes, w['zone']


def clock(word, at, name, now):
    """"opens 09:00", "until 09:00 tomorrow", "until Mon 09:00"."""
    zone = zoneinfo.ZoneInfo(name)
    then = at.astimezone(zone)
    days = (then.date() - now.astimezone(zone).date()).days
    if days > 1:
        return f'{word} {then:%a %H:%M}'
    return f'{word} {then:%H:%M}' + (' tomorrow' if days else '')


def opens(state, now):
    is_open, at, name = state
    if is_open:
        return ''
    return clock('opens', at, name, now) if at else 'never opens'
