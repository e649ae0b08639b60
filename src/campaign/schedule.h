/*
 * schedule.h - reads the schedule of a campaign from the database; for campaign
 * and ledger only.  campaign_window() makes a window of it.
 */
#ifndef CAMPAIGN_SCHEDULE_H
#define CAMPAIGN_SCHEDULE_H

#include "base/field.h"
#include "campaign/window.h"

struct arena;

/* Fields of struct campaign_settings in the order of SCHEDULE (sql/all.def),
 * for rows_fetch(). */
extern const struct record schedule_record;
#define SCHEDULE_COLUMNS 8

/* Reads what HOLIDAYS (sql/all.def) gives: "20818,20819", or NULL. */
struct holidays holidays_read(const char *text, struct arena *a);

#endif
