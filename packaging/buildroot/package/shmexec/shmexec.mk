################################################################################
#
# shmexec
#
################################################################################

# The tree that this is a part of.
SHMEXEC_SITE = $(realpath $(BR2_EXTERNAL_SHMEXEC_PATH)/../..)
SHMEXEC_SITE_METHOD = local
SHMEXEC_VERSION = $(shell sed -n 's/^PACKAGE_VERSION="\(.*\)"$$/\1/p' $(SHMEXEC_SITE)/dkms.conf)
SHMEXEC_LICENSE = GPL-2.0, GPL-2.0 with Linux-syscall-note (kmod/uapi/shmexec.h)
SHMEXEC_LICENSE_FILES = LICENSE

# CONFIG_TRACEPOINTS cannot be turned on by itself.
define SHMEXEC_LINUX_CONFIG_FIXUPS
	$(call KCONFIG_ENABLE_OPT,CONFIG_FTRACE)
	$(call KCONFIG_ENABLE_OPT,CONFIG_ENABLE_DEFAULT_TRACERS)
endef

define SHMEXEC_USERS
	shmexec -1 shmexec -1 * - - - Log of files executed from shared memory
endef

define SHMEXEC_BUILD_CMDS
	$(TARGET_MAKE_ENV) $(TARGET_CONFIGURE_OPTS) $(MAKE) -C $(@D) logger
endef

define SHMEXEC_INSTALL_TARGET_CMDS
	$(TARGET_MAKE_ENV) $(TARGET_CONFIGURE_OPTS) $(MAKE) -C $(@D) \
		install-logger DESTDIR=$(TARGET_DIR) PREFIX=/usr
endef

$(eval $(kernel-module))
$(eval $(generic-package))
