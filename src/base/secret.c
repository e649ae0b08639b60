#include "base/secret.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

#include <sodium.h>

#define HASH_PASSES 2
#define HASH_MEMORY ((size_t)19 * 1024 * 1024)

_Static_assert(PASSWORD_HASH_LEN >= crypto_pwhash_STRBYTES, "hash fits");
_Static_assert(DIGEST_LEN == crypto_hash_sha256_BYTES, "digest fits");
_Static_assert(DIGEST_LEN == crypto_auth_hmacsha256_BYTES, "code fits");
_Static_assert(DIGEST_LEN == crypto_auth_hmacsha256_KEYBYTES, "key fits");

_Static_assert(SECRET_BOX_EXTRA ==
		       crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES,
	       "box fits");
_Static_assert(DIGEST_LEN == crypto_secretbox_KEYBYTES, "key fits");

static pthread_mutex_t hashing = PTHREAD_MUTEX_INITIALIZER;

void
secret_open(void)
{
	if (sodium_init() < 0) {
		fputs("libsodium cannot start.\n", stderr);
		abort();
	}
	prctl(PR_SET_DUMPABLE, 0);
}

void
secret_random(void *out, size_t len)
{
	randombytes_buf(out, len);
}

uint64_t
secret_random_bits(unsigned bits)
{
	uint64_t n;

	secret_random(&n, sizeof(n));
	return n >> (64 - bits);
}

void
secret_token(char out[static TOKEN_TEXT])
{
	uint8_t raw[32];

	secret_random(raw, sizeof(raw));
	sodium_bin2base64(out, TOKEN_TEXT, raw, sizeof(raw),
			  sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	sodium_memzero(raw, sizeof(raw));
}

void
secret_digest(const void *p, size_t len, uint8_t out[static DIGEST_LEN])
{
	crypto_hash_sha256(out, p, len);
}

void
secret_hmac(const uint8_t key[static DIGEST_LEN], const void *p, size_t len,
	    uint8_t out[static DIGEST_LEN])
{
	crypto_auth_hmacsha256(out, p, len, key);
}

void
secret_hmac_parts(const uint8_t key[static DIGEST_LEN],
		  const struct secret_part *parts, size_t count,
		  uint8_t out[static DIGEST_LEN])
{
	crypto_auth_hmacsha256_state state;

	crypto_auth_hmacsha256_init(&state, key, DIGEST_LEN);
	for (size_t i = 0; i < count; i++)
		crypto_auth_hmacsha256_update(&state, parts[i].p, parts[i].len);
	crypto_auth_hmacsha256_final(&state, out);
	sodium_memzero(&state, sizeof(state));
}

void
secret_hex(const void *p, size_t len, char *out)
{
	sodium_bin2hex(out, 2 * len + 1, p, len);
}

int
secret_unhex(const char *hex, void *out, size_t len)
{
	size_t got;

	if (strlen(hex) != 2 * len)
		return -1;
	return sodium_hex2bin(out, len, hex, 2 * len, NULL, &got, NULL) ||
			       got != len
		       ? -1
		       : 0;
}

void
secret_base64(const void *p, size_t len, char *out)
{
	sodium_bin2base64(out, SECRET_BASE64_LEN(len), p, len,
			  sodium_base64_VARIANT_ORIGINAL);
}

bool
secret_equal(const char *a, const char *b)
{
	size_t len = strlen(a);

	return len == strlen(b) && sodium_memcmp(a, b, len) == 0;
}

bool
secret_same(const uint8_t a[static DIGEST_LEN],
	    const uint8_t b[static DIGEST_LEN])
{
	return sodium_memcmp(a, b, DIGEST_LEN) == 0;
}

int
secret_password_hash(const char *password, char out[static PASSWORD_HASH_LEN])
{
	int got;

	pthread_mutex_lock(&hashing);
	got = crypto_pwhash_str_alg(out, password, strlen(password),
				    HASH_PASSES, HASH_MEMORY,
				    crypto_pwhash_ALG_ARGON2ID13);
	pthread_mutex_unlock(&hashing);
	return got ? -1 : 0;
}

bool
secret_password_check(const char *hash, const char *password)
{
	int got;

	pthread_mutex_lock(&hashing);
	got = crypto_pwhash_str_verify(hash, password, strlen(password));
	pthread_mutex_unlock(&hashing);
	return got == 0;
}

void
secret_lock(const uint8_t key[static DIGEST_LEN], const void *p, size_t len,
	    uint8_t *out)
{
	secret_random(out, crypto_secretbox_NONCEBYTES);
	crypto_secretbox_easy(out + crypto_secretbox_NONCEBYTES, p, len, out,
			      key);
}

int
secret_unlock(const uint8_t key[static DIGEST_LEN], const uint8_t *box,
	      size_t box_len, void *out)
{
	if (box_len < SECRET_BOX_EXTRA)
		return -1;
	return crypto_secretbox_open_easy(
		out, box + crypto_secretbox_NONCEBYTES,
		box_len - crypto_secretbox_NONCEBYTES, box, key);
}

void
secret_password_make(char out[static 21])
{
	/* Without characters that look alike: 0 o, 1 i l. */
	static const char letters[] = "23456789abcdefghjkmnpqrstuvwxyz";

	for (int i = 0; i < 20; i++)
		out[i] = letters[randombytes_uniform(sizeof(letters) - 1)];
	out[20] = '\0';
}
