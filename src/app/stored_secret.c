#include "app/stored_secret.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/secret.h"

#define CREDENTIAL "secret_key"
#define KEY_LEAST 32
#define KEY_MOST 4096
#define NO_KEY                                              \
	"This installation has no key for stored secrets: " \
	"set secret_key_file."

static struct {
	bool is_known;
	uint8_t bytes[DIGEST_LEN];
} key;

static int
read_key(const char *path, struct fault *f)
{
	char text[KEY_MOST];
	FILE *file = fopen(path, "re");
	size_t len;

	if (!file) {
		fault_set(f, FAULT_BROKEN, "The key %s cannot be read.", path);
		return fault_cause(f, "%s", strerror(errno));
	}
	len = fread(text, 1, sizeof(text), file);
	fclose(file);
	if (len < KEY_LEAST)
		return fault_set(f, FAULT_BROKEN,
				 "The key %s is shorter than %d bytes.", path,
				 KEY_LEAST);
	secret_digest(text, len, key.bytes);
	key.is_known = true;
	explicit_bzero(text, sizeof(text));
	return 0;
}

int
stored_secret_load(const char *path, struct fault *f)
{
	const char *directory = getenv("CREDENTIALS_DIRECTORY");
	char credential[512];

	key.is_known = false;
	if (directory) {
		snprintf(credential, sizeof(credential), "%s/" CREDENTIAL,
			 directory);
		if (access(credential, R_OK) == 0)
			return read_key(credential, f);
	}
	return *path ? read_key(path, f) : 0;
}

int
stored_secret_put(const char *text, const char **stored, struct arena *a,
		  struct fault *f)
{
	size_t len = strlen(text), box_len = len + SECRET_BOX_EXTRA;
	uint8_t *box = arena_alloc(a, box_len);
	char *hex = arena_alloc(a, 2 * box_len + 1);

	if (!key.is_known)
		return fault_field(f, "secret", "%s", NO_KEY);
	secret_lock(key.bytes, text, len, box);
	secret_hex(box, box_len, hex);
	*stored = hex;
	return 0;
}

int
stored_secret_get(const char *stored, const char **text, struct arena *a,
		  struct fault *f)
{
	size_t box_len = strlen(stored) / 2;
	uint8_t *box = arena_alloc(a, box_len + 1);
	char *out = arena_alloc(a, box_len + 1);

	if (!key.is_known)
		return fault_set(f, FAULT_BROKEN, "%s", NO_KEY);
	if (box_len < SECRET_BOX_EXTRA || secret_unhex(stored, box, box_len) ||
	    secret_unlock(key.bytes, box, box_len, out))
		return fault_set(f, FAULT_BROKEN,
				 "A stored secret was locked with another key "
				 "than that of secret_key_file. Enter it "
				 "again.");
	out[box_len - SECRET_BOX_EXTRA] = '\0';
	*text = out;
	return 0;
}
