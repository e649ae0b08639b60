/*
 * config.h - all settings of the installation, in one file for all programs
 * (etc/outdial.conf shows each with its default).
 */
#ifndef APP_CONFIG_H
#define APP_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct db_conf;
struct fault;
struct record;
struct redis_conf;

struct config {
	const char *mariadb_hosts, *mariadb_socket;
	int64_t mariadb_port;
	const char *mariadb_user, *mariadb_password, *mariadb_database;
	bool mariadb_sync_wait;
	const char *redis_socket, *redis_host;
	int64_t redis_port;
	const char *redis_user, *redis_password;
	const char *web_socket, *web_slow_socket, *web_login_socket;
	int64_t web_processes, web_threads;
	int64_t api_requests; /* of a key, a minute */
	const char *search_dir, *upload_dir;
	int64_t upload_quota_mb, upload_min_free_mb;
	const char *templates, *migrations;
	const char *static_version;
	const char *public_url;
	bool secure_cookies;
	const char *trusted_header,
		*trusted_proxies; /* web/server/trusted_header.h */
	const char *webhook_allow;
	const char *node_name;
	const char *secret_key_file; /* app/stored_secret.h */
	unsigned log_level; /* index of config_log_levels = enum log_level */
};

extern const struct record config_record;
extern const char *const config_log_levels[];

/* The file to read: "--config FILE" (NULL: not given), else $OUTDIAL_CONFIG,
 * else /etc/outdial/outdial.conf. */
const char *config_path(const char *path);

/* Reads config_path(path), as conf_read() does. */
int config_read(const char *path, struct config *c, struct arena *a,
		struct fault *f);

/* Creates upload_dir if it is missing, accessible only to its owner. */
int config_make_upload_dir(const struct config *c, struct fault *f);

struct db_conf config_db(const struct config *c, unsigned lock_wait_s);
struct redis_conf config_redis(const struct config *c);

#endif
