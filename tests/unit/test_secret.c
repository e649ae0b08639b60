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
	       "SHA-256 of abc (FIPS 180-2)");
	ok(!secret_unhex(hex, key, sizeof(key)) &&
		   memcmp(key, digest, sizeof(key)) == 0,
	   "hexadecimal and back");
	ok(secret_unhex(hex + 2, key, sizeof(key)) &&
		   secret_unhex(hex + 1, key, sizeof(key)) &&
		   secret_unhex("0g", key, 1) && secret_unhex("0a ", key, 1),
	   "not of another length, nor of other letters");
	secret_digest("", 0, digest);
	secret_hex(digest, 4, hex);
	is_str(hex, "e3b0c442", "SHA-256 of nothing");
	for (int i = 0; i < DIGEST_LEN; i++)
		key[i] = (uint8_t)i;
	secret_hmac(key, text, strlen(text), digest);
	secret_hex(digest, sizeof(digest), hex);
	is_str(hex,
	       "099805f4ac310786968565c098db515c"
	       "c50862b420ae31e20238312344bed36a",
	       "HMAC-SHA-256 under a key of 32 bytes");
}

static void
test_random(void)
{
	char a[TOKEN_TEXT], b[TOKEN_TEXT];
	uint64_t seen = 0, over = 0;

	secret_token(a);
	secret_token(b);
	is_int((int64_t)strlen(a), TOKEN_TEXT - 1, "a token's length");
	is_int((int64_t)strspn(a, "abcdefghijklmnopqrstuvwxyz"
				  "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				  "0123456789-_"),
	       TOKEN_TEXT - 1, "and letters, fit for URLs");
	ok(strcmp(a, b) != 0, "two tokens differ");
	for (int i = 0; i < 1000; i++) {
		seen |= secret_random_bits(50);
		over |= secret_random_bits(1) >> 1;
	}
	ok(seen == (UINT64_C(1) << 50) - 1, "50 bits, all of them in use");
	ok(over == 0, "one bit is one bit");
	seen = 0;
	for (int i = 0; i < 1000; i++)
		seen |= secret_random_bits(64);
	ok(seen == UINT64_MAX, "64 bits");
}

static void
test_passwords(void)
{
	char hash[PASSWORD_HASH_LEN], other[PASSWORD_HASH_LEN];
	char made[21], next[21];

	is_int(secret_password_hash("Grüße 123", hash), 0, "hashed");
	ok(!strncmp(hash, "$argon2id$v=19$m=19456,t=2,p=1$", 31),
	   "with argon2id and the cost it says");
	ok(secret_password_check(hash, "Grüße 123"), "the right password");
	ok(!secret_password_check(hash, "Grüße 124"), "a wrong password");
	ok(!secret_password_check(hash, ""), "no password");
	ok(!secret_password_check("", "x"), "no hash");
	ok(!secret_password_check("$argon2id$nonsense", "x"), "a bad hash");
	secret_password_hash("Grüße 123", other);
	ok(strcmp(hash, other) != 0, "the same password has another salt");
	secret_password_make(made);
	secret_password_make(next);
	is_int((int64_t)strspn(made, "23456789abcdefghjkmnpqrstuvwxyz"), 20,
	       "a made password has 20 letters that no one confuses");
	ok(strcmp(made, next) != 0, "and is not the one before");
	ok(secret_equal("abc", "abc"), "equal");
	ok(secret_equal("", ""), "equal and empty");
	ok(!secret_equal("abc", "abd"), "different");
	ok(!secret_equal("abc", "abcd"), "longer");
	ok(!secret_equal("", "a"), "against nothing");
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
