#include "base/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fault.h"
#include "base/text.h"
#include "base/civil.h"

/* A write of this size to a pipe is atomic (PIPE_BUF). */
#define LINE_MAX_BYTES 4096

static const char *const level_words[] = { "error", "warn", "info", "debug" };

static char program_name[32] = "outdial";
static enum log_level lowest = LOG_LEVEL_INFO;
static _Thread_local char scope_text[200];

void
log_open(const char *program, enum log_level level)
{
	snprintf(program_name, sizeof(program_name), "%s", program);
	lowest = level;
}

void
log_scope(const char *scope)
{
	snprintf(scope_text, sizeof(scope_text), "%s", scope ? scope : "");
}

struct log_line {
	char data[LINE_MAX_BYTES];
	size_t len;
};

/* False for characters that could control a terminal or break the line, and
 * for bytes that are not UTF-8. */
static bool
is_harmless(const char *s, size_t n)
{
	unsigned char c = (unsigned char)s[0];

	if (n == 1)
		return c >= 0x20 && c != 0x7f && c != '\\';
	if (n == 2 && c == 0xc2)
		return (unsigned char)s[1] >= 0xa0;
	if (n == 3 && c == 0xe2 && (unsigned char)s[1] == 0x80)
		return s[2] != '\xa8' && s[2] != '\xa9';
	return n > 0;
}

/* One byte as "\n" or "\x1b"; returns its length. */
static size_t
escape(char c, char code[static 8])
{
	static const char letters[] = "\nn\rr\tt\\\\";

	for (const char *p = letters; *p; p += 2) {
		if (*p == c)
			return (size_t)snprintf(code, 8, "\\%c", p[1]);
	}
	return (size_t)snprintf(code, 8, "\\x%02x", (unsigned char)c);
}

static void
put_escaped(struct log_line *l, const char *s, size_t len)
{
	const size_t end = sizeof(l->data) - sizeof("...\n");

	for (size_t at = 0, n; at < len; at += n) {
		char code[8];
		const char *put = s + at;
		size_t size = n = text_char(put, len - at);

		if (!is_harmless(put, n)) {
			size = escape(*put, code);
			put = code;
			n = 1;
		}
		if (l->len + size > end) {
			memcpy(l->data + l->len, "...", 3);
			l->len += 3;
			return;
		}
		memcpy(l->data + l->len, put, size);
		l->len += size;
	}
}

void
log_at(enum log_level level, const char *fmt, ...)
{
	int saved = errno, n;
	char now[28], text[LINE_MAX_BYTES];
	struct log_line l;
	va_list ap;

	if (level > lowest)
		return;
	va_start(ap, fmt);
	n = vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (n < 0)
		text[0] = '\0';

	time_iso(clock_wall_us(), now);
	l.len = (size_t)snprintf(l.data, sizeof(l.data), "%.23sZ %s %s[%d] ",
				 now, level_words[level], program_name,
				 (int)getpid());
	if (scope_text[0]) {
		put_escaped(&l, scope_text, strlen(scope_text));
		l.data[l.len++] = ' ';
	}
	put_escaped(&l, text, strlen(text));
	l.data[l.len++] = '\n';
	while (write(STDERR_FILENO, l.data, l.len) < 0 && errno == EINTR)
		;
	errno = saved;
}

static void
put_fault(enum log_level level, const char *what, const struct fault *f)
{
	if (f->cause[0])
		log_at(level, "%s: %s (%s)", what, f->text, f->cause);
	else
		log_at(level, "%s: %s", what, f->text);
}

void
log_cannot_start(const struct fault *f)
{
	put_fault(LOG_LEVEL_ERROR, "Cannot start", f);
}

void
log_fault(const char *what, const struct fault *f)
{
	static const enum log_level levels[FAULT_CODE_MAX] = {
		[FAULT_NONE] = LOG_LEVEL_DEBUG,
		[FAULT_INVALID] = LOG_LEVEL_DEBUG,
		[FAULT_DENIED] = LOG_LEVEL_INFO,
		[FAULT_ABSENT] = LOG_LEVEL_DEBUG,
		[FAULT_CONFLICT] = LOG_LEVEL_DEBUG,
		[FAULT_BUSY] = LOG_LEVEL_WARN,
		[FAULT_UNKNOWN] = LOG_LEVEL_WARN,
		[FAULT_BROKEN] = LOG_LEVEL_ERROR,
	};
	enum log_level level =
		f->code < FAULT_CODE_MAX ? levels[f->code] : LOG_LEVEL_ERROR;

	put_fault(level, what, f);
}
