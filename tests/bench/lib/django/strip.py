"""The strip of figures above the campaign list, for the Django page of the
bench: the windows of running campaigns, what was dialled, the hold."""
from rows import SUPERVISOR, moment, query, rate
from window import clock, window


def windows(workspace, now):
    """Running campaigns, the open ones, the first change, in which zone."""
    running, open_, at, name = 0, 0, None, ''
    for w in query('''SELECT window_start, window_end, days, zone, COUNT(*) AS n
            FROM campaign FORCE INDEX (by_window)
            WHERE workspace_id = %s AND status = 1
            GROUP BY window_start, window_end, days, zone''', [workspace]):
        is_open, changes, its = window(w, now)
        running += w['n']
        if is_open and not open_:
            at = None  # from here on it is told when one closes
        if is_open:
            open_ += w['n']
        if ((is_open or not open_) and changes and
                (at is None or changes < at)):
            at, name = changes, its
    return running, open_, at, name


def dialled(workspace, zone, now):
    """What was dialled in the last minute and today, and what may be."""
    minute = int(now.timestamp()) // 60
    local = now.astimezone(zone).replace(hour=0, minute=0, second=0)
    c = query('''SELECT (SELECT SUM(cps) FROM carrier
            WHERE workspace_id = %s AND enabled = 1) AS cps,
            SUM(IF(grain = 1 AND at >= %s, placed, 0)) AS this_minute,
            SUM(IF(grain = 1 AND at < %s, placed, 0)) AS last_minute,
            SUM(IF(grain = 15, ended, 0)) AS ended,
            SUM(IF(grain = 15, answered, 0)) AS answered
            FROM workspace_count FORCE INDEX (PRIMARY) WHERE workspace_id = %s
            AND (grain = 1 AND at >= %s OR grain = 15 AND at >= %s)''',
              [workspace, minute, minute, workspace, minute - 1,
               int(local.timestamp()) // 60])[0]
    left = 1 - now.timestamp() % 60 / 60
    placed = (c['this_minute'] or 0) + round(float(c['last_minute'] or 0) *
                                             left)
    return (placed, 60 * int(c['cps'] or 0), int(c['ended'] or 0),
            int(c['answered'] or 0))


def windows_values(running, open_, at, name, zone, now):
    if not running:
        return {'WINDOWS': '—', 'WINDOWS_NOTE': 'nothing is running'}
    words = f'{open_} of {running} open'
    if open_ in (0, running):
        words = 'Open' if open_ else 'Closed'
    note = 'all day, every day' if open_ else ''
    if at:
        word = 'until' if open_ else 'opens'
        note = clock(word, at, name, now)
        note += '' if name == zone else f', {name}'
    return {'WINDOWS': words, 'WINDOWS_NOTE': note}


def strip(who, now):
    """What the markers of the strip hold."""
    may, held = who['role'] >= SUPERVISOR, who['held_at']
    running, open_, at, name = windows(who['workspace_id'], now)
    placed, allowed, ended, answered = dialled(who['workspace_id'],
                                               who['zone_info'], now)
    dialling = 0 if held else open_
    of_running = 'campaign' if dialling == 1 else 'campaigns'
    if dialling != running:
        of_running = f'of {running} running'
    out = {'RUNNING': running, 'DIALLING': f'{dialling:,}',
           'OF_RUNNING': of_running,
           'PER_MINUTE': f'{placed:,}', 'OF_ALLOWED': f'of {allowed:,} allowed',
           'ANSWERED': '—', 'OF_ENDED': 'no calls yet', 'MAY_HOLD': may,
           **windows_values(running, open_, at, name, who['zone'], now)}
    if ended:
        out['ANSWERED'] = rate(answered, ended)['RATE']
        out['OF_ENDED'] = f'{answered:,} of {ended:,}'
    if held:
        out['MAY_HOLD'] = False
        out['HELD'] = {'BY': who['held_by'], 'MAY': may,
                       'SINCE': moment(held, '%-d %b, %H:%M',
                                       who['zone_info'])}
    return out
