/*
 * trunk_conf.h - with what a carrier is opened: the settings of its row, as the
 * planner hands them to the loop.
 */
#ifndef DIALLER_TRUNK_CONF_H
#define DIALLER_TRUNK_CONF_H

#include "carrier/carrier.h"

struct carrier_row;
struct fault;

struct trunk_conf {
	struct arena *arena; /* owns the texts, and this */
	const char *kind, *address;
	struct ami_settings ami;
	const char *text; /* trunk_conf_text() */
};

/* All settings in one text, by which a change is noticed; the secret as it is
 * stored. */
const char *trunk_conf_text(const struct carrier_row *row, struct arena *a);

/* NULL when the secret cannot be read. */
struct trunk_conf *trunk_conf_new(const struct carrier_row *row,
				  struct fault *f);
void trunk_conf_free(struct trunk_conf *c);

#endif
