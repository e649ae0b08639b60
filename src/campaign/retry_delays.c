#include "campaign/retry_delays.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/words.h"

static int
read_delays(const struct field *fd, const char *s, void *value, struct arena *a,
	    const char **why)
{
	struct retry_delays delays = { .of = { 0 } };

	(void)why;
	while (*s) {
		char *item = list_next(&s, a);
		char *equals = item ? strchr(item, '=') : NULL;
		int64_t n;
		int i;

		if (!equals)
			return -1;
		*equals = '\0';
		i = word_find(fd->words, text_trim(a, item));
		if (i < 0 || i >= OUTCOME_MAX || !*fd->words[i] ||
		    delays.of[i] || text_int(text_trim(a, equals + 1), &n) ||
		    n < 1 || n > INT32_MAX)
			return -1;
		delays.of[i] = (int32_t)n;
	}
	memcpy(value, &delays, sizeof(delays));
	return 0;
}

static bool
is_allowed(const struct field *fd, const void *value)
{
	const struct retry_delays *d = value;
	int count = word_count(fd->words);

	for (int i = 0; i < OUTCOME_MAX; i++) {
		if (d->of[i] && (i >= count || !*fd->words[i] || d->of[i] < 1 ||
				 !field_is_within(fd, d->of[i])))
			return false;
	}
	return true;
}

static const char *
delays_text(const struct field *fd, const void *value, struct arena *a)
{
	const struct retry_delays *d = value;
	const char *list = "";

	for (int i = 0; fd->words[i] && i < OUTCOME_MAX; i++) {
		if (d->of[i])
			list = arena_printf(a, "%s%s%s=%d", list,
					    *list ? "," : "", fd->words[i],
					    d->of[i]);
	}
	return list;
}

static const char *
allows(const struct field *fd, struct arena *a)
{
	return arena_printf(
		a,
		"must be a list of %s, each followed by = and a whole number%s",
		words_or(fd->words, a), field_range(fd, a));
}

const struct codec retry_delays_codec = {
	.size = sizeof(struct retry_delays),
	.form = CODEC_MAP,
	.read = read_delays,
	.is_allowed = is_allowed,
	.text = delays_text,
	.allows = allows,
};
