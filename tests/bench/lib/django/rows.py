"""What the rows of the campaign list hold, for the Django page of the bench:
statements, figures, and the values of the markers."""
import datetime

from django.db import connection

from window import opens, window

STATUSES = ['draft', 'running', 'paused', 'completed', 'failed']
LABELS = ['Draft', 'Running', 'Paused', 'Completed', 'Failed']
SUPERVISOR, ADMIN = 1, 2
DIGITS = '0123456789abcdefghjkmnpqrstvwxyz'
ASK_RESTART = ('Prepare this campaign for a new run? This resets call attempts '
               'and returns it to draft. It will not start dialling until you '
               'press Start.')
ASK_DELETE = ('Delete draft campaign “%s”? This also removes uploaded '
              'contacts.')
START = (1, 'start', 'Start', 'play')
EDIT = (2, 'edit', 'Edit', 'pencil')
CLONE = (3, 'clone', 'Clone', 'copy')
STOP = (4, 'stop', 'Stop', 'square')
RESTART = (1, 'restart', 'Restart', 'rotate-ccw')
# by status: slot, word, label, icon
ACTIONS = [[START, EDIT, CLONE, (4, 'delete', 'Delete', 'trash-2')],
           [(1, 'pause', 'Pause', 'pause'), CLONE, STOP],
           [(1, 'resume', 'Resume', 'play'), EDIT, CLONE, STOP],
           [RESTART, CLONE], [RESTART, CLONE]]


def query(sql, args):
    with connection.cursor() as cursor:
        cursor.execute(sql, args)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row)) for row in cursor.fetchall()]


def short_id(number):
    return ''.join(DIGITS[number >> shift & 31] for shift in range(45, -1, -5))


def parse_id(text):
    number = 0
    for c in text:
        number = number << 5 | DIGITS.index(c)
    return number


def share(part, whole, scale):
    if whole <= 0 or part <= 0:
        return 0
    return scale if part >= whole else part * scale // whole


def width(part, whole):
    tenths = part * 1000 // whole if whole > 0 else 0
    if part > 0 and tenths < 10:
        tenths = 10
    return f'{tenths // 10}.{tenths % 10}'


def rate(part, whole):
    tenths = share(part, whole, 1000)
    text = f'{tenths // 10}.{tenths % 10}' if tenths % 10 else f'{tenths // 10}'
    return {'RATE': f'{text}%'}


def moment(at, form, zone):
    local = at.replace(tzinfo=datetime.timezone.utc).astimezone(zone)
    return {'UTC': at.strftime('%Y-%m-%dT%H:%M:%SZ'),
            'EXACT': local.strftime('%a, %-d %b %Y, %H:%M:%S ') + zone.key,
            'TEXT': local.strftime(form)}


def actions(c, role):
    out = []
    for slot, word, label, icon in ACTIONS[c['status']]:
        if word == 'delete' and (c['runs'] or role < ADMIN):
            continue
        action = {'SLOT': slot, 'WORD': word, 'LABEL': label, 'ICON': icon,
                  'LINK' if word == 'edit' else 'BUTTON': True}
        if word == 'restart':
            action['ASK'] = {'TEXT': ASK_RESTART}
        elif word == 'delete':
            action['ASK'] = {'TEXT': ASK_DELETE}
        out.append(action)
    return out if role >= SUPERVISOR else []


def note(c, active, held, now):
    if c['status'] == 1:
        text = 'on hold' if held else opens(window(c, now), now)
        tone, icon = 'calm', 'clock'
    elif c['status'] == 3 and active > 0:
        text = f'{active:,} call' + ('' if active == 1 else 's') + ' finishing'
        tone, icon = 'calm', 'phone-call'
    else:
        text = c['reason'] if c['status'] == 4 else ''
        tone, icon = 'bad', 'circle-alert'
    return {'TONE': tone, 'ICON': icon, 'TEXT': text} if text else None


def row(c, f, total, who, now):
    zone, role = who['zone_info'], who['role']
    processed, connected, ended = f['processed'], f['connected'], f['ended']
    percent = share(processed, total, 100)
    out = {'MARK': '', 'ID': short_id(c['id']), 'NAME': c['name'],
           'STATUS': STATUSES[c['status']], 'STATUS_LABEL': LABELS[c['status']],
           'PROGRESS': '<1%' if not percent and processed else f'{percent}%',
           'PERCENT': percent, 'CONNECTED': f'{connected:,}',
           'DONE_WIDTH': width(processed, total),
           'CONNECTED_WIDTH': width(connected, total),
           'CREATED': moment(c['created_at'], '%-d %b %Y', zone),
           'PICK': role >= SUPERVISOR}
    if role >= SUPERVISOR:
        out['ACTS'] = {'ACTION': actions(c, role)}
    if ended > 0:
        out['ANSWER'] = rate(f['answered'], ended)
    else:
        out['NO_ANSWER'] = True
    if ended > 0 and total > 0:
        out['COMPLETION'] = rate(f['done'], total)
    else:
        out['NO_COMPLETION'] = True
    if c['restarted_by'] is not None:
        out['RESTARTED'] = {'AT': moment(c['restarted_at'], '%-d %b, %H:%M',
                                         zone), 'BY': c['restarted_by']}
    out['NOTE'] = note(c, f['active'], who['held_at'], now)
    out['WAITS'] = c['status'] == 1 and out['NOTE'] is not None
    return out


NO_FIGURES = dict.fromkeys(('processed', 'connected', 'ended', 'answered',
                            'done', 'active'), 0)


def rows_of(campaigns, who, now):
    runs = [c['current_run'] for c in campaigns if c['current_run']]
    drafts = [c['id'] for c in campaigns if not c['current_run']]
    totals, figures = {}, {}
    if runs:
        marks = ','.join(['%s'] * len(runs))
        for r in query(f'''SELECT c.run_id, SUM(COALESCE(c.upto, p.n)) AS n
                FROM run_cursor c JOIN list_part p
                ON p.list_id = c.list_id AND p.part = c.part
                WHERE c.run_id IN ({marks}) GROUP BY c.run_id''', runs):
            totals[r['run_id']] = int(r['n'])
        for r in query(f'''SELECT run_id, SUM(processed) AS processed,
                SUM(connected) AS connected, SUM(ended) AS ended,
                SUM(answered) AS answered, SUM(completed + exhausted +
                abandoned + voicemail + invalid) AS done,
                SUM(active) AS active FROM run_count WHERE run_id IN ({marks}) GROUP BY run_id''',
                       runs):
            figures[r['run_id']] = {k: int(v) for k, v in r.items()}
    if drafts:
        marks = ','.join(['%s'] * len(drafts))
        for r in query(f'''SELECT s.campaign_id, SUM(COALESCE(s.upto, p.n)) AS n
                FROM segment s JOIN list_part p
                ON p.list_id = s.list_id AND p.part = s.part
                WHERE s.campaign_id IN ({marks}) GROUP BY s.campaign_id''',
                       drafts):
            totals[r['campaign_id']] = int(r['n'])
    return [row(c, figures.get(c['current_run'], NO_FIGURES),
                totals.get(c['current_run'] or c['id'], 0), who, now)
            for c in campaigns]
