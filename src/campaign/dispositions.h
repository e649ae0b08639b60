/*
 * dispositions.h - settings that are lists of dispositions: names that bots
 * give to what came of a conversation.
 */
#ifndef CAMPAIGN_DISPOSITIONS_H
#define CAMPAIGN_DISPOSITIONS_H

#include "base/field.h"

struct fault;

/* A text "call_later,no-time": different names [a-z0-9_-]{1,40}, at most as
 * many as the field's 'max'. */
extern const struct codec disposition_list_codec;

/* FAULT_INVALID, of the field "disposition": it is no such name. */
int disposition_check(const char *name, struct fault *f);

#endif
