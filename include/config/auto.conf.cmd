deps_config := \
	/work/wt/pack/packaging/buildroot/package/shmexec/Config.in \
	/tmp/cfg/Config.in \

include/config/auto.conf: $(deps_config)

ifneq "$(BR2_EXTERNAL_SHMEXEC_PATH)" "/work/wt/pack/packaging/buildroot"
include/config/auto.conf: FORCE
endif

$(deps_config): ;
