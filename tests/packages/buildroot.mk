# SPDX-License-Identifier: GPL-2.0
# What Buildroot does with an external tree, as far as ours uses it: builds a
# package, then its kernel module, in the way of pkg-generic and
# pkg-kernel-module.
# usage: make -f buildroot.mk BR2_EXTERNAL_SHMEXEC_PATH= BUILD= LINUX_DIR= ARCH= CROSS= CC=

.DEFAULT_GOAL := all
TARGET_DIR := $(BUILD)/target
TARGET_MAKE_ENV := PATH="$(PATH)"
TARGET_CONFIGURE_OPTS := CC="$(CC)" LD="$(CROSS)ld" CFLAGS="-Os -D_FORTIFY_SOURCE=1" LDFLAGS=
LINUX_MAKE_ENV := KCFLAGS=
LINUX_MAKE_FLAGS := ARCH=$(ARCH) CROSS_COMPILE="$(CROSS)" INSTALL_MOD_PATH=$(TARGET_DIR) \
	DEPMOD=true
KCONFIG_ENABLE_OPT = echo "$(strip $(1))=y" >> $(BUILD)/fixups;

define kernel-module
SHMEXEC_HAS_MODULE := yes
endef

define generic-package
$(BUILD)/shmexec-$(SHMEXEC_VERSION)/.stamp_target_installed:
	mkdir -p $(TARGET_DIR) $$(@D)
	$(SHMEXEC_LINUX_CONFIG_FIXUPS)
	cp -R $(SHMEXEC_SITE)/. $$(@D)
	for file in $(SHMEXEC_LICENSE_FILES); do test -f $$(@D)/$$$$file || exit 1; done
	$$(SHMEXEC_BUILD_CMDS)
	test "$$(SHMEXEC_HAS_MODULE)" = yes
	$(LINUX_MAKE_ENV) $(MAKE) -C $(LINUX_DIR) $(LINUX_MAKE_FLAGS) PWD=$$(@D)/. M=$$(@D)/. modules
	$$(SHMEXEC_INSTALL_TARGET_CMDS)
	$(LINUX_MAKE_ENV) $(MAKE) -C $(LINUX_DIR) $(LINUX_MAKE_FLAGS) PWD=$$(@D)/. M=$$(@D)/. modules_install
	touch $$@

all: $(BUILD)/shmexec-$(SHMEXEC_VERSION)/.stamp_target_installed
endef

include $(BR2_EXTERNAL_SHMEXEC_PATH)/external.mk
