# The rooms of the product, in the order in which they are linked: each sees
# those behind it.  What a program is given is written with its own room.
ROOMS = liblisting.a libreport.a libledger.a libhook.a libcampaign.a libcontacts.a libworkspace.a \
	libphone.a libapp.a
ROOM_LIBS = $(ROOMS) $(STORE_LIBS) $(CJSON_LIBS) $(PHONENUMBER_LIBS) \
	-lm
