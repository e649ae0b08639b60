/*
 * secret.h - randomness, digests and passwords (libsodium).  Call
 * secret_open() once at start of each program.
 */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DIGEST_LEN 32
#define TOKEN_TEXT 44 /* 32 bytes as unpadded base64url, and a NUL */
#define PASSWORD_HASH_LEN 128

/* Ends the process when the library cannot start.  From then on other processes
 * of the same user cannot read its memory, and it leaves no core dump. */
void secret_open(void);

void secret_random(void *out, size_t len);
uint64_t secret_random_bits(unsigned bits); /* 1-64 */

/* A fresh 256-bit token as text. */
void secret_token(char out[static TOKEN_TEXT]);

/* SHA-256 of 'len' bytes; HMAC-SHA-256 under a 32-byte key, of one text or of
 * several parts in a row. */
void secret_digest(const void *p, size_t len, uint8_t out[static DIGEST_LEN]);
void secret_hmac(const uint8_t key[static DIGEST_LEN], const void *p,
		 size_t len, uint8_t out[static DIGEST_LEN]);
struct secret_part {
	const void *p;
	size_t len;
};
void secret_hmac_parts(const uint8_t key[static DIGEST_LEN],
		       const struct secret_part *parts, size_t count,
		       uint8_t out[static DIGEST_LEN]);

/* Writes 2 * len + 1 bytes: lower-case hexadecimal and a NUL. */
void secret_hex(const void *p, size_t len, char *out);

/* Reads it back; -1 when it is not exactly 2 * len hexadecimal digits. */
int secret_unhex(const char *hex, void *out, size_t len);

/* Base64 with padding (RFC 4648, section 4), and a NUL. */
#define SECRET_BASE64_LEN(len) (((len) + 2) / 3 * 4 + 1)
void secret_base64(const void *p, size_t len, char *out);

/* These compare in constant time: texts, and digests. */
bool secret_equal(const char *a, const char *b);
bool secret_same(const uint8_t a[static DIGEST_LEN],
		 const uint8_t b[static DIGEST_LEN]);

/*
 * argon2id with 19 MiB and 2 passes (as OWASP recommends); -1 only when memory
 * is short.  A process works on one password at a time, so that many people
 * signing in at once do not fill its memory.
 */
int secret_password_hash(const char *password,
			 char out[static PASSWORD_HASH_LEN]);
bool secret_password_check(const char *hash, const char *password);

/* Encrypts 'len' bytes, and proves who did (XSalsa20-Poly1305): 'out' has
 * SECRET_BOX_EXTRA more.  secret_unlock() returns -1 for what another key has
 * locked, or nobody. */
#define SECRET_BOX_EXTRA 40
void secret_lock(const uint8_t key[static DIGEST_LEN], const void *p,
		 size_t len, uint8_t *out);
int secret_unlock(const uint8_t key[static DIGEST_LEN], const uint8_t *box,
		  size_t box_len, void *out);

/* A random password of 20 unambiguous characters, as text of 21 bytes. */
void secret_password_make(char out[static 21]);

#endif
