"""The campaign list as a Django site, for the bench to compare with: the same
session check, statements, figures and HTML as outdial-web's.  It is kind to
Django: no model, no middleware, no router but one path; the template is ours,
made by lib/templates.mjs, escaped by Django itself."""
import datetime
import hashlib
import hmac
import os
import re
import zoneinfo
from urllib.parse import quote, urlencode

from django import template
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse, HttpResponseRedirect
from django.template.loader import get_template
from django.urls import path

from rows import (LABELS, STATUSES, SUPERVISOR, parse_id, query, rows_of,
                  short_id)
from strip import strip

settings.configure(
    ALLOWED_HOSTS=['*'], ROOT_URLCONF=__name__, SECRET_KEY='bench',
    DATABASES={'default': {
        'ENGINE': 'django.db.backends.mysql', 'NAME': 'outdial', 'USER': 'root',
        'HOST': os.environ['MARIADB_SOCKET'], 'CONN_MAX_AGE': 600}},
    TEMPLATES=[{
        'BACKEND': 'django.template.backends.django.DjangoTemplates',
        'DIRS': [os.environ['OUTDIAL_TEMPLATES']],
        'OPTIONS': {'builtins': [__name__]}}])

ROLES = ['Viewer', 'Supervisor', 'Administrator']
SIZES = [25, 50, 100]
USUAL = {'q': '', 'status': '', 'sort': 'created', 'dir': 'usual', 'size': '25',
         'after': '', 'before': ''}
FIRST = {'after': '', 'before': ''}
FIGURES_MOST = 10000
EPOCH = datetime.datetime(1970, 1, 1)
MICROSECOND = datetime.timedelta(microseconds=1)
# word, label, sort: of the columns
COLUMNS = [('name', 'Name', 'name'), ('status', 'Status', 'status'),
           ('prog', 'Progress', 'progress'), ('rate', 'Answer Rate', 'answer'),
           ('comp', 'Completion Rate', 'completion'),
           ('date', 'Created', 'created'), ('acts', 'Actions', None)]
# for several rows; OFFERS: the statuses that offer it
BULK = {'ACTION': [
    {'WORD': 'pause', 'LABEL': 'Pause', 'ICON': 'pause', 'OFFERS': 'running'},
    {'WORD': 'resume', 'LABEL': 'Resume', 'ICON': 'play', 'OFFERS': 'paused'},
    {'WORD': 'stop', 'LABEL': 'Stop', 'ICON': 'square',
     'OFFERS': 'running paused',
     'ASK': {'TEXT': 'Stop %s? This cannot be undone.'}}]}
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


class Asked:
    """What the query string asks for; the usual order only."""

    def __init__(self, values):
        self.values = {name: values.get(name, usual)
                       for name, usual in USUAL.items()}
        self.search = self.values['q'].strip()
        word = self.values['status']
        self.status = STATUSES.index(word) if word in STATUSES else None
        self.size = int(self.values['size'])
        self.back = self.values['before'] != ''
        key = self.values['before'] or self.values['after']
        self.key = re.fullmatch(r'c(\d{1,16})\.([0-9a-z]{10})', key)
        if self.key:
            micros, last = self.key.groups()
            self.at = EPOCH + int(micros) * MICROSECOND
            self.last = parse_id(last)
        self.filtered = bool(self.search) or self.status is not None

    def address(self, **but):
        values = [(name, value) for name, value in {**self.values,
                                                    **but}.items()
                  if value != USUAL[name]]
        query_string = urlencode(values, quote_via=quote, safe='')
        return '/dashboard/campaigns' + (query_string and '?' + query_string)

    def only(self):
        """The condition that is asked for, its values, and their index."""
        sql, args = '', []
        if self.status is not None:
            sql = f' AND c.status = {self.status}'
        if self.search:
            sql, args = sql + ' AND INSTR(c.hay, %s)', [self.search.lower()]
        return sql, args, 'by_time' if self.status is None else 'by_status'

    def past(self, than, row):
        """The condition of what is past the key, and its values."""
        if not self.key:
            return '', []
        return (f''' AND c.created_at {than}= %s AND (c.created_at {than} %s
            OR (c.created_at = %s AND c.id {row} %s))''',
                [self.at, self.at, self.at, self.last])


def count(workspace, only, args, by):
    return query(f'''SELECT COUNT(*) AS n FROM campaign c FORCE INDEX ({by})
        WHERE c.workspace_id = %s{only}''', [workspace, *args])[0]['n']


def columns(asked, role, total):
    out = []
    for word, label, sort in COLUMNS:
        is_sorted = sort == 'created'
        column = {'WORD': word, 'ALL': sort == 'name' and role >= SUPERVISOR}
        if is_sorted:
            column['SORTED'] = {'HOW': 'descending',
                                'ORDER': 'Created, newest'}
        if sort is None or (total > FIGURES_MOST and
                            word in ('prog', 'rate', 'comp')):
            column['PLAIN'] = {'LABEL': label}
        else:
            column['LINK'] = {
                'LABEL': label, 'ICON': 'chevron-down',
                'HREF': asked.address(sort=sort, dir='asc' if is_sorted
                                      else 'usual', **FIRST)}
        out.append(column)
    return out


def key_of(c):
    micros = (c['created_at'] - EPOCH) // MICROSECOND
    return f'c{micros}.{short_id(c["id"])}'


def pages(asked, campaigns, before, after):
    """What leads on, and back."""
    out = []
    if before:
        key = key_of(campaigns[0])
        out = [{'LABEL': 'First', 'HREF': asked.address(**FIRST)},
               {'LABEL': 'Previous', 'REL': {'WORD': 'prev'},
                'HREF': asked.address(after='', before=key)}]
    if after:
        key = key_of(campaigns[-1])
        out.append({'LABEL': 'Next', 'REL': {'WORD': 'next'},
                    'HREF': asked.address(after=key, before='')})
    return out


