#include "web/server/multipart.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"

#define BOUNDARY_MAX 70
#define DELIMITER_MAX (4 + BOUNDARY_MAX)

enum state {
	STATE_PREAMBLE, /* before the first boundary: ignored */
	STATE_BOUNDARY, /* after a boundary: CRLF or "--" follows */
	STATE_HEADER,
	STATE_DATA,
	STATE_OVER
};

struct multipart {
	struct multipart_hooks h;
	enum state state;
	char delimiter[DELIMITER_MAX + 1]; /* CR LF "--" boundary */
	size_t length;			   /* of the delimiter */
	size_t matched;			   /* bytes of it that end the input */
	char line[3];			   /* the end of a boundary's line */
	size_t line_len;
	char header[MULTIPART_HEADER_MAX + 1];
	size_t header_len;
	int parts;
};

static int
unreadable(struct fault *f)
{
	return fault_set(f, FAULT_INVALID, "The form cannot be read.");
}

/* True for a valid boundary (RFC 2046); a quoted one may hold spaces. */
static bool
is_boundary(const char *s, size_t len)
{
	static const char also[] = "'()+_,-./:=? ";

	for (size_t i = 0; i < len; i++) {
		bool letter = (s[i] >= '0' && s[i] <= '9') ||
			      (s[i] >= 'A' && s[i] <= 'Z') ||
			      (s[i] >= 'a' && s[i] <= 'z');

		if (!letter && !memchr(also, s[i], sizeof(also) - 1))
			return false;
	}
	return len > 0 && len <= BOUNDARY_MAX && s[len - 1] != ' ';
}

/* Finds ";name=value" or ";name=\"value\"": returns the start of the value,
 * and its end in *end; NULL if there is none. */
static const char *
parameter(const char *s, const char *name, const char **end)
{
	size_t len = strlen(name);

	while ((s = strchr(s, ';'))) {
		s += 1 + strspn(s + 1, " \t");
		if (strncasecmp(s, name, len) != 0 || s[len] != '=')
			continue;
		s += len + 1;
		if (*s == '"') {
			*end = strchr(++s, '"');
			return *end ? s : NULL;
		}
		*end = s + strcspn(s, "; \t");
		return s;
	}
	return NULL;
}

struct multipart *
multipart_open(const char *type, const struct multipart_hooks *h)
{
	static const char form[] = "multipart/form-data";
	size_t len = strlen(form);
	const char *boundary, *end;
	struct multipart *m;

	if (!type || strncasecmp(type, form, len) != 0 ||
	    !strchr("; \t", type[len]))
		return NULL;
	boundary = parameter(type + len, "boundary", &end);
	if (!boundary || !is_boundary(boundary, (size_t)(end - boundary)))
		return NULL;
	m = xcalloc(1, sizeof(*m));
	m->h = *h;
	memcpy(m->delimiter, "\r\n--", 4);
	memcpy(m->delimiter + 4, boundary, (size_t)(end - boundary));
	m->length = 4 + (size_t)(end - boundary);
	m->matched = 2; /* as if a CRLF came before the body */
	return m;
}

void
multipart_close(struct multipart *m)
{
	free(m);
}

/*
 * Decodes a quoted string in place; 's' is after its opening quote.  Programs
 * write \" and \\, browsers %22 %0D %0A.  Returns what follows the closing
 * quote, or NULL if that is missing.
 */
static char *
unquote(char *s)
{
	static const struct {
		const char *code;
		char byte;
	} codes[] = { { "\\\"", '"' },
		      { "\\\\", '\\' },
		      { "%22", '"' },
		      { "%0D", '\r' },
		      { "%0A", '\n' } };
	char *to = s;

	while (*s && *s != '"') {
		size_t skip = 1;
		char byte = *s;

		for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
			size_t n = strlen(codes[i].code);

			if (!strncasecmp(s, codes[i].code, n)) {
				byte = codes[i].byte;
				skip = n;
				break;
			}
		}
		*to++ = byte;
		s += skip;
	}
	if (!*s)
		return NULL;
	*to = '\0';
	return s + 1;
}

