# what every room needs, on a real MariaDB
APP_TESTS = \
	tests/app/test_installation
check_PROGRAMS += $(APP_TESTS)
tests_app_test_installation_LDADD = $(WORLD_LIBS)
