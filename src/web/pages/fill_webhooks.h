/* fill_webhooks.h - the list of webhooks, and the page of one. */
#ifndef WEB_PAGES_FILL_WEBHOOKS_H
#define WEB_PAGES_FILL_WEBHOOKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "view/view.h"

#define WEBHOOKS_PATH "/dashboard/settings/webhooks"
#define WEBHOOK_LOG_PAGE 50 /* deliveries */

struct delivery;
struct endpoint;
struct viewer;

enum webhook_field {
	WEBHOOK_URL,
	WEBHOOK_DESCRIPTION,
	WEBHOOK_KINDS,
	WEBHOOK_FROM,
	WEBHOOK_TO,
	WEBHOOK_FIELDS
};
extern const char *const webhook_field_words[]; /* "url", ... */

/* What stands in a form: as entered, or as stored. */
struct webhook_form {
	const char *text[WEBHOOK_FIELDS];  /* kinds: "a,b" */
	const char *wrong[WEBHOOK_FIELDS]; /* a sentence each; NULL: nothing */
};

/* page_webhooks.tpl */
struct webhooks_page {
	const struct viewer *viewer;
	const char *csrf;
	const struct endpoint *list;
	size_t count;
	bool feed;
	struct webhook_form form;
};
fill_fn fill_webhooks;

/* page_webhook.tpl */
struct webhook_page {
	const struct viewer *viewer;
	const char *csrf;
	const struct endpoint *is;
	const char *secret; /* shown this once; NULL: not */
	const struct delivery *log;
	size_t count;
	bool more; /* older ones */
	struct webhook_form form;
};
fill_fn fill_webhook;

#endif