def foot(asked, ways, total, everything):
    out = {'TOTAL': f'{total:,} campaign' + ('' if total == 1 else 's'),
           'SIZE': [{'SIZE': size, 'CHOSEN': size == asked.size,
                     'HREF': asked.address(size=str(size), **FIRST)}
                    for size in SIZES]}
    if asked.filtered:
        out.update(TOTAL=f'{total:,} of {everything:,} campaigns', CLEAR=True)
    if ways:
        out['PAGES'] = {'PAGE': ways}
    return out


def find(asked, workspace):
    """The rows of the page, then whether there are more before and after."""
    only, args, by = asked.only()
    past, place = asked.past(*('>>' if asked.back else '<<'))
    order = 'c.created_at, c.id'
    if not asked.back:
        order = 'c.created_at DESC, c.id DESC'
    campaigns = query(f'''SELECT c.id, c.name, c.status, c.runs, c.current_run,
        c.created_at, c.restarted_at, c.restarted_by, c.window_start,
        c.window_end, c.days, c.zone, r.rest, r.reason
        FROM campaign c FORCE INDEX ({by})
        LEFT JOIN run r ON r.id = c.current_run
        WHERE c.workspace_id = %s{only}{past} ORDER BY {order}
        LIMIT {asked.size + 1}''', [workspace, *args, *place])
    more = len(campaigns) > asked.size
    campaigns = campaigns[:asked.size]
    everything = total = count(workspace, '', [], 'by_time')
    if asked.filtered:
        total = count(workspace, only, args, by)
    behind = bool(asked.key) and not more and total > len(campaigns)
    if asked.key and more:
        past, place = asked.past(*(('<', '<=') if asked.back else
                                   ('>', '>=')))
        behind = bool(query(f'''SELECT 1 FROM campaign c FORCE INDEX ({by})
            WHERE c.workspace_id = %s{only}{past} LIMIT 1''',
                            [workspace, *args, *place]))
    if asked.back:
        return campaigns[::-1], more, behind, total, everything
    return campaigns, behind, more, total, everything


def list_values(asked, who, now):
    campaigns, before, after, total, everything = find(asked,
                                                       who['workspace_id'])
    ways = pages(asked, campaigns, before, after)
    return {'ROWS': {'COLUMN': columns(asked, who['role'], total),
                     'ROW': rows_of(campaigns, who, now)},
            'BULK': BULK if who['role'] >= SUPERVISOR else None,
            'FOOT': foot(asked, ways, total, everything)}


def page_values(request, asked, who, token, top, values):
    options = [{'WORD': '', 'LABEL': 'All statuses',
                'CHOSEN': asked.status is None}]
    for i, word in enumerate(STATUSES):
        options.append({'WORD': word, 'LABEL': LABELS[i],
                        'CHOSEN': asked.status == i})
    content = {'SEARCH': asked.values['q'], 'STATUS': options,
               'TAG': f'{top["RUNNING"]}.{who["role"]}',
               'SUMMARY': top, 'LIST': values,
               'MAY_CREATE': who['role'] >= SUPERVISOR}
    if asked.size != 25:
        content['KEEP'] = [{'NAME': 'size', 'VALUE': asked.size}]
    secret = hashlib.sha256(f'cookie {token}'.encode()).digest()
    words = who['name'].split(' ')
    return {'TITLE': 'Campaigns', 'SIGNED_IN': True, 'AT_CAMPAIGNS': True,
            'WORKSPACE': who['workspace'], 'USER': who['name'],
            'ROLE': ROLES[who['role']],
            'CSRF': hmac.new(secret, b'form', 'sha256').hexdigest(),
            'BACK': request.get_full_path(), 'CONTENT': content,
            'INITIALS': words[0][:1] + (words[-1][:1] if words[1:] else ''),
            'FAILED': {'BAD': True, 'ICON': 'circle-alert', 'TEXT': 'Failed',
                       'DETAIL': {'DETAIL': 'The server did not respond as '
                                  'expected. The row shows its last known '
                                  'state.'}}}


def campaign_list(request):
    token = request.COOKIES.get('outdial', '')[:43]
    found = query('''SELECT u.id, u.workspace_id, u.role, u.name,
        w.name AS workspace, w.zone, w.held_at, w.held_by FROM session s
        JOIN user u ON u.id = s.user_id
        JOIN workspace w ON w.id = u.workspace_id
        WHERE s.digest = %s AND s.expires_at > UTC_TIMESTAMP(6)''',
                  [hashlib.sha256(token.encode()).digest()])
    if not found:
        return HttpResponseRedirect('/login')
    who, asked = found[0], Asked(request.GET)
    if (asked.size not in SIZES or asked.values['sort'] != 'created' or
            asked.values['dir'] != 'usual'):
        return HttpResponse(status=400)
    who['zone_info'] = zoneinfo.ZoneInfo(who['zone'])
    now = datetime.datetime.now(datetime.timezone.utc)
    top = strip(who, now)
    values = list_values(asked, who, now)
    if 'HX-Request' in request.headers:
        text = (get_template('part_campaign_list').render(values) +
                '<hx-partial hx-target="#strip" hx-swap="outerMorph">' +
                get_template('part_summary').render(top) + '</hx-partial>')
    else:
        text = get_template('layout').render(
            page_values(request, asked, who, token, top, values))
    response = HttpResponse(text)
    for header, value in HEADERS.items():
        response[header] = value
    return response


urlpatterns = [path('dashboard/campaigns', campaign_list)]
application = get_wsgi_application()