/* Terminates and returns the value of a parameter, and what follows in *rest;
 * NULL if the closing quote is missing. */
static char *
value_of(char *s, char **rest)
{
	char *end;

	if (*s == '"') {
		end = unquote(s + 1);
		*rest = end;
		return end ? s + 1 : NULL;
	}
	end = s + strcspn(s, "; \t");
	*rest = *end ? end + 1 : end;
	*end = '\0';
	return s;
}

/* Reads form-data; name="x"; filename="y" and ignores other parameters. */
static int
read_disposition(char *s, char **name, char **file)
{
	static const char form[] = "form-data";

	s += strspn(s, " \t");
	if (strncasecmp(s, form, strlen(form)) != 0)
		return -1;
	s += strlen(form);
	if (*s && !strchr("; \t", *s))
		return -1;
	while (*(s += strspn(s, "; \t"))) {
		char *key = s, *value;

		s += strcspn(s, "=;");
		if (*s != '=')
			continue;
		*s++ = '\0';
		value = value_of(s, &s);
		if (!value)
			return -1;
		if (!strcasecmp(key, "name"))
			*name = value;
		else if (!strcasecmp(key, "filename"))
			*file = value;
	}
	return 0;
}

static bool
is_control(char c)
{
	return ((unsigned char)c < ' ') || c == 0x7f;
}

static bool
is_plain(const char *s)
{
	for (const char *c = s; *c; c++) {
		if (is_control(*c))
			return false;
	}
	return *s && text_is_utf8(s, strlen(s));
}

/* Cleans the name of a file in place, as multipart.h says. */
static char *
clean_file(char *s)
{
	size_t len, chars = 0, n;
	char *slash, *to;

	while ((slash = strpbrk(s, "/\\")) && slash[1])
		s = slash + 1;
	to = s;
	len = strlen(s);
	for (size_t at = 0; at < len && chars < MULTIPART_NAME_MAX; chars++) {
		n = text_char(s + at, len - at);
		if (n == 0 || is_control(s[at]) || strchr("/\\", s[at])) {
			*to++ = '_';
			at += 1;
		} else {
			memmove(to, s + at, n);
			to += n;
			at += n;
		}
	}
	*to = '\0';
	return s;
}

/* The header is complete: lines that end in CRLF, without the empty one. */
static int
begin_part(struct multipart *m, struct fault *f)
{
	static const char disposition[] = "content-disposition:";
	char *line = m->header, *next, *name = NULL, *file = NULL;

	if (++m->parts > MULTIPART_PARTS_MAX ||
	    memchr(m->header, '\0', m->header_len))
		return unreadable(f);
	for (; *line; line = next) {
		next = strstr(line, "\r\n");
		*next = '\0';
		next += 2;
		if (!strncasecmp(line, disposition, strlen(disposition)) &&
		    (name || read_disposition(line + strlen(disposition), &name,
					      &file)))
			return unreadable(f);
	}
	if (!name || !is_plain(name))
		return unreadable(f);
	m->state = STATE_DATA;
	m->matched = 0;
	return m->h.part(m->h.arg, name, file ? clean_file(file) : NULL, f);
}

/* Each take function consumes some bytes and returns how many; on a fault it
 * sets *f and returns 0. */
static size_t
take_header(struct multipart *m, const char *p, size_t len, struct fault *f)
{
	size_t n;

	for (n = 0; n < len && m->state == STATE_HEADER; n++) {
		if (m->header_len == MULTIPART_HEADER_MAX) {
			unreadable(f);
			return 0;
		}
		m->header[m->header_len++] = p[n];
		m->header[m->header_len] = '\0';
		if (p[n] != '\n')
			continue;
		if (m->header_len == 2 && !memcmp(m->header, "\r\n", 2)) {
			unreadable(f); /* a part without a name */
			return 0;
		}
		if (m->header_len < 4 ||
		    memcmp(m->header + m->header_len - 4, "\r\n\r\n", 4) != 0)
			continue;
		m->header[m->header_len -= 2] = '\0';
		if (begin_part(m, f))
			return 0;
	}
	return n;
}

