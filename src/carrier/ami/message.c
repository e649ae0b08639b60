#include "carrier/ami/message.h"

#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/text.h"

/* Copies the text; NULL when there is no room. */
static const char *
keep(struct ami_message *m, const char *s, size_t len)
{
	char *at = m->text + m->len;

	if (len + 1 > sizeof(m->text) - m->len)
		return NULL;
	memcpy(at, s, len);
	at[len] = '\0';
	m->len += len + 1;
	return at;
}

bool
ami_message_take(struct ami_message *m, const char *line)
{
	const char *colon = strchr(line, ':'), *name, *value;

	if (m->complete) {
		m->count = m->len = 0;
		m->complete = false;
	}
	if (!*line) {
		m->complete = m->count > 0;
		return m->complete;
	}
	if (!colon || colon == line || m->count == AMI_HEADERS)
		return false;
	name = keep(m, line, (size_t)(colon - line));
	colon += 1 + (colon[1] == ' ');
	value = name ? keep(m, colon, strlen(colon)) : NULL;
	if (!value)
		return false;
	m->headers[m->count].name = name;
	m->headers[m->count].value = value;
	m->count++;
	return false;
}

const char *
ami_get(const struct ami_message *m, const char *name)
{
	for (size_t i = 0; i < m->count; i++)
		if (strcasecmp(m->headers[i].name, name) == 0)
			return m->headers[i].value;
	return "";
}

const char *
ami_variable(const struct ami_message *m, const char *name)
{
	size_t len = strlen(name);

	for (size_t i = 0; i < m->count; i++) {
		const char *value = m->headers[i].value;

		if (strcasecmp(m->headers[i].name, "ChanVariable") == 0 &&
		    strncmp(value, name, len) == 0 && value[len] == '=')
			return value + len + 1;
	}
	return NULL;
}

int64_t
ami_number(const struct ami_message *m, const char *name, int64_t missing)
{
	int64_t n;

	return text_int(ami_get(m, name), &n) ? missing : n;
}

int64_t
ami_time(const struct ami_message *m)
{
	const char *text = ami_get(m, "Timestamp"), *dot = strchr(text, '.');
	char digits[32];
	int64_t seconds, micros;

	if (!dot || strlen(dot + 1) != 6 || dot - text > 12)
		return 0;
	memcpy(digits, text, (size_t)(dot - text));
	digits[dot - text] = '\0';
	if (text_int(digits, &seconds) || text_int(dot + 1, &micros) ||
	    seconds < 0 || micros < 0)
		return 0;
	return seconds * US_PER_S + micros;
}
