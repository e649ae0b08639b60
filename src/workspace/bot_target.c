/* The form of a bot's target: a SIP URI by the grammar of RFC 3261 (25.1), or
 * an extension. */
#include <stdbool.h>
#include <string.h>

#include "base/fault.h"
#include "base/host_port.h"
#include "workspace/bot.h"

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"
#define UNRESERVED LETTERS DIGITS "-_.!~*'()"
#define USER_CHARS UNRESERVED "&=+$,;?/"
#define PARAM_CHARS UNRESERVED "[]/:&+$"
#define EXTENSION_CHARS LETTERS DIGITS "-_.+*#"

/* True for text of these characters and %XX only. */
static bool
is_of(const char *s, size_t len, const char *chars)
{
	for (const char *end = s + len; s < end; s++) {
		if (*s == '%') {
			if (end - s < 3 ||
			    !strchr("0123456789abcdefABCDEF", s[1]) ||
			    !strchr("0123456789abcdefABCDEF", s[2]))
				return false;
			s += 2;
		} else if (!strchr(chars, *s)) {
			return false;
		}
	}
	return true;
}

/* ";transport=tcp;lr": each a name, and perhaps a value */
static bool
are_params(const char *s)
{
	while (*s == ';') {
		size_t len = strcspn(++s, ";");
		size_t name = strcspn(s, "=;");

		if (!name || !is_of(s, name, PARAM_CHARS))
			return false;
		if (s[name] == '=' &&
		    (name + 1 == len ||
		     !is_of(s + name + 1, len - name - 1, PARAM_CHARS)))
			return false;
		s += len;
	}
	return !*s;
}

static int
refuse(struct fault *f, const char *why)
{
	return fault_field(f, "target", "Target %s.", why);
}

static int
check_uri(const char *s, struct fault *f)
{
	const char *at = strrchr(s, '@');
	const char *host = at ? at + 1 : s;
	size_t host_len = strcspn(host, ";?");
	size_t user = at ? (size_t)(at - s) : 0;
	struct host_port to;

	if (at && memchr(s, ':', user))
		return refuse(f, "must not hold a password");
	if (at && (!user || !is_of(s, user, USER_CHARS)))
		return refuse(f, "must have a valid user before the “@”");
	if (!host_port_read(host, host_len, &to))
		return refuse(f, "must name a host, such as "
				 "sip:reminder@bots.example.com");
	if (host[host_len] == '?' || strchr(host + host_len, '?'))
		return refuse(f, "must not have headers, which begin with “?”");
	if (!are_params(host + host_len))
		return refuse(f, "has parameters that are not valid after "
				 "the host");
	return 0;
}

/* The length of "sip:" or "sips:", in any case; 0: it is another text. */
static size_t
scheme_of(const char *s)
{
	bool sip = (s[0] == 's' || s[0] == 'S') &&
		   (s[1] == 'i' || s[1] == 'I') && (s[2] == 'p' || s[2] == 'P');

	if (sip && s[3] == ':')
		return 4;
	return sip && (s[3] == 's' || s[3] == 'S') && s[4] == ':' ? 5 : 0;
}

int
bot_target_check(const char *target, struct fault *f)
{
	size_t scheme = scheme_of(target);

	if (scheme)
		return check_uri(target + scheme, f);
	if (*target && target[strspn(target, EXTENSION_CHARS)] == '\0')
		return 0;
	return refuse(f, "must be a SIP URI, such as "
			 "sip:reminder@bots.example.com, or an extension, such "
			 "as 1001");
}
