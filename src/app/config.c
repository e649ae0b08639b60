#include "app/config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/stmt.h"
#include "app/stored_secret.h"
#include "base/arena.h"
#include "base/cidr.h"
#include "base/conf.h"
#include "base/fault.h"
#include "base/field.h"
#include "store/db.h"
#include "store/redis.h"

#define DEFAULT_PATH "/etc/outdial/outdial.conf"

const char *const config_log_levels[] = { "error", "warn", "info", "debug",
					  NULL };

/* clang-format off */
static const struct field fields[] = {
	{ FIELD(config, mariadb_hosts), .def = "localhost",
	  .help = "MariaDB servers, in the order they are tried: host or host:port, separated by commas; localhost means the socket." },
	{ FIELD(config, mariadb_socket), .def = "/run/mysqld/mysqld.sock",
	  .help = "Unix socket of MariaDB; empty: TCP." },
	{ FIELD(config, mariadb_port), .min = 1, .max = 65535, .def = "3306",
	  .help = "Port of hosts that are given without one." },
	{ FIELD(config, mariadb_user), .min = 1, .max = 80, .def = "outdial",
	  .help = "Database account of the programs." },
	{ FIELD(config, mariadb_password), .shape = SHAPE_SECRET, .def = "",
	  .help = "Its password; empty if MariaDB identifies the account by the socket." },
	{ FIELD(config, mariadb_database), .min = 1, .max = 64, .def = "outdial",
	  .help = "Name of the database." },
	{ FIELD(config, mariadb_sync_wait), .def = "no",
	  .help = "Yes on a Galera cluster: reads then see every change acknowledged by any server." },
	{ FIELD(config, redis_socket), .def = "/run/redis/redis-server.sock",
	  .help = "Unix socket of Redis; empty: TCP." },
	{ FIELD(config, redis_host), .min = 1, .max = 250, .def = "127.0.0.1",
	  .help = "Redis server, if there is no socket. The connection is not encrypted: use a private network or a tunnel." },
	{ FIELD(config, redis_port), .min = 1, .max = 65535, .def = "6379",
	  .help = "Port of Redis." },
	{ FIELD(config, redis_user), .max = 80, .def = "",
	  .help = "Redis user, as defined in etc/redis-users.conf; empty: the default user of Redis." },
	{ FIELD(config, redis_password), .shape = SHAPE_SECRET, .def = "",
	  .help = "Its password; empty: none." },
	{ FIELD(config, web_socket), .min = 1, .max = 100, .def = "/run/outdial/web.sock",
	  .help = "FastCGI socket for pages and actions; Nginx passes requests to it." },
	{ FIELD(config, web_slow_socket), .min = 1, .max = 100, .def = "/run/outdial/web-slow.sock",
	  .help = "FastCGI socket for uploads and reports." },
	{ FIELD(config, web_login_socket), .min = 1, .max = 100, .def = "/run/outdial/web-login.sock",
	  .help = "FastCGI socket for sign-ins, because passwords are slow to check." },
	{ FIELD(config, web_processes), .min = 1, .max = 64, .def = "2",
	  .help = "Worker processes of outdial-web; one per core is best." },
	{ FIELD(config, web_threads), .min = 1, .max = 16, .def = "3",
	  .help = "Threads per worker, each with its own connections." },
	{ FIELD(config, api_requests), .min = 1, .max = 1000000, .def = "6000",
	  .help = "Requests of the API that one key may send in a minute." },
	{ FIELD(config, search_dir), .max = 500, .def = "",
	  .help = "Directory of the search indexes of campaigns, best in memory; empty: search, beside web_socket." },
	{ FIELD(config, upload_dir), .min = 1, .max = 500, .def = "/var/lib/outdial/upload",
	  .help = "Directory of uploaded files until this node has read them; each has at most 1 GB." },
	{ FIELD(config, upload_quota_mb), .min = 1, .max = 1000000, .unit = "MB", .def = "4096",
	  .help = "MB of uploaded files that one workspace may have waiting or being read." },
	{ FIELD(config, upload_min_free_mb), .min = 0, .max = 100000000, .unit = "MB", .def = "1024",
	  .help = "MB to keep free on the disk of upload_dir: a file that would leave less is refused." },
	{ FIELD(config, templates), .min = 1, .max = 500, .def = "/usr/share/outdial/templates",
	  .help = "Directory of the page templates." },
	{ FIELD(config, migrations), .min = 1, .max = 500, .def = "/usr/share/outdial/sql",
	  .help = "Directory of the schema’s migrations." },
	{ FIELD(config, static_version), .def = "",
	  .help = "Version in the address of static files, so that browsers keep them until it changes." },
	{ FIELD(config, public_url), .def = "http://localhost:8080",
	  .help = "Address at which people reach Outdial." },
	{ FIELD(config, secure_cookies), .def = "yes",
	  .help = "Yes: cookies are sent over HTTPS only. Use no only if Outdial is reached without TLS." },
	{ FIELD(config, trusted_header), .max = 60, .def = "",
	  .help = "Header by which a proxy in front says who has signed in, such as X-Remote-User, with an e-mail address; empty: none. Its line in the configuration of Nginx must go, too." },
	{ FIELD(config, trusted_proxies), .max = 2000, .def = "",
	  .help = "Addresses and networks of the proxies whose trusted_header counts, separated by commas; from anywhere else it is ignored." },
	{ FIELD(config, webhook_allow), .max = 2000, .def = "",
	  .help = "Networks that webhooks may reach although they are not public, and without TLS: 10.1.0.0/16, fd00::/8." },
	{ FIELD(config, node_name), .max = 32, .def = "",
	  .help = "Name of this node; empty: the host name of the machine." },
	{ FIELD(config, secret_key_file), .max = 500, .def = "",
	  .help = "File of at least 32 random bytes, by which secrets of carriers are encrypted in the database; the same on all nodes. A systemd credential named secret_key comes first." },
	{ FIELD(config, log_level), .words = config_log_levels, .def = "info",
	  .help = "Lowest level that is logged: error, warn, info or debug." },
};
/* clang-format on */

