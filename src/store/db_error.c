/* What MariaDB's errors mean: one table, and the faults that follow. */
#include "store/db_priv.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"

#define ERRNO_DUPLICATE 1062

/* clang-format off */
static const struct {
	unsigned no;
	enum db_error kind;
	bool close;
} table[] = {
	{ 1205, DB_ERROR_AGAIN,     false }, /* lock wait timeout */
	{ 1213, DB_ERROR_AGAIN,     false }, /* deadlock, certification */
	{ 1020, DB_ERROR_AGAIN,     false }, /* record has changed */
	{ 1022, DB_ERROR_DUPLICATE, false },
	{ 1062, DB_ERROR_DUPLICATE, false },
	{ 1586, DB_ERROR_DUPLICATE, false },
	{ 1048, DB_ERROR_REFUSED,   false }, /* column cannot be NULL */
	{ 1054, DB_ERROR_REFUSED,   false }, /* unknown column */
	{ 1064, DB_ERROR_REFUSED,   false }, /* syntax */
	{ 1136, DB_ERROR_REFUSED,   false }, /* column count */
	{ 1146, DB_ERROR_REFUSED,   false }, /* no such table */
	{ 1264, DB_ERROR_REFUSED,   false }, /* out of range */
	{ 1265, DB_ERROR_REFUSED,   false }, /* data truncated */
	{ 1292, DB_ERROR_REFUSED,   false }, /* wrong value */
	{ 1364, DB_ERROR_REFUSED,   false }, /* no default */
	{ 1366, DB_ERROR_REFUSED,   false }, /* wrong string value */
	{ 1406, DB_ERROR_REFUSED,   false }, /* too long */
	{ 1451, DB_ERROR_REFUSED,   false }, /* foreign key: has children */
	{ 1452, DB_ERROR_REFUSED,   false }, /* foreign key: no parent */
	{ 1690, DB_ERROR_REFUSED,   false }, /* out of range in expression */
	{ 1792, DB_ERROR_REFUSED,   false }, /* read-only transaction */
	{ 4025, DB_ERROR_REFUSED,   false }, /* CHECK */
	{ 1105, DB_ERROR_REFUSED,   true  }, /* write set too large */
	{ 1153, DB_ERROR_REFUSED,   true  }, /* packet too large */
	{ 2020, DB_ERROR_REFUSED,   true  }, /* the same, by the client */
	{ 2006, DB_ERROR_UNSENT,    true  }, /* gone before it was sent */
	{ 1040, DB_ERROR_AWAY,      true  }, /* too many connections */
	{ 1047, DB_ERROR_AWAY,      true  }, /* node not in the cluster */
	{ 1053, DB_ERROR_AWAY,      true  }, /* shutdown */
	{ 1129, DB_ERROR_AWAY,      true  }, /* host blocked */
	{ 1158, DB_ERROR_AWAY,      true  }, /* network: read, interrupted, */
	{ 1159, DB_ERROR_AWAY,      true  }, /* write and so on */
	{ 1160, DB_ERROR_AWAY,      true  },
	{ 1161, DB_ERROR_AWAY,      true  },
	{ 1180, DB_ERROR_AWAY,      true  }, /* error during COMMIT */
	{ 1203, DB_ERROR_AWAY,      true  }, /* too many user connections */
	{ 1290, DB_ERROR_AWAY,      true  }, /* server is read-only */
	{ 1317, DB_ERROR_AWAY,      true  }, /* interrupted */
	{ 1927, DB_ERROR_AWAY,      true  }, /* connection was killed */
	{ 2002, DB_ERROR_AWAY,      true  },
	{ 2003, DB_ERROR_AWAY,      true  },
	{ 2005, DB_ERROR_AWAY,      true  },
	{ 2012, DB_ERROR_AWAY,      true  },
	{ 2013, DB_ERROR_AWAY,      true  },
	{ 2055, DB_ERROR_AWAY,      true  },
};
/* clang-format on */

static bool
look_up(unsigned no, enum db_error *kind)
{
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		if (table[i].no == no) {
			*kind = table[i].kind;
			return table[i].close;
		}
	}
	*kind = DB_ERROR_ODD;
	return true;
}

enum db_error
db_error_of(unsigned no)
{
	enum db_error kind;

	look_up(no, &kind);
	return kind;
}

/*
 * The server's message, without the values it quotes from a duplicate key:
 * they may be phone numbers, and the message is logged.
 */
static const char *
error_text(unsigned no, const char *said, char *out, size_t n)
{
	const char *key = strstr(said, "for key");

	if (no == ERRNO_DUPLICATE && key)
		snprintf(out, n, "Duplicate entry %s", key);
	else
		snprintf(out, n, "%s", said);
	return out;
}

int
db_error_unknown(struct fault *f)
{
	return fault_set(f, FAULT_UNKNOWN,
			 "The connection to the database was lost, and it is "
			 "not known whether this was done.");
}

static void
set_fault(enum db_error kind, struct fault *f)
{
	switch (kind) {
	case DB_ERROR_AGAIN:
		fault_set(f, FAULT_BUSY,
			  "The database is busy. Please try again.");
		break;
	case DB_ERROR_UNSENT:
	case DB_ERROR_AWAY:
		fault_set(f, FAULT_BUSY,
			  "The database is not available. Please try again "
			  "soon.");
		break;
	case DB_ERROR_DUPLICATE:
		fault_set(f, FAULT_CONFLICT, "This already exists.");
		break;
	default:
		fault_set(f, FAULT_BROKEN, "The database could not do this.");
	}
}

enum db_error
db_error(struct db *db, const struct handle *h, bool sent, unsigned no,
	 const char *said, struct fault *f)
{
	enum db_error kind;
	bool close = look_up(no, &kind);
	char text[300];

	if (!sent && (kind == DB_ERROR_AWAY || kind == DB_ERROR_ODD))
		kind = kind == DB_ERROR_AWAY ? DB_ERROR_UNSENT
					     : DB_ERROR_REFUSED;
	if (db->tx == DB_TX_NONE && h->writes &&
	    (kind == DB_ERROR_AWAY || kind == DB_ERROR_ODD))
		db_error_unknown(f);
	else
		set_fault(kind, f);
	fault_cause(f, "%s: %u %s", h->is->name, no,
		    error_text(no, said, text, sizeof(text)));
	if (db->tx == DB_TX_OPEN) {
		db->tx = DB_TX_FAILED;
		db->tx_error = kind;
		db->tx_fault = *f;
	}
	if (close)
		db_drop(db);
	return kind;
}

int
db_error_connect(unsigned no, const char *said, const char *host,
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
