"""The campaign list as a Django site, for the bench to compare with: the same
session check, statements, figures and HTML as outdial-web's.  It is kind to
Django: no model, no middleware, no router but one path; the template is ours,
made by lib/templates.mjs, escaped by Django itself."""
import datetime
import hashlib
import hmac
import os
import zoneinfo
from urllib.parse import quote

from django import template
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect
from django.template.loader import get_template
from django.urls import path

settings.configure(
    ALLOWED_HOSTS=['*'], ROOT_URLCONF=__name__, SECRET_KEY='bench',
    DATABASES={'default': {
        'ENGINE': 'django.db.backends.mysql', 'NAME': 'outdial', 'USER': 'root',
        'HOST': os.environ['MARIADB_SOCKET'], 'CONN_MAX_AGE': 600}},
    TEMPLATES=[{
        'BACKEND': 'django.template.backends.django.DjangoTemplates',
        'DIRS': [os.environ['OUTDIAL_TEMPLATES']],
        'OPTIONS': {'builtins': [__name__]}}])

STATUSES = ['draft', 'running', 'paused', 'completed', 'failed']
LABELS = ['Draft', 'Running', 'Paused', 'Completed', 'Failed']
ROLES = ['Viewer', 'Supervisor', 'Administrator']
SUPERVISOR, ADMIN = 1, 2
DIGITS = '0123456789abcdefghjkmnpqrstvwxyz'
ASK_RESTART = ('Prepare this campaign for a new run? This resets call attempts '
               'and returns it to draft. It will not start dialling until you '
               'press Start.')
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
HEADERS = {
    'Cache-Control': 'no-store',
    'Content-Security-Policy': "default-src 'none'; script-src 'self'; "
    "style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    'X-Content-Type-Options': 'nosniff', 'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Vary': 'HX-Request, HX-Request-Type'}
register = template.Library()


class Section(template.Node):
    """{% section X %}...{% endsection %}: for each of a list, with the values
    of a dictionary, or when X is true; nothing otherwise."""

    def __init__(self, name, inside):
        self.name, self.inside = name, inside

    def render(self, context):
        value = context.get(self.name)
        if not value:
            return ''
        if value is True:
            return self.inside.render(context)
        out = []
        for values in value if isinstance(value, list) else (value,):
            with context.push(values):
                out.append(self.inside.render(context))
        return ''.join(out)


@register.tag
def section(parser, token):
    inside = parser.parse(('endsection',))
    parser.delete_first_token()
    return Section(token.split_contents()[1], inside)


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
            action['ASK'] = {'TEXT': f'Delete draft campaign “{c["name"]}”? '
                             'This also removes uploaded contacts.'}
        out.append(action)
    return out if role >= SUPERVISOR else []


def row(c, f, total, role, zone):
    processed, connected, ended = f['processed'], f['connected'], f['ended']
    percent = share(processed, total, 100)
    out = {'ID': short_id(c['id']), 'NAME': c['name'],
           'STATUS': STATUSES[c['status']], 'STATUS_LABEL': LABELS[c['status']],
           'PROGRESS': '<1%' if not percent and processed else f'{percent}%',
           'PERCENT': percent, 'CONNECTED': f'{connected:,}',
           'DONE_WIDTH': width(processed, total),
           'CONNECTED_WIDTH': width(connected, total),
           'CREATED': moment(c['created_at'], '%-d %b %Y', zone),
           'ACTION': actions(c, role)}
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
    if c['status'] == 4 and c['reason']:
        out['NOTE'] = {'TONE': 'bad', 'ICON': 'circle-alert',
                       'TEXT': c['reason']}
    return out


NO_FIGURES = dict.fromkeys(('processed', 'connected', 'ended', 'answered',
                            'done'), 0)


def rows_of(campaigns, role, zone):
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
                abandoned + voicemail + invalid) AS done
                FROM run_count WHERE run_id IN ({marks}) GROUP BY run_id''',
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
                totals.get(c['current_run'] or c['id'], 0), role, zone)
            for c in campaigns]


def count(sql, args):
    return query(f'SELECT COUNT(*) AS n FROM campaign {sql}', args)[0]['n']


class Asked:
    """What the query string asks for."""

    def __init__(self, values):
        self.search = values.get('q', '').strip()
        word = values.get('status', '')
        self.status = STATUSES.index(word) if word in STATUSES else None
        self.size = int(values.get('size', 25))
        self.at, self.last = datetime.datetime(9999, 12, 31, 23, 59, 59), 0
        self.newest = 'before' in values
        if self.newest:
            micros, last = values['before'].split('-')
            self.at = (datetime.datetime(1970, 1, 1) +
                       datetime.timedelta(microseconds=int(micros)))
            self.last = parse_id(last)
        self.filtered = bool(self.search) or self.status is not None

    def address(self, before=''):
        word = '' if self.status is None else STATUSES[self.status]
        text = (f'/dashboard/campaigns?q={quote(self.search)}&status={word}'
                f'&size={self.size}')
        return f'{text}&before={before}' if before else text


def foot(asked, campaigns, more, total, everything):
    out = {'TOTAL': f'{total:,} campaign' + ('' if total == 1 else 's')}
    if asked.filtered:
        out = {'TOTAL': f'{total:,} of {everything:,} campaigns', 'CLEAR': True}
    pages = {}
    if asked.newest:
        pages['NEWEST'] = {'HREF': asked.address()}
    if more:
        last = campaigns[-1]
        micros = ((last['created_at'] - datetime.datetime(1970, 1, 1)) //
                  datetime.timedelta(microseconds=1))
        pages['OLDER'] = {
            'HREF': asked.address(f'{micros}-{short_id(last["id"])}')}
    if pages:
        out['PAGES'] = pages
    return out


def list_values(asked, who, zone):
    by = 'by_time' if asked.status is None else 'by_status'
    only = '' if asked.status is None else f' AND c.status = {asked.status}'
    needle = asked.search.lower()
    workspace = who['workspace_id']
    campaigns = query(f'''SELECT c.id, c.name, c.status, c.runs, c.current_run,
        c.created_at, c.restarted_at, c.restarted_by, r.rest, r.reason
        FROM campaign c FORCE INDEX ({by})
        LEFT JOIN run r ON r.id = c.current_run
        WHERE c.workspace_id = %s{only} AND c.created_at <= %s
        AND (c.created_at < %s OR (c.created_at = %s AND c.id < %s))
        AND (%s = '' OR INSTR(c.hay, %s))
        ORDER BY c.created_at DESC, c.id DESC LIMIT %s''',
                      [workspace, asked.at, asked.at, asked.at, asked.last,
                       needle, needle, asked.size + 1])
    more = len(campaigns) > asked.size
    campaigns = campaigns[:asked.size]
    total = count(f'''c FORCE INDEX ({by}) WHERE workspace_id = %s{only}
        AND (%s = '' OR INSTR(hay, %s))''', [workspace, needle, needle])
    running = count('''FORCE INDEX (by_status) WHERE workspace_id = %s
        AND status = 1''', [workspace])
    everything = total
    if asked.filtered:
        everything = count('FORCE INDEX (by_time) WHERE workspace_id = %s',
                           [workspace])
    return {'RUNNING': running,
            'ROWS': {'ROW': rows_of(campaigns, who['role'], zone)},
            'FOOT': foot(asked, campaigns, more, total, everything)}


def page_values(request, asked, who, token, values):
    options = [{'WORD': '', 'LABEL': 'All statuses',
                'CHOSEN': asked.status is None}]
    for i, word in enumerate(STATUSES):
        options.append({'WORD': word, 'LABEL': LABELS[i],
                        'CHOSEN': asked.status == i})
    content = {'SEARCH': request.GET.get('q', ''), 'STATUS': options,
               'TAG': f'{values["RUNNING"]}.{who["role"]}', 'LIST': values,
               'MAY_CREATE': who['role'] >= SUPERVISOR}
    if asked.size != 25:
        content['SIZE'] = {'SIZE': asked.size}
    secret = hashlib.sha256(f'cookie {token}'.encode()).digest()
    words = who['name'].split(' ')
    return {'TITLE': 'Campaigns', 'SIGNED_IN': True, 'AT_CAMPAIGNS': True,
            'WORKSPACE': who['workspace'], 'USER': who['name'],
            'ROLE': ROLES[who['role']],
            'CSRF': hmac.new(secret, b'form', 'sha256').hexdigest(),
            'BACK': request.get_full_path(), 'CONTENT': content,
            'INITIALS': words[0][:1] + (words[-1][:1] if words[1:] else ''),
            'FAILED': {'BAD': True, 'ICON': 'circle-alert', 'TEXT': 'Failed',
                       'DETAIL': {'DETAIL': 'The server did not answer as '
                                  'expected. The row shows what was last '
                                  'known.'}}}


def campaign_list(request):
    token = request.COOKIES.get('outdial', '')[:43]
    found = query('''SELECT u.id, u.workspace_id, u.role, u.name,
        w.name AS workspace, w.zone FROM session s
        JOIN user u ON u.id = s.user_id
        JOIN workspace w ON w.id = u.workspace_id
        WHERE s.digest = %s AND s.expires_at > UTC_TIMESTAMP(6)''',
                  [hashlib.sha256(token.encode()).digest()])
    if not found:
        return HttpResponseRedirect('/login')
    who, asked = found[0], Asked(request.GET)
    values = list_values(asked, who, zoneinfo.ZoneInfo(who['zone']))
    name = 'part_campaign_list'
    if 'HX-Request' not in request.headers:
        name = 'layout'
        values = page_values(request, asked, who, token, values)
    response = HttpResponse(get_template(name).render(values))
    for header, value in HEADERS.items():
        response[header] = value
    return response


urlpatterns = [path('dashboard/campaigns', campaign_list)]
application = get_wsgi_application()
