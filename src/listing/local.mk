# listing: pages of the list of campaigns, by SQL and by an index in files
noinst_LIBRARIES += liblisting.a
liblisting_a_SOURCES = \
	src/listing/campaign_list.h \
	src/listing/index.c src/listing/index.h \
	src/listing/index_build.c \
	src/listing/index_file.c src/listing/index_file.h \
	src/listing/index_priv.h \
	src/listing/index_search.c \
	src/listing/index_view.c src/listing/index_view.h \
	src/listing/index_write.c \
	src/listing/list.c src/listing/list.h \
	src/listing/list_figures.c \
	src/listing/list_index.c \
	src/listing/list_plan.c \
	src/listing/list_sql.c \
	src/listing/page_key.c src/listing/page_key.h \
	src/listing/search_text.c src/listing/search_text.h
