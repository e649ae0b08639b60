/* What errors of MariaDB mean: one table, and what follows from it. */
#include "store/db_priv.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"

#define ERRNO_DUPLICATE 1062

/* clang-format off */
static const struct {
	unsigned no;
	enum trouble kind;
	bool close;
} table[] = {
	{ 1205, TROUBLE_AGAIN,     false }, /* lock wait timeout */
	{ 1213, TROUBLE_AGAIN,     false }, /* deadlock, certification */
	{ 1020, TROUBLE_AGAIN,     false }, /* record has changed */
	{ 1022, TROUBLE_DUPLICATE, false },
	{ 1062, TROUBLE_DUPLICATE, false },
	{ 1586, TROUBLE_DUPLICATE, false },
	{ 1048, TROUBLE_REFUSED,   false }, /* column cannot be NULL */
	{ 1054, TROUBLE_REFUSED,   false }, /* unknown column */
	{ 1064, TROUBLE_REFUSED,   false }, /* syntax */
	{ 1136, TROUBLE_REFUSED,   false }, /* column count */
	{ 1146, TROUBLE_REFUSED,   false }, /* no such table */
	{ 1264, TROUBLE_REFUSED,   false }, /* out of range */
	{ 1265, TROUBLE_REFUSED,   false }, /* data truncated */
	{ 1292, TROUBLE_REFUSED,   false }, /* wrong value */
	{ 1364, TROUBLE_REFUSED,   false }, /* no default */
	{ 1366, TROUBLE_REFUSED,   false }, /* wrong string value */
	{ 1406, TROUBLE_REFUSED,   false }, /* too long */
	{ 1451, TROUBLE_REFUSED,   false }, /* foreign key: has children */
	{ 1452, TROUBLE_REFUSED,   false }, /* foreign key: no parent */
	{ 1690, TROUBLE_REFUSED,   false }, /* out of range in expression */
	{ 1792, TROUBLE_REFUSED,   false }, /* read-only transaction */
	{ 4025, TROUBLE_REFUSED,   false }, /* CHECK */
	{ 1105, TROUBLE_REFUSED,   true  }, /* write set too large */
	{ 1153, TROUBLE_REFUSED,   true  }, /* packet too large */
	{ 2020, TROUBLE_REFUSED,   true  }, /* the same, seen here */
	{ 2006, TROUBLE_UNSENT,    true  }, /* gone before it was written */
	{ 1040, TROUBLE_AWAY,      true  }, /* too many connections */
	{ 1047, TROUBLE_AWAY,      true  }, /* node not in the cluster */
	{ 1053, TROUBLE_AWAY,      true  }, /* shutdown */
	{ 1129, TROUBLE_AWAY,      true  }, /* host blocked */
	{ 1158, TROUBLE_AWAY,      true  }, /* network: read, interrupted, */
	{ 1159, TROUBLE_AWAY,      true  }, /* write and so on */
	{ 1160, TROUBLE_AWAY,      true  },
	{ 1161, TROUBLE_AWAY,      true  },
	{ 1180, TROUBLE_AWAY,      true  }, /* error during COMMIT */
	{ 1203, TROUBLE_AWAY,      true  }, /* too many user connections */
	{ 1290, TROUBLE_AWAY,      true  }, /* server is read-only */
	{ 1317, TROUBLE_AWAY,      true  }, /* interrupted */
	{ 1927, TROUBLE_AWAY,      true  }, /* connection was killed */
	{ 2002, TROUBLE_AWAY,      true  },
	{ 2003, TROUBLE_AWAY,      true  },
	{ 2005, TROUBLE_AWAY,      true  },
	{ 2012, TROUBLE_AWAY,      true  },
	{ 2013, TROUBLE_AWAY,      true  },
	{ 2055, TROUBLE_AWAY,      true  },
};
/* clang-format on */

static bool
look_up(unsigned no, enum trouble *kind)
{
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		if (table[i].no == no) {
			*kind = table[i].kind;
			return table[i].close;
		}
	}
	*kind = TROUBLE_ODD;
	return true;
}

enum trouble
trouble_of(unsigned no)
{
	enum trouble kind;

	look_up(no, &kind);
	return kind;
}

/*
 * What the server said, without the values it quotes from a duplicate key:
 * they may be phone numbers, and this goes to a log.
 */
static const char *
trouble_text(unsigned no, const char *said, char *out, size_t n)
{
	const char *key = strstr(said, "for key");

	if (no == ERRNO_DUPLICATE && key)
		snprintf(out, n, "Duplicate entry %s", key);
	else
		snprintf(out, n, "%s", said);
	return out;
}

int
trouble_unknown(struct fault *f)
{
	return fault_set(f, FAULT_UNKNOWN,
			 "The connection to the database was lost, and it is "
			 "not known whether this was done.");
}

static void
set_fault(enum trouble kind, struct fault *f)
{
	switch (kind) {
	case TROUBLE_AGAIN:
		fault_set(f, FAULT_BUSY,
			  "The database is busy. Please try again.");
		break;
	case TROUBLE_UNSENT:
	case TROUBLE_AWAY:
		fault_set(f, FAULT_BUSY,
			  "The database is not available. Please try again "
			  "soon.");
		break;
	case TROUBLE_DUPLICATE:
		fault_set(f, FAULT_CONFLICT, "This already exists.");
		break;
	default:
		fault_set(f, FAULT_BROKEN, "The database could not do this.");
	}
}

enum trouble
db_trouble(struct db *db, const struct handle *h, bool sent, unsigned no,
	   const char *said, struct fault *f)
{
	enum trouble kind;
	bool close = look_up(no, &kind);
	char text[300];

	if (!sent && (kind == TROUBLE_AWAY || kind == TROUBLE_ODD))
		kind = kind == TROUBLE_AWAY ? TROUBLE_UNSENT : TROUBLE_REFUSED;
	if (db->tx == DB_TX_NONE && h->writes &&
	    (kind == TROUBLE_AWAY || kind == TROUBLE_ODD))
		trouble_unknown(f);
	else
		set_fault(kind, f);
	fault_cause(f, "%s: %u %s", h->is->name, no,
		    trouble_text(no, said, text, sizeof(text)));
	if (db->tx == DB_TX_OPEN) {
		db->tx = DB_TX_FAILED;
		db->tx_trouble = kind;
		db->tx_fault = *f;
	}
	if (close)
		db_drop(db);
	return kind;
}

int
trouble_connect(unsigned no, const char *said, const char *host,
		struct fault *f)
{
	switch (no) {
	case 1044: /* this user may not use this database */
	case 1045: /* wrong password */
	case 1049: /* no such database */
	case 1130: /* this host may not connect */
	case 1146: /* the probe's table is missing */
	case 1698: /* wrong way to sign in */
		fault_set(f, FAULT_BROKEN,
			  "The database refused the connection, or has not "
			  "been set up yet.");
		break;
	default:
		fault_set(f, FAULT_BUSY,
			  "The database is not available. Please try again "
			  "soon.");
	}
	return fault_cause(f, "connect to %s: %u %s", host, no, said);
}
