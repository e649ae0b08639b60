#include "base/tzif.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sys/stat.h>

#include "base/arena.h"
#include "base/civil.h"
#include "base/clock.h"

#define DIRECTORY "/usr/share/zoneinfo"
#define NAME_MAX_BYTES 64
#define PATH_MAX_BYTES 1024
#define FILE_MAX ((size_t)64 * 1024)
#define HEADER_LEN 44
/* The last rule of a zone holds for ever.  Its changes are written out up to
 * LAST_YEAR; then the last 400 years, the calendar's period, repeat. */
#define LAST_YEAR 2500
#define CYCLE (INT64_C(146097) * S_PER_DAY)
/* Older files begin with a change at the Big Bang. */
#define FIRST_YEAR 1800
#define OFFSET_MOST (26 * 3600) /* RFC 9636 */

struct transition {
	int64_t at;
	int offset; /* from then on */
};

struct tzif {
	int first_offset; /* before any change */
	bool for_ever;	  /* the last cycle of the changes repeats */
	size_t count;
	struct transition *changes;
};

/* The unread rest of the file. */
struct data_block {
	const unsigned char *p;
	size_t left;
};

/*
 * True for a zone name of the database: refuses paths out of its directory, and
 * files that are not zones or count leap seconds.
 */
static bool
is_name(const char *name)
{
	static const char *const others[] = { "localtime", "posixrules",
					      "Factory" };
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789_+-/";

	if (!*name || strlen(name) >= NAME_MAX_BYTES || *name == '/' ||
	    name[strspn(name, letters)] || strstr(name, "//") ||
	    !strncmp(name, "right/", 6) || !strncmp(name, "posix/", 6))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(others); i++) {
		if (!strcmp(name, others[i]))
			return false;
	}
	return true;
}

static void
path_of(const char *name, char out[static PATH_MAX_BYTES])
{
	const char *directory = getenv("TZDIR");

	snprintf(out, PATH_MAX_BYTES, "%s/%s",
		 directory && *directory ? directory : DIRECTORY, name);
}

static size_t
read_file(const char *name, unsigned char *out)
{
	char path[PATH_MAX_BYTES];
	FILE *file;
	size_t len;

	path_of(name, path);
	file = fopen(path, "re");
	if (!file)
		return 0;
	len = fread(out, 1, FILE_MAX, file);
	fclose(file);
	return len;
}

static const unsigned char *
skip(struct data_block *b, size_t len)
{
	const unsigned char *p = b->p;

	if (len > b->left)
		return NULL;
	b->p += len;
	b->left -= len;
	return p;
}

/* A big-endian number of 4 or 8 bytes. */
static int64_t
number(const unsigned char *p, int size)
{
	uint64_t n = size == 4 && p[0] & 0x80 ? UINT64_MAX : 0;

	while (size--)
		n = n << 8 | *p++;
	return (int64_t)n;
}

struct block_counts {
	size_t utc, std, leaps, times, types, letters;
};

static int
read_header(struct data_block *b, struct block_counts *c)
{
	const unsigned char *p = skip(b, HEADER_LEN);
	size_t n[6];

	/* Version 1 has only 32-bit times and no rule for the future. */
	if (!p || memcmp(p, "TZif", 4) != 0 || p[4] < '2')
		return -1;
	for (int i = 0; i < 6; i++) {
		n[i] = (size_t)number(p + 20 + 4 * i, 4);
		if (n[i] > FILE_MAX)
			return -1;
	}
	*c = (struct block_counts){ n[0], n[1], n[2], n[3], n[4], n[5] };
	return 0;
}

static void
add_change(struct tzif *t, int64_t at, int offset)
{
	t->changes = xrealloc(t->changes, (t->count + 1) * sizeof(*t->changes));
	t->changes[t->count++] = (struct transition){ at, offset };
}

static bool
is_offset(int seconds)
{
	return seconds > -OFFSET_MOST && seconds < OFFSET_MOST;
}

