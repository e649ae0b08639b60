/*
 * trigger_priv.h - shared by trigger.c (checks the contacts of a call) and
 * trigger_add.c (writes them).
 */
#ifndef CAMPAIGN_TRIGGER_PRIV_H
#define CAMPAIGN_TRIGGER_PRIV_H

#include "campaign/campaign.h"
#include "campaign/phones.h"
#include "campaign/trigger.h"

/* A contact that can be added, unless the campaign has a reason against it. */
struct trigger_row {
	size_t index; /* in the call */
	const char *phone, *country, *written, *vars, *external_id;
	int64_t prio;
	bool added;
};

struct trigger {
	const struct actor *who;
	const struct trigger_order *order;
	struct arena *arena;
	struct trigger_result *read; /* before the campaign was asked */
	struct trigger_row *rows;
	size_t count;
	struct campaign_phone *phones; /* sorted */
	size_t phone_count;
	int64_t batch_id;
};

/* FAULT_CONFLICT unless the campaign takes contacts now. */
int trigger_check_status(const struct campaign *c, struct fault *f);

#endif
