/*
 * phones.h - what a campaign knows of phone numbers: whether they are among its
 * contacts, and whether they may be called.  Found by keys, however long its
 * lists are.
 */
#ifndef CAMPAIGN_PHONES_H
#define CAMPAIGN_PHONES_H

#include <stdbool.h>
#include <stddef.h>

#include "phone/phone.h"

struct arena;
struct campaign;
struct db;
struct fault;

struct campaign_phone {
	char digits[PHONE_TEXT];
	bool is_contact;
	bool is_open;  /* it is a contact that is not final */
	bool excluded; /* from this campaign */
	bool barred;   /* on the workspace's do-not-call list */
};

/* Fills in 'n' numbers, which are sorted and of which none is there twice. */
int campaign_phones(struct db *db, const struct campaign *c,
		    struct campaign_phone *phones, size_t n, struct arena *a,
		    struct fault *f);

/* The number among them, or NULL. */
struct campaign_phone *campaign_phone_find(struct campaign_phone *phones,
					   size_t n, const char *digits);

/* Sorts them and drops repeated ones; returns how many are left. */
size_t campaign_phones_sort(struct campaign_phone *phones, size_t n);

#endif