static int
read_changes(struct data_block *b, struct tzif *t)
{
	struct block_counts c;
	const unsigned char *times, *which, *types;

	/* All data comes first with 32-bit times, then again with 64-bit. */
	if (read_header(b, &c) ||
	    !skip(b, c.times * 5 + c.types * 6 + c.letters + c.leaps * 8 +
			     c.std + c.utc) ||
	    read_header(b, &c) || !c.types || !(times = skip(b, c.times * 8)) ||
	    !(which = skip(b, c.times)) || !(types = skip(b, c.types * 6)) ||
	    !skip(b, c.letters + c.leaps * 12 + c.std + c.utc))
		return -1;
	t->first_offset = (int)number(types, 4);
	for (size_t i = 0; i < c.times; i++) {
		int64_t at = number(times + i * 8, 8);

		if (which[i] >= c.types || (i && at <= t->changes[i - 1].at))
			return -1;
		add_change(t, at, (int)number(types + which[i] * 6U, 4));
		if (!is_offset(t->changes[i].offset))
			return -1;
	}
	return is_offset(t->first_offset) ? 0 : -1;
}

/* When summer time begins or ends, as POSIX writes it: "M3.5.0/2". */
struct rule {
	char kind; /* 'M' month.week.weekday, 'J' day without 29 Feb, '0' day */
	int month, week, day;
	int second; /* of that day, by the offset before the change */
};

static bool
read_int(const char **s, int *out)
{
	char *end;
	long n = strtol(*s, &end, 10);

	if (end == *s || n < -1000 || n > 1000)
		return false;
	*s = end;
	*out = (int)n;
	return true;
}

static bool
accept(const char **s, char c)
{
	if (**s != c)
		return false;
	(*s)++;
	return true;
}

/* "[+-]hh[:mm[:ss]]" in seconds. */
static bool
read_time(const char **s, int *out)
{
	bool minus = **s == '-';
	int hour, minute = 0, second = 0;

	if (!read_int(s, &hour) || (accept(s, ':') && !read_int(s, &minute)) ||
	    (accept(s, ':') && !read_int(s, &second)))
		return false;
	minute = minute * 60 + second;
	*out = hour * 3600 + (minus ? -minute : minute);
	return true;
}

/* "CET" or "<+03>" */
static bool
read_letters(const char **s)
{
	const char *begin = *s;

	if (accept(s, '<')) {
		*s += strcspn(*s, ">");
		return accept(s, '>');
	}
	while ((**s >= 'A' && **s <= 'Z') || (**s >= 'a' && **s <= 'z'))
		(*s)++;
	return *s != begin;
}

static bool
read_rule(const char **s, struct rule *r)
{
	*r = (struct rule){ .kind = '0', .second = 2 * 3600 };
	if (!accept(s, ','))
		return false;
	if (accept(s, 'M')) {
		r->kind = 'M';
		if (!read_int(s, &r->month) || !accept(s, '.') ||
		    !read_int(s, &r->week) || !accept(s, '.') ||
		    !read_int(s, &r->day) || r->month < 1 || r->month > 12)
			return false;
	} else {
		if (accept(s, 'J'))
			r->kind = 'J';
		if (!read_int(s, &r->day))
			return false;
	}
	return !accept(s, '/') || read_time(s, &r->second);
}

/* The rule's change in a year, in seconds by the offset before it. */
static int64_t
rule_second(const struct rule *r, int year)
{
	int64_t first = days_from_civil(year, r->kind == 'M' ? r->month : 1, 1);
	int64_t day = first + r->day;

	if (r->kind == 'J') {
		int leap = days_from_civil(year, 3, 1) - first == 60;

		day += leap && r->day >= 60 ? 0 : -1;
	} else if (r->kind == 'M') {
		/* 1970-01-01 was a Thursday; POSIX counts from Sunday. */
		int64_t next = r->month < 12
				       ? days_from_civil(year, r->month + 1, 1)
				       : days_from_civil(year + 1, 1, 1);

		day = first + ((r->day - (first + 4) % 7) % 7 + 7) % 7 +
		      (r->week - 1) * INT64_C(7);
		if (day >= next) /* week 5 means the last one */
			day -= 7;
	}
	return day * S_PER_DAY + r->second;
}

