#include "workspace/password.h"

#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/text.h"

#define DIFFERENT_MIN 5 /* characters */
#define REST_MIN 8	/* characters beside what is easy to guess */
#define WORD_MIN 3	/* bytes of a part of a name that counts */

const struct field password_field = {
	FIELD(password_entry, password),
	.shape = SHAPE_SECRET,
	.min = 12,
	.max = 200,
	.label = "The password",
};

/* What very many passwords consist of. */
static const char *const common[] = {
	"password",   "passwort",   "welcome",	 "letmein",  "iloveyou",
	"qwertyuiop", "qwerty",	    "asdfghjkl", "zxcvbnm",  "administrator",
	"admin",      "changeme",   "secret",	 "outdial",  "abcdefghijkl",
	"abc",	      "1234567890", "123456789", "12345678", "123456",
	"1234",	      "0987654321", "987654321", "000",	     "111",
};

/* Takes every occurrence of the word out of the text. */
static void
take_out(char *text, const char *word, size_t len)
{
	char *at = text;

	while ((at = memmem(at, strlen(at), word, len)))
		memmove(at, at + len, strlen(at + len) + 1);
}

/* Takes the parts of an e-mail address or a name out of the text. */
static void
take_out_parts(char *text, const char *name)
{
	static const char between[] = " .,-_+@'";

	while (*name) {
		size_t len = strcspn(name, between);

		if (len >= WORD_MIN)
			take_out(text, name, len);
		name += len;
		name += strspn(name, between);
	}
}

static size_t
count_different(const char *text)
{
	size_t count = 0, len;

	for (const char *s = text; *s; s += len) {
		len = text_char(s, strlen(s));
		if (!memmem(text, (size_t)(s - text), s, len))
			count++;
	}
	return count;
}

static int
check(const struct password_entry *e, struct arena *a, struct fault *f)
{
	char *rest;

	if (field_check(&password_field, e, f))
		return -1;
	if (count_different(e->password) < DIFFERENT_MIN)
		return fault_field(f, "password",
				   "The password must have at least %d "
				   "different characters.",
				   DIFFERENT_MIN);
	rest = text_fold(a, e->password);
	take_out_parts(rest, text_fold(a, e->email));
	take_out_parts(rest, text_fold(a, e->name));
	for (size_t i = 0; i < ARRAY_LEN(common); i++)
		take_out(rest, common[i], strlen(common[i]));
	if (text_length(rest) < REST_MIN)
		return fault_field(f, "password",
				   "The password is too easy to guess: it is "
				   "mostly your name, your e-mail address or a "
				   "common word.");
	return 0;
}

int
password_hash_new(const struct password_entry *e,
		  char hash[static PASSWORD_HASH_LEN], struct fault *f)
{
	struct arena *a = arena_new();
	int wrong = check(e, a, f);

	arena_free(a);
	if (wrong)
		return -1;
	if (secret_password_hash(e->password, hash))
		return fault_set(f, FAULT_BUSY,
				 "There is not enough memory to hash the "
				 "password. Try again.");
	return 0;
}
