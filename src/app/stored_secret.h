/*
 * stored_secret.h - secrets of other systems that the database keeps for us,
 * such as a carrier's: locked with a key that is not in the database, so that a
 * copy of it gives none of them away.
 *
 * The key is the content of a file, of at least 32 bytes: the credential
 * "secret_key" that systemd passes (systemd.exec, LoadCredential=), else the
 * setting secret_key_file.
 */
#ifndef APP_STORED_SECRET_H
#define APP_STORED_SECRET_H

struct arena;
struct fault;

/* Reads the key for the whole process, as config_read() does; "" and no
 * credential: there is none. */
int stored_secret_load(const char *path, struct fault *f);

/* What the database keeps of a text; FAULT_INVALID of the field “secret” without
 * a key. */
int stored_secret_put(const char *text, const char **stored, struct arena *a,
		      struct fault *f);

/* The text; FAULT_BROKEN when there is no key, or it was another one. */
int stored_secret_get(const char *stored, const char **text, struct arena *a,
		      struct fault *f);

#endif