/* "--" marks the last boundary; blanks may come before the end of the line. */
static size_t
take_boundary(struct multipart *m, const char *p, size_t len, struct fault *f)
{
	size_t n;

	for (n = 0; n < len && m->state == STATE_BOUNDARY; n++) {
		bool first = m->line_len == 0;

		if (first && (p[n] == ' ' || p[n] == '\t'))
			continue;
		m->line[m->line_len++] = p[n];
		if (m->line_len < 2)
			continue;
		if (!memcmp(m->line, "--", 2)) {
			m->state = STATE_OVER;
		} else if (!memcmp(m->line, "\r\n", 2)) {
			m->state = STATE_HEADER;
			m->header_len = 0;
		} else {
			unreadable(f);
			return 0;
		}
	}
	return n;
}

static int
emit(struct multipart *m, const char *p, size_t len, struct fault *f)
{
	if (m->state != STATE_DATA || !len)
		return 0;
	return m->h.data(m->h.arg, p, len, f);
}

static int
end_part(struct multipart *m, struct fault *f)
{
	bool data = m->state == STATE_DATA;

	m->state = STATE_BOUNDARY;
	m->line_len = 0;
	m->matched = 0;
	return data ? m->h.end(m->h.arg, f) : 0;
}

/*
 * The only CR of the delimiter is its first byte, so after a mismatch the next
 * match begins no earlier than at the byte that did not match.
 */
static size_t
go_on_matching(struct multipart *m, const char *p, size_t len, struct fault *f)
{
	size_t n = 0, had = m->matched;

	while (n < len && m->matched < m->length &&
	       p[n] == m->delimiter[m->matched]) {
		m->matched++;
		n++;
	}
	if (m->matched == m->length)
		return end_part(m, f) ? 0 : n;
	if (n == len)
		return n;
	/* The match was data: its part of earlier pieces, then of this one. */
	m->matched = 0;
	if (m->state == STATE_PREAMBLE)
		return n;
	if (emit(m, m->delimiter, had, f) || emit(m, p, n, f))
		return 0;
	return n;
}

static size_t
take_data(struct multipart *m, const char *p, size_t len, struct fault *f)
{
	const char *found = memmem(p, len, m->delimiter, m->length);
	const char *cr;
	size_t tail;

	if (found) {
		if (emit(m, p, (size_t)(found - p), f) || end_part(m, f))
			return 0;
		return (size_t)(found - p) + m->length;
	}
	cr = memrchr(p, '\r', len);
	tail = cr ? (size_t)(p + len - cr) : 0;
	if (tail && tail < m->length && !memcmp(cr, m->delimiter, tail))
		m->matched = tail;
	else
		tail = 0;
	return emit(m, p, len - tail, f) ? 0 : len;
}

static size_t
take(struct multipart *m, const char *p, size_t len, struct fault *f)
{
	switch (m->state) {
	case STATE_BOUNDARY:
		return take_boundary(m, p, len, f);
	case STATE_HEADER:
		return take_header(m, p, len, f);
	case STATE_OVER:
		return len; /* the epilogue is ignored */
	default:
		return m->matched ? go_on_matching(m, p, len, f)
				  : take_data(m, p, len, f);
	}
}

int
multipart_feed(struct multipart *m, const char *p, size_t len, struct fault *f)
{
	/* A mismatch at the first byte consumes nothing, but resets the match,
	 * so that the next call consumes some. */
	while (len) {
		struct fault why = { .code = FAULT_NONE };
		size_t n = take(m, p, len, &why);

		if (why.code) {
			*f = why;
			return -1;
		}
		p += n;
		len -= n;
	}
	return 0;
}

int
multipart_end(struct multipart *m, struct fault *f)
{
	return m->state == STATE_OVER
		       ? 0
		       : fault_set(f, FAULT_INVALID,
				   "The upload was interrupted.");
}
