#include "workspace/carrier.h"

#include <string.h>

#include "app/stmt.h"
#include "app/stored_secret.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "store/db.h"
#include "workspace/catalog.h"

#define DIGITS "0123456789"
#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

/* clang-format off */
static const struct field fields[] = {
	{ FIELD(carrier_row, name), .min = 1, .max = 120, .label = "Name",
	  .help = "The name that numbers show." },
	{ FIELD(carrier_row, kind), .words = carrier_kind_words, .def = "sim",
	  .label = "Kind",
	  .help = "How diallers talk to it. It cannot be changed later." },
	{ FIELD(carrier_row, address), .min = 1, .max = 250, .label = "Address",
	  .help = "Where diallers reach it: host and port of the manager interface of an Asterisk, the path of the socket of a simulated carrier." },
	{ FIELD(carrier_row, cps), .min = 1, .max = 100000, .def = "10",
	  .label = "Calls per second",
	  .help = "The most calls that are placed in a second, by all diallers together." },
	{ FIELD(carrier_row, channels), .min = 1, .max = 1000000, .def = "100",
	  .label = "Channels",
	  .help = "The most calls at the same time, by all diallers together." },
	{ FIELD(carrier_row, inbound), .min = 0, .max = 1000000, .def = "0",
	  .label = "Free for inbound",
	  .help = "How many of these channels calls out leave free, for people who call back." },
	{ FIELD(carrier_row, enabled), .def = "yes", .label = "Enabled",
	  .help = "A disabled carrier places no calls; calls in progress finish." },
	{ FIELD(carrier_row, user), .max = 80, .def = "", .label = "Manager account",
	  .help = "Asterisk: the account in manager.conf. doc/asterisk.md has the rights that it needs, and no more." },
	{ FIELD(carrier_row, secret), .shape = SHAPE_SECRET, .max = 120, .def = "",
	  .label = "Its secret",
	  .help = "It is stored encrypted, and never shown. Leave it empty to keep the stored one." },
	{ FIELD(carrier_row, dial), .max = 120, .def = "", .label = "Dial string",
	  .help = "Asterisk: the channel that it dials, with {number} for the number, such as PJSIP/{number}@trunk." },
	{ FIELD(carrier_row, plus), .def = "yes", .label = "Caller ID begins with +",
	  .help = "Asterisk: no, if the trunk wants the caller ID without it." },
	{ FIELD(carrier_row, message), .max = 120, .def = "", .label = "Message to the abandoned",
	  .help = "Asterisk: the sound file that a person hears for whom no bot is there, such as outdial/sorry." },
	{ FIELD(carrier_row, amd), .max = 40, .def = "", .label = "Answering machine detection",
	  .help = "Asterisk: arguments of AMD(), as numbers and commas. Best left empty: the detection lets people wait for a voice, and takes many of them for machines." },
};
static const struct field columns[] = {
	{ FIELD(carrier_row, id) },
	{ FIELD(carrier_row, ver) },
	{ FIELD(carrier_row, name) },
	{ FIELD(carrier_row, kind), .words = carrier_kind_words },
	{ FIELD(carrier_row, address) },
	{ FIELD(carrier_row, cps) },
	{ FIELD(carrier_row, channels) },
	{ FIELD(carrier_row, inbound) },
	{ FIELD(carrier_row, enabled) },
	{ FIELD(carrier_row, user) },
	{ FIELD(carrier_row, secret), .shape = SHAPE_SECRET },
	{ FIELD(carrier_row, dial) },
	{ FIELD(carrier_row, plus) },
	{ FIELD(carrier_row, message) },
	{ FIELD(carrier_row, amd) },
	{ FIELD(carrier_row, workspace_id) },
};
static const struct field node_fields[] = {
	{ FIELD(carrier_node, slot) },
	{ FIELD(carrier_node, name) },
	{ FIELD(carrier_node, cps) },
	{ FIELD(carrier_node, channels) },
	{ FIELD(carrier_node, trouble) },
};
/* clang-format on */

const struct record carrier_record = RECORD(fields);
static const struct record column_record = RECORD(columns);
static const struct record node_record = RECORD(node_fields);

static bool
is_of(const char *text, const char *chars)
{
	return strspn(text, chars) == strlen(text);
}

/* The secret becomes what is stored of it. */
static int
keep_secret(const struct carrier_row *old, struct carrier_row *c,
	    struct arena *a, struct fault *f)
{
	/* It must not be sent to another machine by who does not know it. */
	if (old && !*c->secret && *old->secret &&
	    (strcmp(old->address, c->address) || strcmp(old->user, c->user)))
		return fault_field(f, "secret",
				   "Enter the secret again: the address or the "
				   "account has changed.");
	if (old && (!*c->secret || c->secret == old->secret))
		c->secret = old->secret;
	else if (*c->secret &&
		 stored_secret_put(c->secret, &c->secret, a, f))
		return -1;
	return *c->secret ? 0
			  : fault_field(f, "secret",
					"Asterisk needs the secret of the "
					"manager account.");
}

