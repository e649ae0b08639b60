#include "web/api/answer_codec.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/field.h"

static int64_t
number_of(const void *value)
{
	int64_t n;

	memcpy(&n, value, sizeof(n));
	return n;
}

static const char *
known_text(const struct field *fd, const void *value, struct arena *a)
{
	int64_t n = number_of(value);

	(void)fd;
	return n < 0 ? "" : arena_printf(a, "%" PRId64, n);
}

static const char *
tenths_text(const struct field *fd, const void *value, struct arena *a)
{
	int64_t n = number_of(value);

	(void)fd;
	return n < 0 ? ""
		     : arena_printf(a, "%" PRId64 ".%" PRId64, n / 10, n % 10);
}

const struct codec known_codec = { .size = sizeof(int64_t),
				   .form = CODEC_NUMBER,
				   .text = known_text };
const struct codec tenths_codec = { .size = sizeof(int64_t),
				    .form = CODEC_NUMBER,
				    .text = tenths_text };
