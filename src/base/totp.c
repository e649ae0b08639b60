#include "base/totp.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <liboath/oath.h>

#include "base/arena.h"

#define DIGITS 6
#define STEP_S 30
#define WINDOW 1 /* steps before and after */

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void
start(void)
{
	if (oath_init() != OATH_OK)
		abort();
}

int
totp_check(const uint8_t secret[static TOTP_SECRET_LEN], const char *code,
	   int64_t now, int64_t *step)
{
	uint64_t counter = 0;
	int pos;

	pthread_once(&once, start);
	if (strlen(code) != DIGITS || strspn(code, "0123456789") != DIGITS)
		return -1;
	if (oath_totp_validate3((const char *)secret, TOTP_SECRET_LEN,
				(time_t)now, STEP_S, 0, WINDOW, &pos, &counter,
				code) < 0)
		return -1;
	*step = (int64_t)counter;
	return 0;
}

const char *
totp_text(const uint8_t secret[static TOTP_SECRET_LEN], struct arena *a)
{
	const char *copy;
	char *text;

	pthread_once(&once, start);
	if (oath_base32_encode((const char *)secret, TOTP_SECRET_LEN, &text,
			       NULL) != OATH_OK)
		abort();
	copy = arena_strdup(a, text);
	free(text);
	return copy;
}