static int
check_asterisk(const struct carrier_row *old, struct carrier_row *c,
	       struct arena *a, struct fault *f)
{
	if (!*c->user)
		return fault_field(f, "user",
				   "Asterisk needs a manager account.");
	if (carrier_dial_check(c->dial, f))
		return -1;
	if (!is_of(c->message, LETTERS DIGITS "/_-"))
		return fault_field(f, "message",
				   "A sound file is named by letters, digits, "
				   "hyphens, underscores and slashes.");
	if (!is_of(c->amd, DIGITS ","))
		return fault_field(f, "amd",
				   "The arguments of AMD() are numbers, with "
				   "commas between them.");
	return keep_secret(old, c, a, f);
}

/* What is only Asterisk's is not kept of others. */
static int
check_settings(const struct carrier_row *old, struct carrier_row *c,
	       struct arena *a, struct fault *f)
{
	if (carrier_address_check(c->kind, c->address, f))
		return -1;
	if (c->inbound >= c->channels)
		return fault_field(f, "inbound",
				   "Free for inbound must be less than the "
				   "channels.");
	if (c->kind == CARRIER_AMI)
		return check_asterisk(old, c, a, f);
	c->user = c->secret = c->dial = c->message = c->amd = "";
	return 0;
}

static int
check(struct db *db, const struct actor *who, const void *was, void *entry,
      struct arena *a, struct fault *f)
{
	const struct carrier_row *old = was;
	struct carrier_row *c = entry;

	(void)db, (void)who;
	if (old && old->kind != c->kind)
		return fault_field(f, "kind",
				   "The kind of a carrier cannot be changed. "
				   "Add another carrier.");
	return check_settings(old, c, a, f);
}

const struct catalog_kind catalog_carriers = {
	.word = "carrier",
	.user = "number",
	.entered = &carrier_record,
	.columns = &column_record,
	.size = sizeof(struct carrier_row),
	.key = "name",
	.quiet = "name",
	.stmt = { .page = STMT_CARRIER_PAGE,
		  .get = STMT_CARRIER_GET,
		  .add = STMT_CARRIER_CREATE,
		  .change = STMT_CARRIER_CHANGE,
		  .touch = STMT_CARRIER_TOUCH,
		  .remove = STMT_CARRIER_REMOVE,
		  .void_calls = STMT_CARRIER_VOID,
		  .use_count = STMT_CARRIER_USE_COUNT,
		  .users = STMT_CARRIER_USERS,
		  .same = STMT_CARRIER_SAME,
		  .calls = STMT_CARRIER_CALLS },
	.check = check,
};

/* A row without what is only Asterisk's. */
static struct carrier_row
plain(const struct carrier_row *c)
{
	struct carrier_row row = *c;

	row.user = row.secret = row.dial = row.message = row.amd = "";
	return row;
}

int
carrier_create(struct db *db, const struct carrier_row *c, int64_t *id,
	       struct arena *a, struct fault *f)
{
	struct carrier_row row = plain(c);
	struct arg args[20], *at = args;

	if (record_check(&carrier_record, &row, f) ||
	    check_settings(NULL, &row, a, f))
		return -1;
	*at++ = ARG_INT(c->workspace_id);
	for (size_t i = 0; i < ARRAY_LEN(fields); i++)
		*at++ = field_arg(&fields[i], &row, a);
	if (db_exec(db, NULL, STMT_CARRIER_CREATE, args, (size_t)(at - args),
		    f))
		return -1;
	*id = db_insert_id(db);
	return 0;
}

int
carrier_move(struct db *db, const struct carrier_row *c, struct fault *f)
{
	struct carrier_row row = plain(c);

	if (record_check(&carrier_record, &row, f) ||
	    carrier_address_check(c->kind, c->address, f))
		return -1;
	return db_exec(db, NULL, STMT_CARRIER_MOVE,
		       ARGS(ARG_STR(c->address), ARG_INT(c->cps),
			    ARG_INT(c->channels), ARG_INT(c->id)),
		       f);
}

int
carrier_list(struct db *db, struct carrier_row **out, size_t *count,
	     struct arena *a, struct fault *f)
{
	static const struct rows_kind kind = { STMT_CARRIER_LIST,
					       &column_record,
					       sizeof(struct carrier_row) };
	struct carrier_row *all = rows_all(db, &kind, NO_ARGS, count, a, f);

	if (all)
		*out = all;
	return all ? 0 : -1;
}

int
workspace_carriers(struct db *db, int64_t workspace_id,
		   struct carrier_row **out, size_t *count, struct arena *a,
		   struct fault *f)
{
	static const struct rows_kind kind = { STMT_CARRIER_OF_WORKSPACE,
					       &column_record,
					       sizeof(struct carrier_row) };
	struct carrier_row *all =
		rows_all(db, &kind, ARGS(ARG_INT(workspace_id)), count, a, f);

	if (all)
		*out = all;
	return all ? 0 : -1;
}

int
carrier_nodes(struct db *db, int64_t workspace_id, int64_t carrier_id,
	      struct carrier_nodes *out, struct arena *a, struct fault *f)
{
	static const struct rows_kind kind = { STMT_CARRIER_NODES, &node_record,
					       sizeof(struct carrier_node) };
	struct carrier_nodes got;

	got.list = rows_all(db, &kind,
			    ARGS(ARG_INT(carrier_id), ARG_INT(workspace_id)),
			    &got.count, a, f);
	if (got.list)
		*out = got;
	return got.list ? 0 : -1;
}