/* Writes out the changes that the rule gives after the last one of the file. */
static void
add_future(struct tzif *t, int std, int dst, const struct rule *begin,
	   const struct rule *end)
{
	int64_t last = t->count ? t->changes[t->count - 1].at : INT64_MIN;
	int64_t since = t->count ? last / S_PER_DAY : 0;
	int year, month, day;

	if (since >= days_from_civil(LAST_YEAR - 400, 1, 1))
		return;
	if (since < days_from_civil(FIRST_YEAR, 1, 1))
		since = days_from_civil(FIRST_YEAR, 1, 1);
	civil_from_days(since, &year, &month, &day);
	for (; year <= LAST_YEAR; year++) {
		struct transition c[2] = {
			{ rule_second(begin, year) - std, dst },
			{ rule_second(end, year) - dst, std },
		};
		int first = c[1].at < c[0].at;

		for (int i = 0; i < 2; i++) {
			if (c[i ^ first].at > last)
				add_change(t, c[i ^ first].at,
					   c[i ^ first].offset);
		}
	}
	t->for_ever = true;
}

/* The last line: "CET-1CEST,M3.5.0,M10.5.0/3", offsets west of UTC. */
static int
read_footer(const char *s, struct tzif *t)
{
	struct rule begin, end;
	int std, dst;

	if (!*s)
		return 0;
	if (!read_letters(&s) || !read_time(&s, &std))
		return -1;
	if (!*s && is_offset(std)) {
		if (!t->count)
			t->first_offset = -std;
		return 0;
	}
	dst = std - 3600;
	if (!read_letters(&s) || (*s != ',' && !read_time(&s, &dst)) ||
	    !read_rule(&s, &begin) || !read_rule(&s, &end) || *s ||
	    !is_offset(std) || !is_offset(dst))
		return -1;
	add_future(t, -std, -dst, &begin, &end);
	return 0;
}

static int
parse(const unsigned char *data, size_t len, struct tzif *t)
{
	struct data_block b = { data, len };
	char footer[128];
	size_t n;

	if (read_changes(&b, t) || b.left < 2 || b.p[0] != '\n')
		return -1;
	b.p++;
	b.left--;
	for (n = 0; n < b.left && b.p[n] != '\n'; n++)
		;
	if (n == b.left || n >= sizeof(footer))
		return -1;
	memcpy(footer, b.p, n);
	footer[n] = '\0';
	return read_footer(footer, t);
}

struct tzif *
tzif_read(const unsigned char *data, size_t len)
{
	struct tzif *t = xcalloc(1, sizeof(*t));

	if (!parse(data, len, t))
		return t;
	tzif_close(t);
	return NULL;
}

struct tzif *
tzif_open(const char *name)
{
	unsigned char *data;
	struct tzif *t;

	if (!is_name(name))
		return NULL;
	data = xmalloc(FILE_MAX);
	t = tzif_read(data, read_file(name, data));
	free(data);
	return t;
}

int64_t
tzif_stamp(const char *name)
{
	char path[PATH_MAX_BYTES];
	struct stat st;

	if (!is_name(name))
		return 0;
	path_of(name, path);
	if (stat(path, &st))
		return 0;
	/* A replaced file has another inode. */
	return ((int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec) ^
	       (int64_t)(st.st_ino << 1 | 1);
}

void
tzif_close(struct tzif *t)
{
	if (!t)
		return;
	free(t->changes);
	free(t);
}

/* The number of changes at or before an instant. */
static size_t
passed(const struct tzif *t, int64_t at)
{
	size_t low = 0, high = t->count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (t->changes[mid].at <= at)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* How many cycles an instant lies after the changes written out. */
static int64_t
cycles_beyond(const struct tzif *t, int64_t at)
{
	int64_t last = t->count ? t->changes[t->count - 1].at : 0;

	return t->for_ever && at >= last ? (at - last) / CYCLE + 1 : 0;
}

int
tzif_offset(const struct tzif *t, int64_t at)
{
	size_t n = passed(t, at - cycles_beyond(t, at) * CYCLE);

	return n ? t->changes[n - 1].offset : t->first_offset;
}

bool
tzif_next(const struct tzif *t, int64_t after, int64_t *change)
{
	int64_t skipped = cycles_beyond(t, after) * CYCLE;
	size_t n = passed(t, after - skipped);

	if (n == t->count || t->changes[n].at > INT64_MAX - skipped)
		return false;
	*change = t->changes[n].at + skipped;
	return true;
}
