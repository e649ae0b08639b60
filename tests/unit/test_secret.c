/* Randomness, digests, passwords. */
#include "base/secret.h"
#include "tests/tap.h"

static void
test_digests(void)
{
	uint8_t digest[DIGEST_LEN], key[DIGEST_LEN];
	char hex[2 * DIGEST_LEN + 1];
	const char *text = "what do ya want for nothing?";

	secret_digest("abc", 3, digest);
	secret_hex(digest, sizeof(digest), hex);
	is_str(hex,
	       "ba7816bf8f01cfea414140de5dae2223"
	       "b00361a396177a9cb410ff61f20015ad",
	       "SHA-256 of abc is as in FIPS 180-2");
	ok(!secret_unhex(hex, key, sizeof(key)) &&
		   memcmp(key, digest, sizeof(key)) == 0,
	   "hexadecimal is read back");
	ok(secret_unhex(hex + 2, key, sizeof(key)) &&
		   secret_unhex(hex + 1, key, sizeof(key)) &&
		   secret_unhex("0g", key, 1) && secret_unhex("0a ", key, 1),
	   "hexadecimal of another length or other letters is refused");
	secret_digest("", 0, digest);
	secret_hex(digest, 4, hex);
	is_str(hex, "e3b0c442", "SHA-256 of an empty text is right");
	for (int i = 0; i < DIGEST_LEN; i++)
		key[i] = (uint8_t)i;
	secret_hmac(key, text, strlen(text), digest);
	secret_hex(digest, sizeof(digest), hex);
	is_str(hex,
	       "099805f4ac310786968565c098db515c"
	       "c50862b420ae31e20238312344bed36a",
	       "HMAC-SHA-256 under a key of 32 bytes is right");
}

static void
test_random(void)
{
	char a[TOKEN_TEXT], b[TOKEN_TEXT];
	uint64_t seen = 0, over = 0;

	secret_token(a);
	secret_token(b);
	is_int((int64_t)strlen(a), TOKEN_TEXT - 1, "a token has its length");
	is_int((int64_t)strspn(a, "abcdefghijklmnopqrstuvwxyz"
				  "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				  "0123456789-_"),
	       TOKEN_TEXT - 1, "a token has only letters that fit URLs");
	ok(strcmp(a, b) != 0, "two tokens differ");
	for (int i = 0; i < 1000; i++) {
		seen |= secret_random_bits(50);
		over |= secret_random_bits(1) >> 1;
	}
	ok(seen == (UINT64_C(1) << 50) - 1, "50 random bits are all in use");
	ok(over == 0, "one random bit is one bit");
	seen = 0;
	for (int i = 0; i < 1000; i++)
		seen |= secret_random_bits(64);
	ok(seen == UINT64_MAX, "64 random bits are all in use");
}

static void
test_passwords(void)
{
	char hash[PASSWORD_HASH_LEN], other[PASSWORD_HASH_LEN];
	char made[21], next[21];

	is_int(secret_password_hash("Grüße 123", hash), 0,
	       "a password is hashed");
	ok(!strncmp(hash, "$argon2id$v=19$m=19456,t=2,p=1$", 31),
	   "the hash is argon2id and tells its cost");
	ok(secret_password_check(hash, "Grüße 123"),
	   "the right password is accepted");
	ok(!secret_password_check(hash, "Grüße 124"),
	   "a wrong password is refused");
	ok(!secret_password_check(hash, ""), "an empty password is refused");
	ok(!secret_password_check("", "x") && !secret_password_check("", ""),
	   "an empty hash is refused, also for an empty password");
	ok(!secret_password_check("$argon2id$nonsense", "x"),
	   "a bad hash is refused");
	is_int(secret_password_hash("Grüße 123", other), 0,
	       "a password is hashed a second time");
	ok(secret_password_check(other, "Grüße 123") &&
		   strcmp(hash, other) != 0,
	   "a second hash of a password has another salt");
	secret_password_make(made);
	secret_password_make(next);
	is_int((int64_t)strspn(made, "23456789abcdefghjkmnpqrstuvwxyz"), 20,
	       "a made password has 20 letters that no one confuses");
	ok(strcmp(made, next) != 0, "a made password is not the one before");
	ok(secret_equal("abc", "abc"), "equal texts are equal");
	ok(secret_equal("", ""), "empty texts are equal");
	ok(!secret_equal("abc", "abd"), "different texts are not equal");
	ok(!secret_equal("abc", "abcd"), "a longer text is not equal");
	ok(!secret_equal("", "a"), "an empty text is not equal to another");
}

int
main(void)
{
	secret_open();
	secret_open();
	test_digests();
	test_random();
	test_passwords();
	return tap_done();
}