const struct record config_record = RECORD(fields);

/* The machine's name; characters that a node name may not have become "-". */
static const char *
machine_name(struct arena *a)
{
	char name[33] = "";

	if (gethostname(name, sizeof(name) - 1) || !*name)
		return "node";
	for (char *p = name; *p; p++) {
		bool plain = (*p >= 'a' && *p <= 'z') ||
			     (*p >= 'A' && *p <= 'Z') ||
			     (*p >= '0' && *p <= '9') || *p == '.' ||
			     *p == '_' || *p == '-';

		if (!plain)
			*p = '-';
	}
	return arena_strdup(a, name);
}

/* The path of 'name' in the directory of 'path'. */
static const char *
beside(const char *path, const char *name, struct arena *a)
{
	const char *slash = strrchr(path, '/');
	int len = slash ? (int)(slash - path) + 1 : 0;

	return arena_printf(a, "%.*s%s", len, path, name);
}

const char *
config_path(const char *path)
{
	if (!path)
		path = getenv("OUTDIAL_CONFIG");
	return path && *path ? path : DEFAULT_PATH;
}

int
config_read(const char *path, struct config *c, struct arena *a,
	    struct fault *f)
{
	if (conf_read(config_path(path), &config_record, c, a, f))
		return -1;
	if (cidr_list_check(c->trusted_proxies, f))
		return -1;
	if (*c->trusted_header && !*c->trusted_proxies)
		return fault_field(f, "trusted_proxies",
				   "trusted_header counts only from the "
				   "addresses in trusted_proxies, which is "
				   "empty.");
	if (stored_secret_load(c->secret_key_file, f))
		return -1;
	if (!*c->node_name)
		c->node_name = machine_name(a);
	if (!*c->search_dir)
		c->search_dir = beside(c->web_socket, "search", a);
	return 0;
}

int
config_make_upload_dir(const struct config *c, struct fault *f)
{
	if (!mkdir(c->upload_dir, 0700) || errno == EEXIST)
		return 0;
	fault_set(f, FAULT_BROKEN,
		  "The directory for uploads, %s, cannot be created.",
		  c->upload_dir);
	return fault_cause(f, "%s", strerror(errno));
}

struct db_conf
config_db(const struct config *c, unsigned lock_wait_s)
{
	return (struct db_conf){
		.hosts = c->mariadb_hosts,
		.socket = c->mariadb_socket,
		.port = (unsigned)c->mariadb_port,
		.user = c->mariadb_user,
		.password = c->mariadb_password,
		.database = c->mariadb_database,
		.lock_wait_s = lock_wait_s,
		.sync_wait = c->mariadb_sync_wait,
		.probe = STMT_PROBE,
	};
}

struct redis_conf
config_redis(const struct config *c)
{
	return (struct redis_conf){
		.socket = c->redis_socket,
		.host = c->redis_host,
		.port = (unsigned)c->redis_port,
		.user = c->redis_user,
		.password = c->redis_password,
		.timeout_ms = 500,
	};
}
