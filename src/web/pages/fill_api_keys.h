/* fill_api_keys.h - the page of a workspace's API keys. */
#ifndef WEB_PAGES_FILL_API_KEYS_H
#define WEB_PAGES_FILL_API_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "view/view.h"
#include "workspace/api_key.h"

#define API_KEYS_PATH "/dashboard/settings/api-keys"

/* The question before a key is revoked; %s is its name. */
#define API_KEY_ASK                                                          \
	"Revoke the API key “%s”? Programs that use it are refused from now " \
	"on. This cannot be undone."

struct viewer;

enum api_key_entry {
	API_KEY_NAME,
	API_KEY_SCOPES,
	API_KEY_CAMPAIGN,
	API_KEY_EXPIRES,
	API_KEY_ENTRIES
};
extern const char *const api_key_entry_words[]; /* names of the inputs */

struct api_keys_page {
	const struct viewer *viewer;
	const char *csrf;
	struct api_key *list; /* newest first */
	size_t count;
	int64_t next; /* the id before which older ones are; 0: none */
	const char *made;		       /* a new key; NULL: none */
	const char *entered[API_KEY_ENTRIES];  /* as typed */
	const char *wrong[API_KEY_ENTRIES];    /* a sentence each, or NULL */
};

fill_fn fill_api_keys;

#endif
